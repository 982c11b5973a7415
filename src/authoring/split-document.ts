import { beginsItem } from '../item/source/items-in-file.ts'
import { fixHeadingMark } from './certain-fix.ts'
import { error, type Report, withFix } from './diagnostic.ts'
import { SECTION_LIKE } from './keywords.data.ts'
import { say } from './said.ts'

/** A `###` section: its title and the half-open range of lines (0-based) below its heading. */
export interface SectionBlock {
  readonly title: string
  readonly line: number
  readonly from: number
  readonly to: number
}

/** A `##` item: the public lines below its heading, then its sections. Line numbers are 0-based indices. */
export interface ItemBlock {
  readonly title: string
  readonly line: number
  readonly publicFrom: number
  readonly publicTo: number
  readonly sections: readonly SectionBlock[]
  readonly to: number
}

export interface DocumentBlocks {
  readonly preambleTo: number
  readonly items: readonly ItemBlock[]
}

const HEADING = /^ {0,3}(#{1,6})(?:([ \t\u3000]+)(.*))?$/
const FENCE = /^ {0,3}(`{3,}|~{3,})([^`]*)$/
/** Before the first item, where authors write what they like, only an item is missed. */
const MALFORMED_ITEM = /^[#＃]{2}[ \t\u3000]*[a-z][a-z0-9-]*-\d/
const MALFORMED = /^\s*(?:[#＃]{2}|＃)/

interface Mark {
  readonly level: number
  readonly title: string
  readonly line: number
}

/**
 * Cuts a bank into items and sections by its headings alone. It is stricter than Markdown on purpose: whatever could be
 * meant as a section heading ends the public part, so a slip never puts a secret before candidates.
 */
export function splitDocument(lines: readonly string[], from: number, report: Report): DocumentBlocks {
  const marks = headingMarks(lines, from, report)
  const items: ItemBlock[] = []
  const preambleTo = marks[0]?.line ?? lines.length
  for (let i = 0; i < marks.length; ) {
    const heading = marks[i] as Mark
    let next = i + 1
    while (next < marks.length && (marks[next] as Mark).level !== 2) next += 1
    const to = next < marks.length ? (marks[next] as Mark).line : lines.length
    const inner = marks.slice(i + 1, next)
    items.push({
      title: heading.title,
      line: heading.line,
      publicFrom: heading.line + 1,
      publicTo: inner[0]?.line ?? to,
      sections: inner.map((mark, k) => ({
        title: mark.title,
        line: mark.line,
        from: mark.line + 1,
        to: inner[k + 1]?.line ?? to,
      })),
      to,
    })
    i = next
  }
  return { preambleTo, items }
}

/** Headings of level 2 and 3 outside code fences, from the first item on; a misspelt heading counts as one of level 3. */
function headingMarks(lines: readonly string[], from: number, report: Report): Mark[] {
  const marks: Mark[] = []
  const closingFence = fenceSearch(lines)
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] as string
    const first = line.charCodeAt(0)
    // # ` ~ space, tab, hard space, full-width # and space: nothing else can open a heading or a fence
    if (
      first !== 35 &&
      first !== 96 &&
      first !== 126 &&
      first !== 32 &&
      first !== 9 &&
      first !== 0xa0 &&
      first !== 0xff03 &&
      first !== 0x3000
    )
      continue
    const fence = FENCE.exec(line)
    if (fence) {
      const end = closingFence(i, fence[1] as string)
      if (end === undefined) reportOpenFence(i, report)
      else i = checkedFence(lines, i, end, report)
      continue
    }
    const mark = markAt(line, i, marks, report)
    if (mark) marks.push(mark)
  }
  return marks
}

/** Finds the line that closes a fence. It remembers failed searches, so that many open fences stay linear. */
function fenceSearch(lines: readonly string[]): (open: number, marker: string) => number | undefined {
  const failed = new Map<string, { length: number; until: number }>()
  return (open, marker) => {
    const kind = marker.charAt(0)
    const known = failed.get(kind)
    if (known && open < known.until && marker.length >= known.length) return undefined
    let i = open + 1
    for (; i < lines.length; i++) {
      const line = lines[i] as string
      // an item's heading cannot stand in a fence: the search ends where the next item starts
      if (beginsItem(line)) break
      const fence = FENCE.exec(line)
      if (fence && (fence[2] as string).trim() === '' && (fence[1] as string).startsWith(marker)) return i
    }
    failed.set(kind, { length: marker.length, until: i })
    return undefined
  }
}

const reportOpenFence = (line: number, report: Report) =>
  report({ line: line + 1, column: 1 }, error('fence/open', say('finding.fenceOpen'), say('advice.closeFence')))

/** A section keyword inside a fence is taken for a fence opened or closed by mistake. Returns the fence's last line. */
function checkedFence(lines: readonly string[], open: number, end: number, report: Report): number {
  for (let i = open + 1; i < end; i++) {
    if (!SECTION_LIKE.test(lines[i] as string)) continue
    report(
      { line: i + 1, column: 1 },
      error('fence/holds-section', say('finding.sectionInFence'), say('advice.checkFence')),
    )
  }
  return end
}

// letter by letter: a pattern that may repeat as often as a line is long runs out of stack on millions of marks

/** A line without the marks of a heading, of either width, that it begins with. */
function withoutMarks(line: string): string {
  let start = 0
  while (start < line.length && /[\s#＃]/.test(line[start] as string)) start += 1
  return line.slice(start).trim()
}

/** A title without the marks that may close it, which a space parts from it. */
function withoutClosingMarks(title: string): string {
  const trimmed = title.trim()
  let end = trimmed.length
  while (trimmed[end - 1] === '#') end -= 1
  const isClosed = end < trimmed.length && (trimmed[end - 1] === ' ' || trimmed[end - 1] === '\t')
  return isClosed ? trimmed.slice(0, end).trim() : trimmed
}

function markAt(line: string, index: number, marks: readonly Mark[], report: Report): Mark | undefined {
  const heading = HEADING.exec(line)
  const inItem = marks.length > 0
  const at = { line: index + 1, column: line.search(/\S/) + 1 }
  if (!heading) {
    if (!MALFORMED.test(line) || (!inItem && !MALFORMED_ITEM.test(line))) return undefined
    const finding = error(
      'ja/fullwidth-marker',
      say('finding.noHeading', { line: line.trim().slice(0, 20) }),
      say('advice.writeHash'),
    )
    report(at, withFix(finding, fixHeadingMark(line, index + 1)))
    return inItem ? { level: 3, title: withoutMarks(line), line: index } : undefined
  }
  const level = (heading[1] as string).length
  const title = withoutClosingMarks(heading[3] ?? '')
  if (heading[2]?.includes('\u3000'))
    report(
      at,
      withFix(
        error('ja/fullwidth-marker', say('finding.fullWidthSpace'), say('advice.halfWidthSpace')),
        fixHeadingMark(line, index + 1),
      ),
    )
  if (level === 1 && !inItem) return undefined
  if (level <= 3) {
    if (level === 3 && !inItem) return undefined
    if (level === 1) report(at, error('heading/level', say('finding.headingAfterItem'), say('advice.anotherFile')))
    return { level: level === 1 ? 3 : level, title, line: index }
  }
  // deeper headings are content of a secret section, but in the public part they are a section gone wrong
  const last = marks.at(-1)
  if (last?.level !== 2) return undefined
  report(at, error('heading/level', say('finding.deepHeading'), say('advice.sectionLevel')))
  return { level: 3, title, line: index }
}
