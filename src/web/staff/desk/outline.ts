import type { Bank } from '../../../item/bank.ts'
import type { DeskEntry } from '../../../item/source/exam-source.ts'
import { type ItemText, itemsIn, titleOf } from '../../../item/source/items-in-file.ts'

/** What stands beside a title: it is new, it differs from what is published, or something is found in it. */
export type Mark = 'new' | 'changed'

/** A line of the tree: an item of a file, or a whole file. */
export interface Leaf {
  readonly path: string
  readonly item?: string
  readonly title: string
  readonly mark?: Mark
}

/** A topic with its items, or the files of one kind. */
export interface Branch {
  readonly key: string
  /** Undefined for the kinds, which the page names. */
  readonly title?: string
  readonly kind: 'topic' | 'tasks' | 'sheets' | 'exam'
  /** Of a topic: where new items go. */
  readonly path?: string
  readonly leaves: readonly Leaf[]
}

export interface Outline {
  readonly branches: readonly Branch[]
  readonly total: number
}

/** A topic's file: `office.ja.md`. */
export const topicFile = (path: string): { topic: string; locale: string } | undefined => {
  const [, topic, locale] = /^([a-z][a-z0-9-]*)\.(ja|en)\.md$/.exec(path) ?? []
  return topic !== undefined && locale !== undefined && topic !== 'exam' ? { topic, locale } : undefined
}

/** What is read as a whole: a practical task, or study sheets. */
export const isWhole = (path: string): boolean => /^(tasks|sheets)\//.test(path)

const markOf = (item: ItemText, before: ReadonlyMap<string, string> | undefined): Mark | undefined => {
  if (!before) return undefined
  const published = before.get(item.id)
  return published === undefined ? 'new' : published === item.text ? undefined : 'changed'
}

const changeMark = ({ change }: DeskEntry): { mark?: Mark } =>
  change === undefined ? {} : { mark: change === 'new' ? 'new' : 'changed' }

export interface OutlineMatter {
  readonly bank?: Bank | undefined
  readonly entries: readonly DeskEntry[]
  readonly texts: ReadonlyMap<string, string>
  /** The published texts of those files that changed. */
  readonly published: ReadonlyMap<string, string>
  readonly locale: 'ja' | 'en'
}

/** The tree of an exam in one language: its topics as the blueprint has them, its practical tasks, and its own pages. */
export function outlineOf({ bank, entries, texts, published, locale }: OutlineMatter): Outline {
  const here = entries.filter(({ hash }) => hash !== '')
  const order = bank?.exam.sections.map(({ topic }) => topic) ?? []
  const rank = (topic: string) => (order.includes(topic) ? order.indexOf(topic) : order.length)
  const topics = here
    .flatMap((entry) => {
      const of = topicFile(entry.path)
      return of?.locale === locale ? [{ entry, topic: of.topic }] : []
    })
    .sort((a, b) => rank(a.topic) - rank(b.topic))
    .map(({ entry, topic }): Branch => {
      const text = texts.get(entry.path) ?? ''
      const before =
        entry.change === undefined
          ? undefined
          : new Map(itemsIn(published.get(entry.path) ?? '').map((item) => [item.id, item.text]))
      const title = bank?.exam.sections.find((section) => section.topic === topic)?.title[locale]
      return {
        key: topic,
        kind: 'topic',
        title: title ?? (titleOf(text) || topic),
        path: entry.path,
        leaves: itemsIn(text).map((item): Leaf => {
          const mark = markOf(item, before)
          return { path: entry.path, item: item.id, title: item.title || item.id, ...(mark ? { mark } : {}) }
        }),
      }
    })
  const fileLeaf = (entry: DeskEntry): Leaf => ({
    path: entry.path,
    title: titleOf(texts.get(entry.path) ?? '') || entry.path,
    ...changeMark(entry),
  })
  const filesIn = (folder: string) =>
    here.filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith(`.${locale}.md`)).map(fileLeaf)
  const [tasks, sheets] = [filesIn('tasks'), filesIn('sheets')]
  const pages = here.filter(({ path }) => path === 'exam.md' || path === `exam.${locale}.md`).map(fileLeaf)
  const branches: Branch[] = [
    ...topics,
    ...(tasks.length > 0 ? [{ key: 'tasks', kind: 'tasks' as const, leaves: tasks }] : []),
    ...(sheets.length > 0 ? [{ key: 'sheets', kind: 'sheets' as const, leaves: sheets }] : []),
    ...(pages.length > 0 ? [{ key: 'exam', kind: 'exam' as const, leaves: pages }] : []),
  ]
  return { branches, total: topics.reduce((sum, { leaves }) => sum + leaves.length, 0) }
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The tree with what is looked for alone: in titles, ids and all that is written. */
export function searchOutline(outline: Outline, texts: ReadonlyMap<string, string>, words: string): Outline {
  const wanted = folded(words).split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return outline
  const written = new Map<string, string>()
  const textOf = ({ path, item }: Leaf): string => {
    if (item === undefined) return texts.get(path) ?? ''
    if (!written.has(`${path} ${item}`))
      for (const one of itemsIn(texts.get(path) ?? '')) written.set(`${path} ${one.id}`, one.text)
    return written.get(`${path} ${item}`) ?? ''
  }
  const holds = (leaf: Leaf) => {
    const text = folded(`${leaf.title}\n${leaf.item ?? leaf.path}\n${textOf(leaf)}`)
    return wanted.every((word) => text.includes(word))
  }
  return {
    ...outline,
    branches: outline.branches
      .map((branch) => ({ ...branch, leaves: branch.leaves.filter(holds) }))
      .filter(({ leaves }) => leaves.length > 0),
  }
}
