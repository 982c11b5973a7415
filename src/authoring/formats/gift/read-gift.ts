import type { Locale } from '../../../item/item.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { say, sentenceOf } from '../../said.ts'
import { decodeText } from '../decode-text.ts'
import { type Imported, type ImportedItem, type ImportProblem, type LeftOut, type Loss, loss } from '../exchange.ts'
import { readPillWords } from '../pill-words.ts'
import { buildAnswer, buildGaps } from './build-answer.ts'
import { buildItem } from './build-item.ts'
import { decodeGift } from './gift-text.ts'
import { type GiftFault, type GiftQuestion, parseGift } from './parse-gift.ts'

/** Reads GIFT, as Moodle and others write it. */
export function readGift(bytes: Uint8Array, { locale }: { readonly locale: Locale }): Result<Imported, ImportProblem> {
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const { text, losses } = decoded.value
  const parts = parseGift(text).map(
    (found): GapPart =>
      found.kind === 'fault'
        ? { entry: faulty(found, locale) }
        : { entry: readQuestion(found, locale), ...(found.gap ? { gap: found.gap } : {}) },
  )
  return ok({ entries: joinGaps(parts), losses, assets: [] })
}

const lineName = (line: number, locale: Locale): string => sentenceOf(say('exchange.line', { line }), locale)

const faulty = ({ line, text, message }: GiftFault, locale: Locale): LeftOut => ({
  kind: 'left-out',
  source: `${lineName(line, locale)}: ${text.replace(/\s+/g, ' ')}`,
  losses: [{ code: 'syntax', message }],
})

function readQuestion(question: GiftQuestion, locale: Locale): ImportedItem | LeftOut {
  const called = question.name || decodeGift(question.stem.text).replace(/\s+/g, ' ').trim()
  const source = `${lineName(question.line, locale)} “${called.slice(0, 60)}”`
  const losses: Loss[] = []
  const words = readPillWords(question.tags)
  for (const tag of words.unknown) losses.push(loss('metadata', say('exchange.tagLost', { tag })))
  const context = {
    locale,
    format: question.stem.format ?? 'moodle',
    image: () => undefined,
    words,
    losses,
    ref: question.gap?.ref ?? '1',
  }
  if (question.further.length > 0) losses.push(loss('syntax', say('exchange.severalBraces')))
  const built = question.further.length === 0 ? buildAnswer(question, context) : buildGaps(question, context)
  return built ? { ...buildItem(question, built, context), source } : { kind: 'left-out', source, losses }
}

/** An entry with the gap of a cloze of ours that it asks for. */
interface GapPart {
  readonly entry: ImportedItem | LeftOut
  readonly gap?: GiftQuestion['gap']
}

/**
 * A cloze of several gaps is written as a question for each. Those of one id become one again; where some are missing the
 * others cannot stand, for they show the gaps of which nothing is known.
 */
function joinGaps(parts: readonly GapPart[]): (ImportedItem | LeftOut)[] {
  const byId = new Map<string, (ImportedItem & { readonly ref: string })[]>()
  for (const { entry, gap } of parts) {
    if (!gap || entry.kind !== 'item' || entry.id === undefined) continue
    const there = byId.get(entry.id) ?? []
    if (!there.some(({ ref }) => ref === gap.ref)) there.push({ ...entry, ref: gap.ref })
    byId.set(entry.id, there)
  }
  const done = new Set<string>()
  return parts.flatMap(({ entry, gap }) => {
    if (!gap || entry.kind !== 'item' || entry.id === undefined) return [entry]
    const all = byId.get(entry.id) ?? []
    if (all.length !== gap.count)
      return [
        { kind: 'left-out' as const, source: entry.source, losses: [missing(gap.count - all.length), ...entry.losses] },
      ]
    if (done.has(entry.id)) return []
    done.add(entry.id)
    return [joined(entry, all, gap.count)]
  })
}

const missing = (count: number): Loss => loss('syntax', say('exchange.gapsMissing', { count }))

function joined(
  first: ImportedItem,
  all: readonly (ImportedItem & { readonly ref: string })[],
  count: number,
): ImportedItem {
  const stem = all.reduce(
    (text, { ref, draft }) => text.replace(`[[${ref}]]`, () => gapIn(draft.stem, ref)),
    first.draft.stem,
  )
  const blanks = all
    .flatMap(({ draft: { answer } }) => (answer.form === 'blanks' ? answer.blanks : []))
    .sort((a, b) => Number(a.ref) - Number(b.ref))
  const title = first.draft.title.replace(new RegExp(` \\(\\d+/${count}\\)$`), '')
  return { ...first, draft: { ...first.draft, title, stem, answer: { form: 'blanks', blanks } } }
}

/** The gap as the question that asks for it has it: with its choices. */
const gapIn = (stem: string, ref: string): string =>
  new RegExp(`\\[\\[${ref}(?:: [^[\\]]*)?\\]\\]`).exec(stem)?.[0] ?? `[[${ref}]]`
