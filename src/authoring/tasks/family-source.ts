import * as z from 'zod'
import type { FamilyStatus, TaskKind } from '../../item/family.ts'
import type { Locale } from '../../item/item.ts'
import { LONGEST_SLOT_LIST } from '../../task/slots.ts'
import { error, type Place, type Report } from '../diagnostic.ts'
import type { Spellings } from '../keywords.data.ts'
import { foldWord } from '../keywords.ts'
import { tableCells } from '../read-public.ts'
import { cutFrontmatter, readYaml } from '../read-yaml.ts'
import { type Language, say } from '../said.ts'
import { outsideFences, sectionMeant } from '../section-meant.ts'
import {
  FAMILY_SECTION_WORDS,
  FAMILY_STATUS_WORDS,
  type FamilySection,
  FORM_WORDS,
  HEAD_WORDS,
  type Head,
  KIND_WORDS,
} from './words.data.ts'

/** A part of a family below its heading. Lines are 1-based in the file. */
export interface FamilyPart {
  readonly title: string
  /** Line of the heading. */
  readonly line: number
  readonly lines: readonly string[]
  /** Parts one level further down. */
  readonly parts: readonly FamilyPart[]
}

/** A family's file as it is written. */
export interface FamilySource {
  readonly id: string
  readonly exam: string
  readonly kind: TaskKind
  readonly form?: string
  readonly locale: Locale
  readonly status: FamilyStatus
  readonly version: number
  readonly minutes: number
  /** `rows`, `faults`, `mails`, `claims`. */
  readonly sizes: Readonly<Record<string, number>>
  readonly title: string
  /** The parts by what they are; a part that occurs twice stands twice. */
  readonly parts: ReadonlyMap<FamilySection, FamilyPart>
  readonly top: Place
}

/** Reads a word in any language. */
export function readWord<Name extends string>(words: Spellings<Name>, written: string): Name | undefined {
  const folded = foldWord(written)
  return (Object.keys(words) as Name[]).find((name) =>
    Object.values(words[name]).some((word) => foldWord(word) === folded),
  )
}

const size = z.int().min(1).max(1_000)

/** The frontmatter of a family as authors write it. */
export const familySchema = z.strictObject({
  task: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  exam: z.string(),
  kind: z.string(),
  form: z.string().optional(),
  locale: z.enum(['ja', 'en']),
  minutes: z.number().min(1).max(60),
  // a note to authors: what a task is worth stands in exam.md
  points: z.number().min(1).max(100).optional(),
  status: z.string(),
  v: z.int().min(1).max(10_000),
  rows: size.optional(),
  faults: size.optional(),
  mails: size.optional(),
  claims: size.optional(),
})

const HEADING = /^(#{1,4})[ \t\u3000]+(\S.*?)[ \t]*$/

/** The parts of one level in these lines; what stands before the first is nobody's. */
function partsOf(lines: readonly string[], from: number, to: number, level: number): FamilyPart[] {
  const marks: { readonly title: string; readonly at: number; readonly level: number }[] = []
  for (let i = from; i < to; i++) {
    const heading = HEADING.exec(lines[i] as string)
    if (heading && (heading[1] as string).length <= level)
      marks.push({ title: heading[2] as string, at: i, level: (heading[1] as string).length })
  }
  return marks
    .filter((mark) => mark.level === level)
    .map((mark) => {
      const end = marks.find((other) => other.at > mark.at)?.at ?? to
      const inner = lines.slice(mark.at + 1, end).findIndex((line) => HEADING.exec(line)?.[1]?.length === level + 1)
      const own = inner < 0 ? end : mark.at + 1 + inner
      return {
        title: mark.title,
        line: mark.at + 1,
        lines: lines.slice(mark.at + 1, own),
        parts: level < 4 ? partsOf(lines, mark.at + 1, end, level + 1) : [],
      }
    })
}

const PUBLIC: ReadonlySet<FamilySection> = new Set(['brief', 'rules', 'materials'])

const isSecretName = (word: string): boolean => {
  const name = readWord(FAMILY_SECTION_WORDS, word)
  return name !== undefined && !PUBLIC.has(name)
}

/** Refuses what means to be the heading of a secret part and is none: what is below would stand among what candidates see. */
function refuseSlips(lines: readonly string[], from: number, report: Report): void {
  let level = 1
  for (const [line, at] of outsideFences(lines, from, lines.length)) {
    const heading = HEADING.exec(line)
    const isSlip = heading
      ? heading[1]?.length === 4 && level !== 3
      : /^[\s\u3000]*[#＃]/.test(line) || (level < 3 && sectionMeant(line, isSecretName) !== undefined)
    if (heading?.[1] && heading[1].length < 4) level = heading[1].length
    if (isSlip)
      report(
        { line: at + 1, column: line.search(/\S/) + 1 },
        error(
          'task/section',
          say('task.sectionSlip', { line: line.trim().slice(0, 20) }),
          say('advice.writeTaskHeading'),
        ),
      )
  }
}

/** Reads a family's file into its parts. What makes no sense is reported where it stands. */
export function readFamilySource(text: string, language: Language, report: Report): FamilySource | undefined {
  const lines = text.split('\n')
  const frontmatter = cutFrontmatter(lines)
  if (!frontmatter) {
    report(
      { line: 1, column: 1 },
      error('frontmatter/missing', say('finding.noFrontmatter'), say('advice.writeAsInSample')),
    )
    return undefined
  }
  const read = readYaml(frontmatter, familySchema, language, report)
  if (!read) return undefined
  const { value, placeOf } = read
  const {
    task: id,
    exam,
    locale,
    minutes,
    v: version,
    kind: kindWord,
    status: statusWord,
    form: formWord,
    points: _,
    ...sizes
  } = value
  const kind = readWord(KIND_WORDS, kindWord)
  const status = readWord(FAMILY_STATUS_WORDS, statusWord)
  if (!kind)
    report(
      placeOf(['kind']),
      error('task/word', say('task.wordUnknown', { word: kindWord }), say('advice.writeAsInSample')),
    )
  if (!status)
    report(
      placeOf(['status']),
      error('task/word', say('task.wordUnknown', { word: statusWord }), say('advice.writeAsInSample')),
    )
  const form = formWord === undefined ? undefined : readWord(FORM_WORDS, formWord)
  if (formWord !== undefined && !form)
    report(
      placeOf(['form']),
      error('task/word', say('task.wordUnknown', { word: formWord }), say('advice.writeAsInSample')),
    )
  if (!kind || !status) return undefined
  // the document's title is the one heading of level 1; parts that candidates see come below it, secret ones below them
  const title = HEADING.exec(lines.slice(frontmatter.bodyFrom).find((line) => /^#[ \t\u3000]/.test(line)) ?? '')?.[2]
  const top = { line: frontmatter.bodyFrom + 1, column: 1 }
  if (!title) {
    report(top, error('task/section', say('task.noTitle')))
    return undefined
  }
  refuseSlips(lines, frontmatter.bodyFrom, report)
  const parts = new Map<FamilySection, FamilyPart>()
  const shown = partsOf(lines, frontmatter.bodyFrom, lines.length, 2)
  // whatever begins with three signs is secret, below whichever heading it stands
  for (const part of [...shown, ...shown.flatMap(({ parts: secret }) => secret)]) {
    const name = readWord(FAMILY_SECTION_WORDS, part.title)
    const at = { line: part.line, column: 1 }
    if (!name)
      report(
        at,
        error('task/section', say('task.sectionUnknown', { section: part.title }), say('advice.writeAsInSample')),
      )
    else if (parts.has(name) && name !== 'materials')
      report(at, error('task/section', say('task.sectionTwice', { section: part.title }), say('advice.joinSections')))
    else parts.set(name, part)
  }
  return {
    id,
    exam,
    kind,
    ...(form === undefined ? {} : { form }),
    locale,
    status,
    version,
    minutes,
    sizes: Object.fromEntries(
      Object.entries(sizes).filter((entry): entry is [string, number] => entry[1] !== undefined),
    ),
    title,
    parts,
    top,
  }
}

/** The text of a part, with its inner headings. */
export const textOf = (part: FamilyPart | undefined): string => part?.lines.join('\n').trim() ?? ''

/** A part that must be there. */
export function requirePart(source: FamilySource, name: FamilySection, report: Report): FamilyPart | undefined {
  const part = source.parts.get(name)
  if (!part)
    report(
      source.top,
      error(
        'task/section',
        say('task.sectionMissing', { section: FAMILY_SECTION_WORDS[name] }),
        say('advice.writeAsInSample'),
      ),
    )
  return part
}

/** A row of a table in a part: its cells by what the column is, and its line. A column that was not asked for is left out. */
export interface FamilyRow {
  readonly cells: Readonly<Record<Head, string>>
  readonly at: Place
}

/** The rows of the first table of a part; a column that is missing is reported, and nothing is read. Optional columns may be. */
export function readRows(
  part: FamilyPart,
  columns: readonly Head[],
  report: Report,
  optional: readonly Head[] = [],
): FamilyRow[] {
  const at = { line: part.line, column: 1 }
  const first = part.lines.findIndex((line) => line.trimStart().startsWith('|'))
  if (first < 0) {
    report(at, error('task/table', say('task.tableMissing', { section: part.title }), say('advice.writeAsInSample')))
    return []
  }
  const heads = tableCells(part.lines[first] as string).map((head) => readWord<Head>(HEAD_WORDS, head))
  const missing = columns.filter((column) => !heads.includes(column))
  for (const column of missing)
    report(
      at,
      error(
        'task/table',
        say('task.columnMissing', { section: part.title, column: HEAD_WORDS[column] }),
        say('advice.writeAsInSample'),
      ),
    )
  if (missing.length > 0) return []
  const end = part.lines.findIndex((line, i) => i > first && !line.trimStart().startsWith('|'))
  const rows = part.lines.slice(first + 2, end < 0 ? undefined : end).slice(0, LONGEST_SLOT_LIST)
  return rows.map((line, i) => {
    const cells = tableCells(line)
    return {
      cells: Object.fromEntries(
        [...columns, ...optional].map((column) => [column, cells[heads.indexOf(column)] ?? '']),
      ) as FamilyRow['cells'],
      at: { line: part.line + first + 3 + i, column: 1 },
    }
  })
}

/** A number in a cell, at least 1; what is none is reported. */
export function readCount(row: FamilyRow, column: Head, report: Report): number {
  const value = Number(row.cells[column])
  if (Number.isFinite(value) && value > 0) return value
  report(
    row.at,
    error(
      'task/value',
      say('task.valueUnreadable', { column: HEAD_WORDS[column], value: row.cells[column] }),
      say('advice.writeAsInSample'),
    ),
  )
  return 1
}

/** Says that a cell holds something that cannot be read. */
export const refuseCell = (row: FamilyRow, column: Head, report: Report): undefined => {
  report(
    row.at,
    error(
      'task/value',
      say('task.valueUnreadable', { column: HEAD_WORDS[column], value: row.cells[column] }),
      say('advice.writeAsInSample'),
    ),
  )
  return undefined
}
