import type { ExamDefinition } from '../../item/bank.ts'
import { choicesOf } from '../../item/definition-of.ts'
import type { CompileMemory } from '../compile-memory.ts'
import { error, type Report, warning } from '../diagnostic.ts'
import { listed, say } from '../said.ts'
import type { WrittenSheet } from '../study-sheets.ts'
import { indexShingles, mostHeldBy, type ShingleIndex, shinglesOf } from './shingle-index.ts'
import type { Subject } from './subject.ts'
import { LAW, LAW_IN_ENGLISH } from './words.data.ts'

/** What is read in two minutes, in characters. */
const LONGEST = { ja: 1_200, en: 2_800 }
/** Share of the shingles of a question with its right answer, or of why that is right, from which a sheet tells it. */
const TOLD = 0.3
/** A text with fewer stands in others by chance. */
const FEWEST_SHINGLES = 24

interface StudyLint {
  readonly exam: ExamDefinition | undefined
  /** Every item of papers. */
  readonly subjects: readonly Subject[]
  readonly memory: CompileMemory
  readonly reportOf: (path: string) => Report
}

/** Sheets teach what papers ask for: short, with who says what the law is, for every skill, and with no question of a paper. */
export function lintStudySheets(sheets: readonly WrittenSheet[], lint: StudyLint): void {
  if (sheets.length === 0) return
  if (lint.exam) lintMissing(sheets, lint.exam, lint.reportOf('exam.md'))
  for (const sheet of sheets) lintSheet(sheet, lint.reportOf(sheet.path))
  for (const [locale, own] of Map.groupBy(sheets, (sheet) => sheet.locale))
    lintTold(
      own,
      lint.subjects.filter(({ variant }) => variant.locale === locale),
      lint,
    )
}

function lintMissing(sheets: readonly WrittenSheet[], { locales, skills }: ExamDefinition, report: Report): void {
  for (const locale of locales) {
    const there = new Set(sheets.flatMap((sheet) => (sheet.locale === locale ? [sheet.skill] : [])))
    const missing = skills.flatMap(({ id }) => (there.has(id) ? [] : [id]))
    if (missing.length > 0)
      report(
        { line: 1, column: 1 },
        warning(
          'study/missing',
          say('finding.studyMissing', { locale, skills: listed(missing) }),
          say('advice.writeSheets'),
        ),
      )
  }
}

function lintSheet({ heading, locale, sources, text, wording }: WrittenSheet, report: Report): void {
  const most = LONGEST[locale]
  if (text.length > most)
    report(
      heading,
      warning('study/too-long', say('finding.studyTooLong', { length: text.length, most }), say('advice.studyShorter')),
    )
  const law = (LAW.exec(text) ?? LAW_IN_ENGLISH.exec(text))?.[0]
  if (law !== undefined && !wording.html.sources.includes('<a href="https://'))
    report(sources, warning('study/authority', say('finding.studyAuthority', { law }), say('advice.studyAuthority')))
}

/** A question with what is right of it, and why it is right: as somebody would tell it who gives it away. */
function tellings({ stemText, options, right, wording: { stem, secret } }: Subject): readonly string[] {
  const answers = options.length > 0 ? right.map((i) => options[i]) : choicesOf(stem)
  return [[stemText, ...answers.map((answer) => answer?.text)].join('\n'), secret.rationale]
}

const shinglesIn = (text: string) => shinglesOf(text.replace(/\s+/g, ''))

/** An index for each file of items: what stands in a file that has not changed is not compared again. */
function lintTold(sheets: readonly WrittenSheet[], items: readonly Subject[], { memory, reportOf }: StudyLint): void {
  const files = [...Map.groupBy(items, ({ variant }) => variant.bank)].map(([bank, members]) => ({
    path: (members[0] as Subject).variant.path,
    index: memory.once('told', [bank, ...members.map(({ wording }) => wording)], () => indexTellings(members)),
  }))
  for (const sheet of sheets) {
    const own = memory.once('shingles of sheet', [sheet], () => shinglesIn(sheet.text))
    const [most] = files
      .flatMap(({ path, index }) => memory.once(`told in ${path}`, [sheet, index], () => toldBy(index, own)) ?? [])
      .sort((a, b) => b.containment - a.containment || (a.id < b.id ? -1 : 1))
    if (most && most.containment >= TOLD)
      reportOf(sheet.path)(
        sheet.heading,
        error(
          'study/near-live',
          say('finding.studyTells', { id: most.id, percent: Math.round(most.containment * 100) }),
          say('advice.studyTeaches'),
        ),
      )
  }
}

/** What would tell an item, by the item's id. */
interface TellingIndex extends ShingleIndex {
  readonly ids: readonly string[]
}

function indexTellings(items: readonly Subject[]): TellingIndex {
  const texts = items.flatMap((subject) =>
    tellings(subject)
      .map(shinglesIn)
      .flatMap((shingles) => (shingles.size < FEWEST_SHINGLES ? [] : [{ id: subject.item.id, shingles }])),
  )
  return { ids: texts.map(({ id }) => id), ...indexShingles(texts.map(({ shingles }) => shingles)) }
}

function toldBy(index: TellingIndex, shingles: ReadonlySet<number>) {
  const found = mostHeldBy(index, shingles)
  return found && { id: index.ids[found.at] as string, containment: found.containment }
}
