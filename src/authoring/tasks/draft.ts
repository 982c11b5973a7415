import { draftBots, recallPapers } from '../../task/draft/bots.ts'
import { type DraftBody, type DraftPart, type Paragraph, type Piece, placesIn } from '../../task/draft/family.ts'
import { error, type Finding, type Place, type Report, warning } from '../diagnostic.ts'
import { say } from '../said.ts'
import { type FamilyPart, type FamilySource, requirePart } from './family-source.ts'
import { cutOutsideBraces, endOfBraces } from './read-slots.ts'
import type { WrittenKind } from './written-kind.ts'

/** A family needs so many places for each fault of a paper, or few papers show them all. */
const PLACES_A_FAULT = 3
/** Whoever tells of a paper tells so many characters before and behind each place. */
const RECALLED_AROUND = 4

/** The heading of a part: its number, which alternatives share, and a title for authors. */
const PART_HEADING = /^(\d{1,2})(?:[ \t\u3000.]|$)/
/** A paragraph that begins so explains the marks to authors. */
const EXPLANATION = '`{{'
const SKILL = /[ \u3000]#([^\s#{}|]+)[ \u3000]*$/u

/** Reads what stands between two braces: `=right`, `wrong|right/right #skill`, or a slot. */
function readMark(mark: string): Piece | undefined {
  if (mark.startsWith('=')) return mark.length > 1 ? { as: 'look', text: mark.slice(1) } : undefined
  const [wrong = '', forms, ...more] = cutOutsideBraces(mark, '|')
  if (forms === undefined) return { as: 'slot', text: `{{${mark}}}` }
  const skill = SKILL.exec(forms)
  const right = cutOutsideBraces(forms.slice(0, skill?.index), '/')
  if (!skill || more.length > 0 || wrong === '' || right.some((form) => form === '' || form === wrong)) return undefined
  return { as: 'place', wrong, right, skill: skill[1] as string }
}

function readParagraph(text: string, refuse: (mark: string) => void): Paragraph {
  const pieces: Piece[] = []
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('{{', at)
    if (open !== at) pieces.push({ as: 'text', text: text.slice(at, open < 0 ? undefined : open) })
    if (open < 0) break
    const end = endOfBraces(text, open)
    const mark = text.slice(open + 2, end === undefined ? open + 30 : end - 2)
    const piece = end === undefined ? undefined : readMark(mark)
    if (piece) pieces.push(piece)
    else refuse(mark)
    at = end ?? text.length
  }
  return pieces
}

/** The paragraphs below a heading; lines of one paragraph join. */
function readParagraphs({ lines, line }: FamilyPart, report: Report): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (let i = 0; i < lines.length; i++) {
    const first = i
    let text = ''
    for (; i < lines.length && lines[i]?.trim() !== ''; i++) text += lines[i]?.trim()
    if (text === '' || text.startsWith(EXPLANATION)) continue
    const at = { line: line + first + 1, column: 1 }
    paragraphs.push(readParagraph(text, (mark) => report(at, error('draft/mark', say('task.draftMark', { mark })))))
  }
  return paragraphs
}

/** Reads the manuscript: what stands before the first inner heading is always there, of headings with one number one is drawn. */
function readParts(manuscript: FamilyPart, report: Report): DraftPart[] {
  const always = readParagraphs(manuscript, report)
  const byNumber = new Map<number, (readonly Paragraph[])[]>()
  for (const part of manuscript.parts) {
    const number = PART_HEADING.exec(part.title)?.[1]
    const paragraphs = readParagraphs(part, report)
    if (number === undefined || paragraphs.length === 0)
      report(
        { line: part.line, column: 1 },
        error('task/section', say('task.sectionUnknown', { section: part.title }), say('advice.writeAsInSample')),
      )
    else byNumber.set(Number(number), [...(byNumber.get(Number(number)) ?? []), paragraphs])
  }
  return [
    ...(always.length > 0 ? [{ alternatives: [always] }] : []),
    ...[...byNumber].sort(([a], [b]) => a - b).map(([, alternatives]) => ({ alternatives })),
  ]
}

/** Every text of a family that is right, each paragraph by itself. */
const rightTexts = ({ parts }: DraftBody): string[] =>
  parts
    .flatMap(({ alternatives }) => alternatives.flat())
    .map((paragraph) => paragraph.map((piece) => (piece.as === 'place' ? piece.right[0] : piece.text)).join(''))

const fewestPlaces = ({ parts }: DraftBody): number =>
  parts
    .map(({ alternatives }) =>
      Math.min(...alternatives.map((one) => placesIn({ parts: [{ alternatives: [one] }] }).length)),
    )
    .reduce((sum, places) => sum + places, 0)

function checkPool(body: DraftBody, isLive: boolean, report: (at: Place, finding: Finding) => void, at: Place): void {
  const places = placesIn(body)
  if (body.faults < 1 || body.faults > fewestPlaces(body))
    report(at, error('task/value', say('task.sizeOutOfRange', { size: 'faults' }), say('advice.sizesOfOthers')))
  if (places.length < PLACES_A_FAULT * body.faults) {
    const needed = PLACES_A_FAULT * body.faults
    report(at, (isLive ? error : warning)('draft/pool', say('task.draftPool', { places: places.length, needed })))
  }
  const wrong = [...new Set(places.map((place) => place.wrong))]
  const right = rightTexts(body)
  const twins = wrong.filter((form) => right.some((text) => text.includes(form)))
  if (twins.length * 2 < wrong.length)
    report(at, warning('draft/twin', say('task.draftTwin', { twins: twins.length, forms: wrong.length })))
}

/** Manuscripts in Markdown: prose in which places are marked. */
export const writtenDraft: WrittenKind<DraftBody> = {
  read: (source: FamilySource, report) => {
    const manuscript = requirePart(source, 'manuscript', report)
    return manuscript && { body: { faults: source.sizes.faults ?? 0, parts: readParts(manuscript, report) } }
  },
  check: ({ body, status }, report, source) => checkPool(body, status === 'live', report, source.top),
  bots: draftBots,
  bounds: { gradeMs: 50 },
  // every paper shows most of the text: what leaks are places, with a little around them
  recall: (instance, papers) => recallPapers(instance, papers, RECALLED_AROUND),
}
