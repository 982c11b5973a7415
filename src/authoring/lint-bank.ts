import type { ExamDefinition } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import type { Instant } from '../kernel/instant.ts'
import { type CompiledItem, presenceOf, unreadableIn } from './compare-locales.ts'
import type { CompileMemory } from './compile-memory.ts'
import { type Diagnostic, hear, type Report, reporterOf, sayAgain, warning } from './diagnostic.ts'
import { lintWeekdays } from './lint/date-rules.ts'
import { lintDuplicates } from './lint/duplicate-rules.ts'
import { lintAskedCount, lintKeyHabits, lintNamedKey } from './lint/key-rules.ts'
import { lintOptions } from './lint/option-rules.ts'
import { lintPool } from './lint/pool-rules.ts'
import { lintReasons } from './lint/practice-rules.ts'
import { lintReferences, lintStem } from './lint/stem-rules.ts'
import { lintStudySheets } from './lint/study-rules.ts'
import { type Subject, subjectOf } from './lint/subject.ts'
import { lintVersions } from './lint/version-rules.ts'
import type { ParsedBank } from './parse-bank.ts'
import { type Language, listed, say } from './said.ts'
import type { SourceFile } from './source-file.ts'
import type { WrittenSheet } from './study-sheets.ts'
import { writtenTypeOf } from './written-types.ts'

export interface LintInput {
  readonly exam?: ExamDefinition | undefined
  readonly items: readonly CompiledItem[]
  readonly files: readonly { readonly path: string; readonly parsed: ParsedBank }[]
  readonly sheets: readonly WrittenSheet[]
}

export interface LintOptions {
  /** Today, for review dates. */
  readonly now: Instant
  readonly language?: Language
  readonly memory: CompileMemory
  /** `items.lock.json`, where there is one. */
  readonly lock?: SourceFile
}

/**
 * Looks for what is well-formed but weak: options that give the key away, stems that mislead, pools that run dry.
 * The rules for options and stems follow Haladyna, Downing & Rodriguez, "A Review of Multiple-Choice Item-Writing
 * Guidelines" (2002). Items in error are left out.
 */
export function lintBank(input: LintInput, options: LintOptions): Diagnostic[] {
  const sink: Diagnostic[] = []
  const reports = new Map<string, Report>()
  const reportOf = (path: string): Report => {
    const report = reports.get(path) ?? reporterOf(path, options.language ?? 'ja', sink)
    reports.set(path, report)
    return report
  }
  const subjects = input.items.flatMap(({ item, variants }) =>
    item ? variants.flatMap((variant) => subjectOf(item, variant, reportOf(variant.path), options.memory) ?? []) : [],
  )
  for (const subject of subjects) {
    if (subject.item.status === 'retired') continue
    const { heard } = options.memory.once('findings', [subject.variant.source, subject.item, subject.wording], () =>
      hear((report) => lintItem({ ...subject, report })),
    )
    sayAgain(heard, subject.report)
    lintReferences(subject, options.now)
  }
  const inUse = subjects.filter(({ item }) => item.status !== 'retired')
  lintKeyHabits(inUse.filter(({ item }) => item.status !== 'practice'))
  for (const group of Map.groupBy(inUse, ({ variant }) => variant.locale).values()) {
    lintDuplicates(group, options.memory)
    lintWeekdays(group, options.memory)
  }
  lintStudySheets(input.sheets, {
    exam: input.exam,
    subjects: inUse.filter(({ item }) => item.status !== 'practice'),
    memory: options.memory,
    reportOf,
  })
  lintEnemies(subjects)
  if (input.exam) lintSkillNames(input.exam, inUse)
  lintLocales(input, reportOf)
  if (options.lock)
    lintVersions(subjects, options.lock, {
      ids: writtenIds(input),
      report: reportOf(options.lock.path),
      memory: options.memory,
    })
  const items = input.items.flatMap(({ item }) => (item ? [item] : []))
  if (input.exam) lintPool(input.exam, items, { report: reportOf('exam.md'), memory: options.memory })
  return sink
}

/** The rules that look at one item alone, and at no clock. */
function lintItem(subject: Subject): void {
  lintOptions(subject)
  lintStem(subject)
  writtenTypeOf(subject.item.type).lint.rules?.(subject)
  lintNamedKey(subject)
  lintAskedCount(subject)
  lintReasons(subject)
}

/** Ids of all items in the files, also of those in error; undefined where a file as a whole could not be read. */
function writtenIds({ items, files }: LintInput): ReadonlySet<string> | undefined {
  const banks = files.map(({ parsed: { bank } }) => bank)
  if (banks.includes(undefined)) return undefined
  return new Set([
    ...items.flatMap(({ variants }) => variants.map(({ source }) => source.id)),
    ...banks.flatMap((bank) => (bank ? [...unreadableIn(bank)] : [])),
  ])
}

function lintEnemies(subjects: readonly Subject[]): void {
  const ids = new Set(subjects.map(({ item }) => item.id))
  for (const { item, at, report } of subjects) {
    const strange = item.enemies.filter((id) => !ids.has(id) || id === item.id)
    if (strange.length > 0)
      report(
        at.heading,
        warning('item/enemy', say('finding.noSuchEnemy', { strange: listed(strange) }), say('advice.checkEnemy')),
      )
  }
}

/** Said where the skill is written; its items would count for nothing in a report. */
function lintSkillNames({ skills }: ExamDefinition, subjects: readonly Subject[]): void {
  const known = new Set(skills.map(({ id }) => id))
  if (known.size === 0) return
  for (const { item, at, report } of subjects)
    if (item.skill !== undefined && !known.has(item.skill))
      report(
        at.heading,
        warning('item/skill', say('finding.skillUnknown', { skill: item.skill }), say('advice.knownSkill')),
      )
}

/** Items that lack a locale of the exam, or hold a draft of it. A whole missing file is said once. */
function lintLocales({ exam, items, files }: LintInput, reportOf: (path: string) => Report): void {
  const banks = files.flatMap(({ parsed: { bank } }) => (bank ? [bank] : []))
  for (const locale of exam?.locales ?? []) {
    const translated = new Set(banks.flatMap((bank) => (bank.locale === locale ? [bank.topic] : [])))
    const open = items.filter((item) => item.item?.status !== 'retired' && presenceOf(item, locale, banks) !== 'there')
    for (const [topic, group] of Map.groupBy(open, ({ variants }) => variants[0]?.bank.topic ?? ''))
      lintTopic(topic, group, locale, translated.has(topic), reportOf)
  }
}

function lintTopic(
  topic: string,
  open: readonly CompiledItem[],
  locale: Locale,
  hasFile: boolean,
  reportOf: (path: string) => Report,
): void {
  if (!hasFile) {
    const path = open[0]?.variants[0]?.path ?? 'exam.md'
    reportOf(path)(
      { line: 1, column: 1 },
      warning(
        'locale/missing',
        say('finding.noLocaleFile', { topic, locale, count: open.length }),
        say('advice.translateOrUnlist'),
      ),
    )
    return
  }
  for (const { variants } of open) {
    const variant = variants.find((one) => one.locale === locale) ?? variants[0]
    if (!variant) continue
    const { id } = variant.source
    const finding =
      variant.locale === locale
        ? warning('locale/missing', say('finding.localeDraft', { id, locale }), say('advice.finishTranslation'))
        : warning('locale/missing', say('finding.noLocaleVersion', { id, locale }), say('advice.writeTranslation'))
    reportOf(variant.path)(variant.places.heading, finding)
  }
}
