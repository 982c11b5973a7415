import type { Locale } from '../../item/item.ts'
import { claimsBots } from '../../task/claims/bots.ts'
import type {
  ArticlePiece,
  ClaimPlace,
  ClaimsBody,
  ClaimsMessage,
  ClaimsSource,
  MessageFact,
  RedlineBody,
  RedlineSentence,
  SourcesBody,
  Verdict,
} from '../../task/claims/family.ts'
import type { ClaimsKey } from '../../task/claims/key.ts'
import { replaces } from '../../task/claims/redline.ts'
import { CLAIM_LABELS } from '../../task/claims/words.data.ts'
import { drawTask } from '../../task/draw-task.ts'
import { CannotDraw } from '../../task/task-kind.ts'
import { error, type Place, type Report, warning } from '../diagnostic.ts'
import { foldWord } from '../keywords.ts'
import { say } from '../said.ts'
import { trialSeed } from './check-draws.ts'
import {
  type FamilyPart,
  type FamilyRow,
  type FamilySource,
  readRows,
  readWord,
  refuseCell,
  requirePart,
  textOf,
} from './family-source.ts'
import { cutOutsideBraces, endOfBraces } from './read-slots.ts'
import { CLAIM_POINT_WORDS, MESSAGE_LINES, REDLINE_VERDICT_WORDS, SOURCE_TITLE } from './words.data.ts'
import type { RenderSlotted, WrittenKind } from './written-kind.ts'

/** What each answer earns where a family says nothing else, and how long a message is. */
const SOURCES_POINTS: SourcesBody['points'] = { verdict: 1, correction: 1, source: 0.4, calledWrong: 1 }
const REDLINE_POINTS: RedlineBody['points'] = { verdict: 1, reason: 0.5, replacement: 0.5, message: 1, calledWrong: 1 }
const MESSAGE_LENGTH = { least: 80, most: 200 }

/** No verdict may be more of the claims than this, on any of so many seeds. */
const MOST_OF_ONE = 0.6
const BALANCE_SEEDS = 60

const listOf = (cell: string): string[] =>
  cell
    .split(/[ \u3000]+\/[ \u3000]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

function readSources(source: FamilySource, render: RenderSlotted): ClaimsSource[] {
  // the public part of the same name has no sources below it, only the mark of where they stand
  const parts = source.parts.get('materials')?.parts ?? []
  return parts.flatMap((part) => {
    const [, label, id, title] = SOURCE_TITLE.exec(part.title) ?? []
    return label && id && title ? [{ id, label, title, html: render(textOf(part), part.line + 1) }] : []
  })
}

function readPoints<Points extends SourcesBody['points'] | RedlineBody['points']>(
  source: FamilySource,
  points: Points,
  report: Report,
): Points {
  const part = source.parts.get('scoring')
  const read: Record<string, number> = { ...points }
  for (const row of part ? readRows(part, ['looked', 'points'], report) : []) {
    const word = foldWord(row.cells.looked).replace(/[ ]*\([^()]*\)$/, '')
    const name = CLAIM_POINT_WORDS[word]
    // what is taken away is written with a minus
    const number = Math.abs(Number(row.cells.points.normalize('NFKC').replace('\u2212', '-')))
    if (name === undefined || !(name in points)) refuseCell(row, 'looked', report)
    else if (!Number.isFinite(number)) refuseCell(row, 'points', report)
    else read[name] = number
  }
  return read as unknown as Points
}

const cutTrimmed = (text: string, sign: string): string[] => cutOutsideBraces(text, sign).map((one) => one.trim())

const TAIL = /[ \u3000]+(?:#(?<skill>[a-z][a-z0-9-]*)|@(?<sources>\d{1,2}(?:\/\d{1,2})*))$/

type WrittenPlace = Omit<ClaimPlace, 'skill'> & { readonly skill?: string }

/** Reads what stands between the braces; undefined for a slot, nothing for what is neither. */
function readPlace(inside: string): WrittenPlace | 'slot' | undefined {
  let text = inside.trim()
  let skill: string | undefined
  let sources: string[] = []
  for (let tail = TAIL.exec(text); tail; tail = TAIL.exec(text)) {
    skill = tail.groups?.skill ?? skill
    sources = tail.groups?.sources?.split('/') ?? sources
    text = text.slice(0, tail.index)
  }
  const [wrong = '', right, ...more] = cutTrimmed(text, '|')
  const sign = text[0]
  const as = sign === '=' ? 'right' : sign === '?' ? 'unknown' : 'either'
  if (right === undefined && as === 'either') return 'slot'
  const given = as === 'either' ? (right as string) : text.slice(1).trim()
  const wordings = as === 'either' ? cutTrimmed(given, '/') : [given]
  const wrongs = as === 'either' ? cutTrimmed(wrong, '/') : []
  if (more.length > 0 || [...wordings, ...wrongs].includes('')) return undefined
  return {
    as,
    wrong: wrongs,
    right: wordings[0] as string,
    wordings: wordings.slice(1),
    sources: as === 'unknown' ? [] : sources,
    ...(skill === undefined ? {} : { skill }),
  }
}

type WrittenPiece = { readonly text: string } | { readonly place: WrittenPlace; readonly at: Place }

function readParagraph(text: string, at: Place, report: Report): WrittenPiece[] {
  const pieces: WrittenPiece[] = []
  let from = 0
  const take = (to: number) => {
    if (to > from) pieces.push({ text: text.slice(from, to) })
  }
  for (let open = text.indexOf('{{'); open >= 0; ) {
    const end = endOfBraces(text, open)
    const place = end === undefined ? undefined : readPlace(text.slice(open + 2, end - 2))
    if (place === undefined)
      report(at, error('task/value', say('task.placeUnreadable', { place: text.slice(open, end ?? open + 40) })))
    if (end === undefined) break
    if (place !== undefined && place !== 'slot') {
      take(open)
      from = end
      pieces.push({ place, at })
    }
    open = text.indexOf('{{', end)
  }
  take(text.length)
  return pieces
}

/** The paragraphs of an article. One that begins with code tells authors how places are written. */
function readArticle(part: FamilyPart, report: Report): WrittenPiece[][] {
  const paragraphs: WrittenPiece[][] = []
  for (let i = 0; i < part.lines.length; i++) {
    const first = i
    while (i < part.lines.length && part.lines[i]?.trim() !== '') i++
    const text = part.lines
      .slice(first, i)
      .map((line) => line.trim())
      .join('')
    if (text !== '' && !text.startsWith('`'))
      paragraphs.push(readParagraph(text, { line: part.line + 1 + first, column: 1 }, report))
  }
  return paragraphs
}

function readSourcesBody(
  source: FamilySource,
  report: Report,
  render: RenderSlotted,
): Omit<SourcesBody, 'slots'> | undefined {
  const part = requirePart(source, 'article', report)
  if (!part) return undefined
  const sources = readSources(source, render)
  const written = readArticle(part, report)
  const places = written.flat().flatMap((piece) => ('place' in piece ? [piece] : []))
  for (const { place, at } of places)
    for (const id of place.sources)
      if (!sources.some((one) => one.id === id))
        report(at, error('task/value', say('task.sourceUnknown', { source: id }), say('advice.checkSource')))
  // a place that is always right is there for the sake of the others
  const skill = places.find(({ place }) => place.skill !== undefined)?.place.skill ?? ''
  const article = written.map((paragraph) =>
    paragraph.map((piece): ArticlePiece => ('place' in piece ? { place: { skill, ...piece.place } } : piece)),
  )
  const points = readPoints(source, SOURCES_POINTS, report)
  return { form: 'sources', claims: source.sizes.claims ?? 0, sources, article, points }
}

function readSentence(row: FamilyRow, report: Report): Omit<RedlineSentence, 'skill'> | undefined {
  const { statement, verdict: word, reason, holds, avoids, model, order } = row.cells
  const verdict = readWord(REDLINE_VERDICT_WORDS, word)
  const reasons = listOf(reason)
  if (statement === '') return refuseCell(row, 'statement', report)
  if (!verdict) return refuseCell(row, 'verdict', report)
  if ((verdict === 'keep') !== (reasons.length === 0)) return refuseCell(row, 'reason', report)
  if (!/^\d{0,2}$/.test(order)) return refuseCell(row, 'order', report)
  return {
    text: statement,
    section: Number(order),
    verdict,
    reasons,
    holds: listOf(holds),
    avoids: listOf(avoids),
    ...(model === '' ? {} : { model }),
  }
}

function readMessage(part: FamilyPart, skill: string, report: Report): ClaimsMessage {
  const facts: MessageFact[] = []
  const banned: string[] = []
  let length = MESSAGE_LENGTH
  for (const [i, line] of part.lines.entries()) {
    if (!/^[-*][ \t]/.test(line)) continue
    const text = line.slice(1).trim()
    const fact = MESSAGE_LINES.fact.exec(text)
    const refused = MESSAGE_LINES.banned.exec(text)
    const [, least, most] = MESSAGE_LINES.length.exec(text) ?? []
    if (fact) {
      const [, words = '', of = skill] = fact
      const names = MESSAGE_LINES.names.exec(words)?.[1]
      facts.push(
        names === undefined
          ? { as: 'words', words: listOf(words), skill: of }
          : { as: 'names', least: Number(names), skill: of },
      )
    } else if (refused) banned.push(...listOf(refused[1] as string))
    else if (least && most) length = { least: Number(least), most: Number(most) }
    else
      report(
        { line: part.line + 1 + i, column: 1 },
        error('task/value', say('task.lineUnreadable', { line: text }), say('advice.writeAsInSample')),
      )
  }
  return { ...length, facts, banned }
}

function readRedlineBody(
  source: FamilySource,
  report: Report,
  render: RenderSlotted,
): Omit<RedlineBody, 'slots'> | undefined {
  const part = requirePart(source, 'sentences', report)
  const messagePart = requirePart(source, 'message', report)
  if (!part || !messagePart) return undefined
  const columns = ['statement', 'verdict', 'reason', 'holds', 'avoids', 'skill'] as const
  const rows = readRows(part, columns, report, ['model', 'order'])
  const skill = rows.find(({ cells }) => cells.skill !== '')?.cells.skill ?? ''
  const sentences = rows.flatMap((row): RedlineSentence[] => {
    const sentence = readSentence(row, report)
    return sentence ? [{ ...sentence, skill: row.cells.skill || skill }] : []
  })
  return {
    form: 'redline',
    claims: source.sizes.claims ?? 0,
    sources: readSources(source, render),
    sentences,
    message: readMessage(messagePart, skill, report),
    points: readPoints(source, REDLINE_POINTS, report),
  }
}

/** The largest share of one verdict on any of some seeds, and model replacements that would not do. */
function checkKeys(keys: readonly ClaimsKey[], locale: Locale, at: Place, report: Report): void {
  let largest: { readonly verdict: Verdict; readonly share: number } | undefined
  const failing = new Set<string>()
  for (const { claims } of keys) {
    for (const verdict of new Set(claims.map((claim) => claim.verdict))) {
      const share = claims.filter((claim) => claim.verdict === verdict).length / claims.length
      if (share > (largest?.share ?? 0)) largest = { verdict, share }
    }
    for (const claim of claims)
      if (claim.verdict === 'fix' && claim.model !== undefined && !replaces(claim.model, claim))
        failing.add(claim.model)
  }
  if (largest && largest.share > MOST_OF_ONE) {
    const { verdict, share } = largest
    const values = { verdict: CLAIM_LABELS[locale][verdict], share: Math.round(share * 100) }
    report(at, warning('claims/balance', say('task.claimsBalance', values)))
  }
  for (const model of failing)
    report(at, error('claims/model', say('task.modelFails', { model }), say('advice.modelOrConditions')))
}

/** Claims in Markdown: sources and an article with its places, or sentences with their verdicts and a message. */
export const writtenClaims: WrittenKind<ClaimsBody> = {
  read: (source, report, render) => {
    const read = source.form === 'redline' ? readRedlineBody : readSourcesBody
    const body = read(source, report, render)
    return body && { body }
  },
  check: (family, report, source) => {
    const [locale] = Object.keys(family.wordings) as Locale[]
    if (locale === undefined) return
    if (family.body.claims < 3 || family.body.claims > 30) {
      report(
        source.top,
        error('task/value', say('task.sizeOutOfRange', { size: 'claims' }), say('advice.sizesOfOthers')),
      )
      return
    }
    try {
      const seeds = Array.from({ length: BALANCE_SEEDS }, (_, trial) => trialSeed(trial))
      const keys = seeds.map((seed) => drawTask(family, { locale, seed }).key as ClaimsKey)
      checkKeys(keys, locale, source.top, report)
    } catch (failure) {
      // it is told by the trial of every family
      if (!(failure instanceof CannotDraw)) throw failure
    }
  },
  bots: claimsBots,
  bounds: { gradeMs: 100 },
}
