import type { Locale } from '../../item/item.ts'
import { withItems } from '../../item/source/items-in-file.ts'
import type { BankSource, ItemSource } from '../bank-source.ts'
import { parseBank } from '../parse-bank.ts'
import { printBank, printItem } from '../print-bank.ts'
import { readExam } from '../read-exam.ts'
import type { SourceFile } from '../source-file.ts'
import type { Imported, ItemReport, Loss } from './exchange.ts'
import { pathOfPicture } from './picture-shelf.ts'
import { saidBelow, withoutDefaults } from './pill-words.ts'
import { idOf, placeItems } from './place-items.ts'

/** An exam as an exchange needs it: also one whose `exam.md` is still to be written. */
export interface ImportTarget {
  readonly examId: string
  readonly locales: readonly Locale[]
  readonly topics: readonly string[]
  /** Ids of its competencies; absent where `exam.md` is still to be written. */
  readonly skills?: ReadonlySet<string>
  readonly assets: readonly SourceFile[]
  /** By file name, as they are read and as they are written. */
  readonly banks: ReadonlyMap<string, BankSource>
  readonly texts: ReadonlyMap<string, string>
}

const textOf = ({ content }: SourceFile): string =>
  (typeof content === 'string' ? content : new TextDecoder().decode(content)).replaceAll('\r\n', '\n')

/** Reads the files of an exam as a target; a bank file that cannot be read is named instead. */
export function targetIn(
  files: readonly SourceFile[],
  fallbackId: string,
): ImportTarget | { readonly unreadable: string } {
  const definition = files.find(({ path }) => path === 'exam.md')
  const exam = definition && readExam(textOf(definition), 'en', () => {})?.exam
  const banks = new Map<string, BankSource>()
  const texts = new Map<string, string>()
  for (const file of files) {
    if (!/^[^/]+\.(ja|en)\.md$/.test(file.path) || file.path.startsWith('exam.')) continue
    const { bank } = parseBank(file)
    if (!bank) return { unreadable: file.path }
    banks.set(file.path, bank)
    texts.set(file.path, textOf(file))
  }
  const topics = [
    ...new Set([
      ...(exam?.sections.map((section) => section.topic) ?? []),
      ...[...banks.values()].map((bank) => bank.topic),
    ]),
  ]
  return {
    examId: exam?.id ?? fallbackId,
    locales: exam?.locales ?? [],
    topics,
    ...(exam ? { skills: new Set(exam.skills.map(({ id }) => id)) } : {}),
    assets: files.filter(({ path }) => path.startsWith('assets/')),
    banks,
    texts,
  }
}

export interface ImportPlan {
  readonly target: ImportTarget
  readonly locale: Locale
  /** Where all items go; without it each goes where its file says. */
  readonly topic?: string | undefined
  /** For items that say nothing of a topic of the exam. */
  readonly otherTopic: string
}

/** The files that imported items make of an exam's, and what became of each entry. */
export function planImport(
  read: Imported,
  { target, locale, topic, otherTopic }: ImportPlan,
): {
  readonly writes: readonly SourceFile[]
  readonly reports: readonly ItemReport[]
  readonly losses: readonly Loss[]
} {
  const imported = besideAssets(read, target.assets)
  const banks = [...target.banks.values()]
  const known = banks.flatMap((bank) =>
    bank.locale === locale ? bank.items.flatMap((item) => (item.kind === 'item' ? [item] : [])) : [],
  )
  const { topics, reports, losses } = placeItems(imported, {
    locale,
    topics: target.topics,
    otherTopic,
    taken: new Set(banks.flatMap((bank) => bank.items.flatMap((item) => idOf(item) ?? []))),
    known,
    assets: target.assets,
    ...(target.skills ? { skills: target.skills } : {}),
    ...(topic === undefined ? {} : { topic }),
  })
  const written = [...topics].map(([name, items]): SourceFile => {
    const path = `${name}.${locale}.md`
    const { defaults } = target.banks.get(path) ?? emptyBank(target.examId, name, locale)
    const printed = items.map(
      (item) => [item.id, printItem(withoutDefaults(saidBelow(item, defaults), defaults), locale)] as const,
    )
    const file = target.texts.get(path) ?? printBank(emptyBank(target.examId, name, locale))
    return { path, content: withItems(file, new Map(printed)) }
  })
  const images = imported.assets.filter(({ path }) => shows(topics, path))
  return { writes: [...written, ...images], reports, losses }
}

const isSame = (a: SourceFile['content'], b: SourceFile['content']): boolean => Buffer.from(a).equals(Buffer.from(b))

/** Pictures of a file where the exam has others under their names: under names of their own, for other items show those. */
function besideAssets(imported: Imported, assets: readonly SourceFile[]): Imported {
  const there = new Map(assets.map(({ path, content }) => [path, content]))
  const others = imported.assets.filter(({ path, content }) => {
    const known = there.get(path)
    return known !== undefined && !isSame(known, content)
  })
  if (others.length === 0) return imported
  const names = new Map(others.map((picture) => [picture.path, pathOfPicture(picture)]))
  const renamed = (text: string) => {
    let named = text
    for (const [from, to] of names) named = named.replaceAll(`(${from}`, `(${to}`)
    return named
  }
  return {
    ...imported,
    entries: imported.entries.map((entry) =>
      entry.kind === 'item' ? { ...entry, draft: JSON.parse(renamed(JSON.stringify(entry.draft))) } : entry,
    ),
    assets: imported.assets.map((file) => ({ ...file, path: names.get(file.path) ?? file.path })),
  }
}

const shows = (topics: ReadonlyMap<string, readonly ItemSource[]>, path: string): boolean =>
  [...topics.values()].some((items) => items.some((item) => JSON.stringify(item).includes(`(${path})`)))

const emptyBank = (exam: string, topic: string, locale: Locale): BankSource => ({
  frontmatter: `exam: ${exam}\ntopic: ${topic}\nlocale: ${locale}`,
  exam,
  topic,
  locale,
  defaults: {},
  preamble: '',
  items: [],
})

/** A name for a topic or an exam from that of a file: `Sales Quiz.gift` as `sales-quiz`. */
export function slugOf(path: string): string {
  const slug = (path.split(/[\\/]/).at(-1) ?? '')
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
  return slug === '' || slug === 'exam' ? 'imported' : slug
}
