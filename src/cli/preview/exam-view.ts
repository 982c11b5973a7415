import type { CompiledItem, ItemVariant } from '../../authoring/compare-locales.ts'
import { sha256 } from '../../authoring/content-hash.ts'
import type { Diagnostic } from '../../authoring/diagnostic.ts'
import { findingsByItem } from '../../authoring/findings-by-item.ts'
import type { Said } from '../../authoring/said.ts'
import type { Bank, ExamDefinition } from '../../item/bank.ts'
import type { TaskFamily } from '../../item/family.ts'
import type { Item, ItemStatus, Locale, LocaleText } from '../../item/item.ts'
import type { StudySheet } from '../../item/study-sheet.ts'
import type { CheckedFolder } from '../check-folder.ts'
import type { FolderStatistics, StatisticsRow } from '../statistics/statistics-file.ts'

/** One item on the author's desk: all its locales and what was found in each. */
export interface ItemCard {
  readonly id: string
  readonly topic: string
  readonly status: ItemStatus
  /** From 1, in its topic. */
  readonly number: number
  readonly total: number
  readonly compiled: CompiledItem
  readonly findings: readonly Diagnostic[]
  /** How it did in real exams, in any version. */
  readonly statistics: readonly StatisticsRow[]
  /** Changes whenever the card would look different. */
  readonly print: string
}

/** One practical task on the author's desk. */
export interface TaskCard {
  readonly id: string
  /** Absent while it cannot be compiled. */
  readonly family?: TaskFamily
  readonly findings: readonly Diagnostic[]
}

/** What the preview shows of one exam folder. */
export interface ExamView {
  readonly id: string
  readonly title: LocaleText
  readonly locales: readonly Locale[]
  readonly topics: readonly { readonly id: string; readonly title: LocaleText }[]
  readonly rulesHtml: ExamDefinition['rulesHtml']
  readonly skills: ReadonlyMap<string, LocaleText>
  readonly cards: readonly ItemCard[]
  readonly tasks: readonly TaskCard[]
  readonly sheets: readonly StudySheet[]
  /** Findings in the files of study sheets. */
  readonly sheetFindings: readonly Diagnostic[]
  /** Findings that belong to no item, no task and no study sheet. */
  readonly elsewhere: readonly Diagnostic[]
  /** Why the file of statistics could not be read. */
  readonly statisticsProblem?: Said
  /** Absent while there is any error. */
  readonly bank?: Bank
}

export interface CardFilter {
  readonly topic?: string
  readonly status?: string
  readonly withFindings: boolean
}

const statusOf = ({ item, variants }: CompiledItem): ItemStatus =>
  item?.status ??
  (variants[0] as ItemVariant).source.pills.status ??
  (variants[0] as ItemVariant).bank.defaults.status ??
  'live'

const hashed = new WeakMap<Item, string>()

/** Of the JSON of an item, which is long and stays the same from save to save. */
function hashOf(item: Item): string {
  const hash = hashed.get(item) ?? sha256(JSON.stringify(item))
  hashed.set(item, hash)
  return hash
}

/** Of what is seen; a line added above the item changes nothing but the places of its findings. */
function printOf({ item, variants }: CompiledItem, place: string, beside: readonly unknown[]): string {
  const content = item ? hashOf(item) : JSON.stringify(variants.map(({ wording, source }) => [wording, source]))
  return sha256(
    `${content}${JSON.stringify([place, variants.map(({ source }) => [source.title, source.pills]), ...beside])}`,
  ).slice(0, 16)
}

const TASK_FILE = /^tasks\/([^.]+)\./
const taskOf = (path: string): string | undefined => TASK_FILE.exec(path)?.[1]

const isSheet = (path: string): boolean => path.startsWith('sheets/')

/** Every task that has a file, with what was found in it. */
function viewTasks(
  files: CheckedFolder['files'],
  families: readonly TaskFamily[],
  found: readonly Diagnostic[],
): TaskCard[] {
  return [...new Set(files.flatMap(({ path }) => taskOf(path) ?? []))].sort().map((id) => {
    const family = families.find((one) => one.id === id)
    return { id, findings: found.filter(({ file }) => taskOf(file) === id), ...(family ? { family } : {}) }
  })
}

/** Sorts a compiled folder for the pages. */
export function viewExam(
  { files: sources, compiled, diagnostics }: CheckedFolder,
  { rows, problem }: FolderStatistics,
): ExamView {
  const { exam, items, files } = compiled
  const { byItem, elsewhere } = findingsByItem(items, sources, diagnostics)
  const topics = [
    ...new Set([
      ...(exam?.sections.map(({ topic }) => topic) ?? []),
      ...items.map(({ variants }) => (variants[0] as ItemVariant).bank.topic),
    ]),
  ]
  const statisticsByItem = Map.groupBy(rows, ({ item }) => item)
  const sizes = new Map<string, number>()
  const topicOf = ({ variants }: CompiledItem) => (variants[0] as ItemVariant).bank.topic
  const placed = [...items]
    .sort((a, b) => topics.indexOf(topicOf(a)) - topics.indexOf(topicOf(b)))
    .map((one) => {
      const number = (sizes.get(topicOf(one)) ?? 0) + 1
      sizes.set(topicOf(one), number)
      return { one, number }
    })
  return {
    id: exam?.id ?? files[0]?.parsed.bank?.exam ?? 'exam',
    title: exam?.title ?? {},
    // a translation is written before the exam offers it
    locales: [
      ...new Set([...(exam?.locales ?? []), ...items.flatMap(({ variants }) => variants.map(({ locale }) => locale))]),
    ],
    topics: topics.map((id) => ({ id, title: exam?.sections.find(({ topic }) => topic === id)?.title ?? {} })),
    rulesHtml: exam?.rulesHtml ?? {},
    skills: new Map(exam?.skills.map(({ id, name }) => [id, name])),
    cards: placed.map(({ one, number }) => {
      const { id } = (one.variants[0] as ItemVariant).source
      const findings = byItem.get(one) ?? []
      const statistics = statisticsByItem.get(id) ?? []
      const total = sizes.get(topicOf(one)) ?? 0
      return {
        id,
        topic: topicOf(one),
        status: statusOf(one),
        number,
        total,
        compiled: one,
        findings,
        statistics,
        print: printOf(one, `${number}/${total}`, [findings, statistics]),
      }
    }),
    tasks: viewTasks(sources, compiled.tasks, elsewhere),
    sheets: compiled.studySheets,
    sheetFindings: elsewhere.filter(({ file }) => isSheet(file)),
    elsewhere: elsewhere.filter(({ file }) => taskOf(file) === undefined && !isSheet(file)),
    ...(problem ? { statisticsProblem: problem } : {}),
    ...(compiled.bank ? { bank: compiled.bank } : {}),
  }
}

export const filterCards = ({ cards }: ExamView, { topic, status, withFindings }: CardFilter): ItemCard[] =>
  cards.filter(
    (card) =>
      (topic === undefined || card.topic === topic) &&
      (status === undefined || card.status === status) &&
      (!withFindings || card.findings.length > 0),
  )
