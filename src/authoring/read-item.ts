import type { ItemType } from '../item/item.ts'
import type { AnswerSource, ItemPlaces, ItemSource, RawItem } from './bank-source.ts'
import { fixListMark } from './certain-fix.ts'
import { error, type Place, type Report, withFix } from './diagnostic.ts'
import type { SectionName } from './keywords.data.ts'
import { readSectionName } from './keywords.ts'
import { isPillLine, readPills } from './read-pills.ts'
import { lastContentLine } from './read-public.ts'
import { readVariables } from './read-variables.ts'
import { say } from './said.ts'
import type { ItemBlock, SectionBlock } from './split-document.ts'
import { holdsSlot } from './take-slots.ts'
import type { WrittenType } from './types/written-type.ts'
import { writtenTypeOf } from './written-types.ts'

/** An item's text, public and secret, may hold this many UTF-16 units. */
const LONGEST_ITEM = 40_000
/** Quote marks and list marks that may open one line, and the spaces before its text. */
const DEEPEST_LINE = 12
const WIDEST_INDENT = 40
/** Marks whose combinations make inline parsing slow. */
const MOST_MARKS = 1_000

export interface ReadItem {
  readonly item: ItemSource | RawItem
  readonly places?: ItemPlaces
}

interface Context {
  readonly lines: readonly string[]
  readonly topic: string
  readonly report: Report
}

/** Reads one item. Whatever errors it has, it comes back as a raw item that prints as it stands. */
export function readItem(lines: readonly string[], block: ItemBlock, topic: string, report: Report): ReadItem {
  let errors = 0
  const counting: Report = (at, finding) => {
    if (finding.severity === 'error') errors += 1
    report(at, finding)
  }
  const read = isWithinLimits(lines, block, counting)
    ? readWellFormed({ lines, topic, report: counting }, block)
    : undefined
  if (read && errors === 0) return read
  return { item: { kind: 'raw', text: lines.slice(block.line, block.to).join('\n').trimEnd() } }
}

/** Refuses what would make the Markdown lexer slow or deep before it sees it. */
export function isWithinLimits(
  lines: readonly string[],
  block: Pick<ItemBlock, 'line' | 'to'>,
  report: Report,
): boolean {
  let length = 0
  let marks = 0
  for (let i = block.line; i < block.to; i++) {
    const line = lines[i] as string
    length += line.length + 1
    if (length > LONGEST_ITEM) {
      report(
        { line: i + 1, column: 1 },
        error('limits/item-size', say('finding.itemTooLong', { most: LONGEST_ITEM }), say('advice.shorten')),
      )
      return false
    }
    const indent = /^[\s>*+\-\d.)]*/.exec(line)?.[0] ?? ''
    if (
      indent.length > 2 &&
      (indent.replace(/[^>*+\-.)]/g, '').length > DEEPEST_LINE || indent.length > WIDEST_INDENT) &&
      !/^\s*([-*_]\s*){3,}$/.test(line)
    ) {
      report({ line: i + 1, column: 1 }, error('limits/nesting', say('finding.nestedTooDeep'), say('advice.flatten')))
      return false
    }
    marks += marksIn(line)
    if (marks > MOST_MARKS) {
      report({ line: i + 1, column: 1 }, error('limits/nesting', say('finding.tooManyMarks'), say('advice.fewerMarks')))
      return false
    }
  }
  return true
}

/** Number of `&`, `*`, `<`, `[`, `_`, `` ` `` and `~`. */
function marksIn(line: string): number {
  let marks = 0
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i)
    if (code === 38 || code === 42 || code === 60 || code === 91 || code === 95 || code === 96 || code === 126)
      marks += 1
  }
  return marks
}

function readWellFormed(context: Context, block: ItemBlock): ReadItem | undefined {
  const { lines, report } = context
  const heading = readHeading(context, block)
  const pillsFrom = skipBlank(lines, block.publicFrom, block.publicTo)
  let stemFrom = pillsFrom
  while (stemFrom < block.publicTo && isPillLine(lines[stemFrom] as string)) stemFrom += 1
  const { type, length, ...pills } = readPills(lines, pillsFrom, stemFrom, report)
  const sections = readSections(context, block, type)
  const at = { line: pillsFrom + 1, column: 1 }
  if (type === undefined) {
    report(at, error('item/type', say('finding.noType'), say('advice.writeType')))
    return undefined
  }
  const section = sections.get('variables')
  const variables = section ? readVariables(lines, section.from, section.to, report) : []
  if (section && variables.length === 0)
    report(
      { line: section.line + 1, column: 1 },
      error('variables/list', say('finding.noVariable'), say('advice.writeVariable')),
    )
  if (!section) refuseLoneSlots(context, block)
  const written = writtenTypeOf(type)
  const read = written.readPublic(lines, stemFrom, lastContentLine(lines, stemFrom, block.publicTo), report)
  const stemStart = skipBlank(lines, read.stemFrom, read.stemTo)
  const stem = textOf(lines, stemStart, read.stemTo)
  if (stem === '')
    report({ line: block.line + 1, column: 1 }, error('stem/missing', say('finding.noStem'), say('advice.writeStem')))
  const secret =
    written.readSections?.(lines, { sections, length, heading: at }, report) ??
    readAnswerSection(context, block, written, sections)
  const answer = secret?.answer ?? read.answer
  if (!heading || !answer) return undefined
  const item: ItemSource = {
    kind: 'item',
    ...heading,
    pills: { ...pills, type },
    stem,
    answer,
    variables,
    rationale: sectionText(lines, sections.get('rationale')),
    references: readReferences(context, sections.get('references')),
    notes: sectionText(lines, sections.get('notes')),
  }
  const places = {
    ...placesOf(block, stemStart, secret?.places ?? read.places, sections),
    ...pillsOf(lines, block.publicFrom, stemFrom),
  }
  return { item, places }
}

/** The last of the pills, and the one that tells the version. */
function pillsOf(lines: readonly string[], from: number, to: number): Pick<ItemPlaces, 'lastPill' | 'versionPill'> {
  const pills = lines.slice(from, to).flatMap((line, nth) =>
    [...line.matchAll(/`[^`]+`/g)].map(({ index, 0: written }) => ({
      line: from + nth + 1,
      column: index + 1,
      written,
    })),
  )
  const versionPill = pills.find(({ written }) => /^`v\d+`$/.test(written))
  return {
    lastPill: pills.at(-1) ?? { line: to, column: 1, written: '' },
    ...(versionPill ? { versionPill } : {}),
  }
}

function readHeading({ topic, report }: Context, block: ItemBlock): { id: string; title: string } | undefined {
  const at = { line: block.line + 1, column: 4 }
  const match = /^([A-Za-z0-9][A-Za-z0-9-]*-\d{1,6})(?:[ \u3000]+(.*))?$/.exec(block.title)
  const suggestion = say('advice.writeHeading', { topic })
  if (!match) {
    report(at, error('item/heading', say('finding.noItemId'), suggestion))
    return undefined
  }
  const id = match[1] as string
  if (id.slice(0, id.lastIndexOf('-')) !== topic)
    report(at, error('item/id', say('finding.idOfOtherTopic', { id, topic }), suggestion))
  return { id, title: (match[2] ?? '').trim() }
}

/** The sections by name; unknown and repeated ones are errors. */
function readSections(
  { report }: Context,
  block: ItemBlock,
  type: ItemType | undefined,
): Map<SectionName, SectionBlock> {
  const sections = new Map<SectionName, SectionBlock>()
  for (const section of block.sections) {
    const at = { line: section.line + 1, column: 1 }
    const name = readSectionName(section.title)
    if (!name)
      report(
        at,
        error('section/unknown', say('finding.sectionUnknown', { title: section.title }), say('advice.knownSections')),
      )
    else if (sections.has(name))
      report(
        at,
        error('section/twice', say('finding.sectionTwice', { title: section.title }), say('advice.joinSections')),
      )
    else sections.set(name, section)
    if ((name === 'rubric' || name === 'model-answer') && !(type && writtenTypeOf(type).sections.includes(name)))
      report(
        at,
        error('section/unexpected', say('finding.essaySection', { title: section.title }), say('advice.essayOnly')),
      )
  }
  return sections
}

/** Without variables, braces outside code are a slot that nobody would fill. */
function refuseLoneSlots({ lines, report }: Context, block: ItemBlock): void {
  for (let i = block.publicFrom; i < block.publicTo; i++) {
    const line = lines[i] as string
    if (line.includes('{{') && holdsSlot(line.replace(/`[^`]*`/g, '')))
      report(
        { line: i + 1, column: line.indexOf('{{') + 1 },
        error('variables/missing', say('finding.slotsWithoutVariables'), say('advice.addVariables')),
      )
  }
}

function readAnswerSection(
  context: Context,
  block: ItemBlock,
  { readAnswer }: WrittenType<AnswerSource>,
  sections: Map<SectionName, SectionBlock>,
) {
  const section = sections.get('answer')
  if (!section) {
    if (readAnswer)
      context.report(
        { line: block.line + 1, column: 1 },
        error('answer/missing', say('finding.noAnswerSection'), say('advice.answerSection')),
      )
    return undefined
  }
  if (!readAnswer) {
    context.report(
      { line: section.line + 1, column: 1 },
      error('answer/unexpected', say('finding.answerUnexpected'), say('advice.deleteAnswer')),
    )
    return undefined
  }
  return readAnswer(context.lines, section.from, section.to, context.report)
}

function readReferences({ lines, report }: Context, section: SectionBlock | undefined): string[] {
  const references: string[] = []
  for (let i = section?.from ?? 0; i < (section?.to ?? 0); i++) {
    const line = lines[i] as string
    const bullet = /^[-*+] +(\S.*)$/.exec(line)
    if (bullet) references.push((bullet[1] as string).trimEnd())
    else if (/^ {2,}\S/.test(line) && references.length > 0) references[references.length - 1] += ` ${line.trim()}`
    else if (line.trim() !== '')
      report(
        { line: i + 1, column: 1 },
        withFix(error('refs/list', say('finding.referencesList')), fixListMark(line, i + 1)),
      )
  }
  return references
}

function skipBlank(lines: readonly string[], from: number, to: number): number {
  let i = from
  while (i < to && (lines[i] as string).trim() === '') i += 1
  return i
}

const textOf = (lines: readonly string[], from: number, to: number): string =>
  lines.slice(from, to).join('\n').trimEnd()

const sectionText = (lines: readonly string[], section: SectionBlock | undefined): string =>
  section ? textOf(lines, skipBlank(lines, section.from, section.to), section.to) : ''

function placesOf(
  block: ItemBlock,
  stemFrom: number,
  answers: readonly Place[],
  sections: Map<SectionName, SectionBlock>,
): Omit<ItemPlaces, 'lastPill' | 'versionPill'> {
  const start = (name: SectionName): Place => ({ line: (sections.get(name)?.line ?? block.line) + 1, column: 1 })
  return {
    heading: { line: block.line + 1, column: 1 },
    stem: { line: stemFrom + 1, column: 1 },
    answers,
    variables: start('variables'),
    rationale: start('rationale'),
    references: start('references'),
    notes: start('notes'),
  }
}
