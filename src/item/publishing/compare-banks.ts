import type { Instant } from '../../kernel/instant.ts'
import type { Bank, ExamDefinition } from '../bank.ts'
import type { TaskFamily } from '../family.ts'
import type { Item, Locale } from '../item.ts'
import { type CompiledHtml, readCompiledHtml } from '../markup/compiled-html.ts'
import { picturesIn, readableHtml } from '../markup/html-text.ts'
import { type StudyPart, type StudySheet, studyParts } from '../study-sheet.ts'
import { describeItem, type ItemFact } from './describe-item.ts'

/** One thing that reads otherwise now; empty where there was or is nothing. */
export interface FactChange extends Pick<ItemFact, 'field' | 'locale'> {
  readonly before: string
  readonly after: string
}

/** What is different about an item: as it reads, and value by value. The latter holds everything, the former what people say of it. */
export interface ItemDifference {
  readonly facts: readonly FactChange[]
  readonly exact: readonly ExactChange[]
}

export interface ItemChange extends ItemDifference {
  readonly id: string
  readonly before: Item
  readonly after: Item
}

/** A term of the exam itself that changed: a path in its definition, and what it says before and after. */
export interface TermChange {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** What is read of a study sheet or a practical task. */
export type PartField = 'topic' | 'title' | StudyPart | TaskField
type TaskField = 'brief' | 'rules' | 'sentences' | 'status' | 'rationale' | 'references' | 'notes'

/** A text of a part of the bank, as it reads now. */
interface PartText {
  readonly field: PartField
  readonly locale?: Locale
  readonly text: string
}

/** One text of a study sheet or a practical task that reads otherwise now; empty where there was or is none. */
export interface PartTextChange extends Omit<PartText, 'text'> {
  readonly before: string
  readonly after: string
}

/** A study sheet or a practical task that came, went, or is different. */
export interface PartChange {
  /** The skill of the sheet, or the id of the task. */
  readonly name: string
  readonly step: 'added' | 'removed' | 'changed'
  readonly texts: readonly PartTextChange[]
  readonly exact: readonly ExactChange[]
}

/** Whether a task that was there is drawn or graded by something else now: its material, its key. */
export const isGradedOtherwise = ({ step, exact }: Pick<PartChange, 'step' | 'exact'>): boolean =>
  step === 'changed' && exact.some(({ path }) => path === 'body' || path.startsWith('body.'))

export interface BankComparison {
  readonly terms: readonly TermChange[]
  /** The terms value by value. */
  readonly exactTerms: readonly ExactChange[]
  readonly added: readonly Item[]
  readonly removed: readonly Item[]
  readonly changed: readonly ItemChange[]
  readonly tasks: readonly PartChange[]
  readonly sheets: readonly PartChange[]
  /** Ids of items that are the same but for the places where their lines may break. */
  readonly hints: readonly string[]
  /** Ids of all items in their order, where it is another one. */
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] }
  readonly same: number
}

const nameOf = ({ field, locale }: { readonly field: string; readonly locale?: Locale }): string =>
  `${locale ?? ''} ${field}`

function factChanges(before: Item, after: Item): FactChange[] {
  const [was, is] = [before, after].map((item) => new Map(describeItem(item).map((fact) => [nameOf(fact), fact])))
  const names = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])]
  return names.flatMap((name) => {
    const [old, now] = [was?.get(name), is?.get(name)]
    const { field, locale } = (now ?? old) as ItemFact
    return old?.text === now?.text
      ? []
      : [{ field, ...(locale ? { locale } : {}), before: old?.text ?? '', after: now?.text ?? '' }]
  })
}

function differenceOf(before: Item, after: Item, { changes, isHint }: ReturnType<typeof exactChanges>) {
  return changes.length === 0 || isHint ? undefined : { facts: factChanges(before, after), exact: changes }
}

/** What is different about an item; undefined where nothing is, or nothing but where its lines may break. */
const compareItems = (before: Item, after: Item): ItemDifference | undefined =>
  differenceOf(before, after, exactChanges(before, after))

/** The terms of an exam by path: lists of named parts by their names, everything else as deep as it goes. */
function termsOf(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (typeof value !== 'object' || value === null)
    return into.set(path, typeof value === 'string' ? value : String(value))
  const named =
    Array.isArray(value) &&
    value.every((part) => typeof part === 'object' && part !== null && ('topic' in part || 'id' in part))
  if (Array.isArray(value) && !named)
    return into.set(
      path,
      value.map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part))).join('\n'),
    )
  const parts = named ? value.map((part) => [String(part.topic ?? part.id), part] as const) : Object.entries(value)
  if (named) into.set(path, parts.map(([name]) => name).join('\n'))
  for (const [name, part] of parts) if (part !== undefined) termsOf(part, path === '' ? name : `${path}.${name}`, into)
  return into
}

const readTerms = (exam: ExamDefinition | undefined): Map<string, string> =>
  exam
    ? termsOf(
        {
          ...exam,
          rulesHtml: Object.fromEntries(
            Object.entries(exam.rulesHtml).map(([locale, html]) => [locale, readableHtml(html)]),
          ),
        },
        '',
        new Map(),
      )
    : new Map()

function compareTerms(before: ExamDefinition | undefined, after: ExamDefinition): TermChange[] {
  const [was, is] = [readTerms(before), readTerms(after)]
  const paths = [...new Set([...was.keys(), ...is.keys()])].sort()
  return paths.flatMap((path) =>
    was.get(path) === is.get(path) ? [] : [{ path, before: was.get(path) ?? '', after: is.get(path) ?? '' }],
  )
}

function sheetTexts({ topic, wordings }: StudySheet): PartText[] {
  const worded = (['ja', 'en'] as const).flatMap((locale): PartText[] => {
    const wording = wordings[locale]
    if (!wording) return []
    const parts = studyParts.map((field) => ({ field, locale, text: readableHtml(wording.html[field]) }))
    return [{ field: 'title', locale, text: wording.title }, ...parts]
  })
  return [{ field: 'topic', text: topic }, ...worded]
}

/** What people say of a task; its body is compared value by value. */
function taskTexts({ status, wordings, rationale, references, notes }: TaskFamily): PartText[] {
  const worded = (['ja', 'en'] as const).flatMap((locale): PartText[] => {
    const wording = wordings[locale]
    if (!wording) return []
    const sentences = Object.entries(wording.sentences ?? {}).map(([name, html]) => `${name}: ${readableHtml(html)}`)
    return [
      { field: 'title', locale, text: wording.title },
      { field: 'brief', locale, text: readableHtml(wording.briefHtml) },
      { field: 'rules', locale, text: readableHtml(wording.rulesHtml) },
      { field: 'sentences', locale, text: sentences.join('\n') },
    ]
  })
  return [
    { field: 'status', text: status },
    ...worded,
    { field: 'rationale', text: rationale },
    { field: 'references', text: references.join('\n') },
    { field: 'notes', text: notes },
  ]
}

/** Parts of two banks that have names of their own, each with what reads otherwise and every value that is another. */
function compareParts<T>(
  before: readonly T[] | undefined,
  after: readonly T[] | undefined,
  nameOfPart: (part: T) => string,
  textsOf: (part: T) => PartText[],
): PartChange[] {
  const [was, is] = [before, after].map((parts) => new Map(parts?.map((part) => [nameOfPart(part), part])))
  const names = [...new Set([...(is?.keys() ?? []), ...(was?.keys() ?? [])])]
  return names.flatMap((name): PartChange[] => {
    const [old, now] = [was?.get(name), is?.get(name)]
    const exact = exactChanges(old, now).changes
    if (exact.length === 0) return []
    const [oldTexts, newTexts] = [old, now].map(
      (part) => new Map((part ? textsOf(part) : []).map((text) => [nameOf(text), text])),
    ) as [Map<string, PartText>, Map<string, PartText>]
    const texts = [...new Map([...newTexts, ...oldTexts])].flatMap(([key, { text: _, ...text }]): PartTextChange[] => {
      const [from, to] = [oldTexts.get(key)?.text ?? '', newTexts.get(key)?.text ?? '']
      return from === to ? [] : [{ ...text, before: from, after: to }]
    })
    return [{ name, step: old ? (now ? 'changed' : 'removed') : 'added', texts, exact }]
  })
}

/**
 * What a person must look at before one version takes the place of another. Judged by what candidates see and the scoring
 * uses, whole: not by the hashes that came along, nor by any second copy of a text.
 */
export function compareBanks(before: Bank | undefined, after: Bank): BankComparison {
  const was = new Map(before?.items.map((item) => [item.id, item]))
  const ids = new Set(after.items.map(({ id }) => id))
  const kept = after.items.flatMap((item) => {
    const old = was.get(item.id)
    if (!old) return []
    const exact = exactChanges(old, item)
    const difference = differenceOf(old, item, exact)
    return [{ id: item.id, before: old, after: item, difference, isSame: exact.changes.length === 0 }]
  })
  const [oldOrder, newOrder] = [
    (before?.items ?? []).map(({ id }) => id).filter((id) => ids.has(id)),
    kept.map(({ id }) => id),
  ]
  const same = kept.filter(({ isSame }) => isSame).length
  return {
    terms: compareTerms(before?.exam, after.exam),
    exactTerms: exactChanges(before?.exam, after.exam).changes,
    added: after.items.filter(({ id }) => !was.has(id)),
    removed: (before?.items ?? []).filter(({ id }) => !ids.has(id)),
    changed: kept.flatMap(({ difference, isSame: _, ...item }) => (difference ? [{ ...item, ...difference }] : [])),
    tasks: compareParts(before?.tasks, after.tasks, ({ id }) => id, taskTexts),
    sheets: compareParts(before?.studySheets, after.studySheets, ({ skill }) => skill, sheetTexts),
    hints: kept.flatMap(({ id, difference, isSame }) => (difference || isSame ? [] : [id])),
    ...(oldOrder.some((id, i) => id !== newOrder[i]) ? { order: { before: oldOrder, after: newOrder } } : {}),
    same,
  }
}

/** A single value of what is stored that is another one now: its place, and its JSON before and after; absent where there was or is none. */
export interface ExactChange {
  readonly path: string
  readonly before?: string
  readonly after?: string
  /** Pictures in the HTML that changed: which bytes they hold, only eyes can judge. */
  readonly pictures?: { readonly before: readonly Picture[]; readonly after: readonly Picture[] }
}

export type Picture = ReturnType<typeof picturesIn>[number]

type Leaf = string | number | boolean | null

/** Every value by its place; lists that are empty are values too. */
function leavesOf(value: unknown, path: string, into: Map<string, Leaf>): Map<string, Leaf> {
  if (value === undefined) return into
  if (typeof value !== 'object' || value === null) return into.set(path, value as Leaf)
  const entries = Object.entries(value)
  if (entries.length === 0) return into.set(path, Array.isArray(value) ? '[]' : '{}')
  for (const [name, part] of entries) leavesOf(part, path === '' ? name : `${path}.${name}`, into)
  return into
}

const PICTURE = /(data:image\/[a-z]+;base64,.{16})[A-Za-z0-9+/]{24,}(.{16})/g
const print = (leaf: Leaf): string => JSON.stringify(leaf).replace(PICTURE, '$1…$2')

/** Line-break hints of the segmenter are no content. */
const withoutHints = (leaf: Leaf | undefined) => (typeof leaf === 'string' ? leaf.replaceAll('<wbr>', '') : leaf)

const picturesOf = (leaf: Leaf | undefined): Picture[] => {
  const html = typeof leaf === 'string' && leaf.includes('<img ') ? readCompiledHtml(leaf) : undefined
  return html === undefined ? [] : picturesIn(html as CompiledHtml)
}

/** Every value that is not what it was, by its place. Values are compared whole, and `isHint` says whether all that differs is where lines may break. */
export function exactChanges(
  before: unknown,
  after: unknown,
): { readonly changes: readonly ExactChange[]; readonly isHint: boolean } {
  const [was, is] = [leavesOf(before, '', new Map()), leavesOf(after, '', new Map())]
  const paths = [...new Set([...was.keys(), ...is.keys()])].filter(
    (path) => was.get(path) !== is.get(path) || was.has(path) !== is.has(path),
  )
  const changes = paths.map((path): ExactChange => {
    const [old, now] = [was.get(path), is.get(path)]
    const pictures = { before: picturesOf(old), after: picturesOf(now) }
    return {
      path,
      ...(old === undefined ? {} : { before: print(old) }),
      ...(now === undefined ? {} : { after: print(now) }),
      ...(pictures.before.length + pictures.after.length > 0 ? { pictures } : {}),
    }
  })
  return {
    changes,
    isHint: paths.length > 0 && paths.every((path) => withoutHints(was.get(path)) === withoutHints(is.get(path))),
  }
}

/** An item as one published version of its exam had it; undefined where that version did not. */
export interface ItemEdition {
  readonly hash: string
  readonly examVersion: number
  readonly publishedAt: Instant
  readonly item: Item | undefined
}

/** One step in an item's life: it came, it changed, or it went. */
export interface ItemStep extends Omit<ItemEdition, 'item'> {
  readonly step: 'came' | 'changed' | 'went'
  readonly itemVersion?: number
  readonly facts: readonly FactChange[]
}

/** An item's life from its editions, oldest first; the steps newest first. Versions that left it as it was are passed over. */
export function itemHistory(editions: readonly ItemEdition[]): ItemStep[] {
  const steps: ItemStep[] = []
  let before: Item | undefined
  for (const { item, ...version } of editions) {
    const difference = before && item ? compareItems(before, item) : undefined
    const step = item ? (before ? (difference ? 'changed' : undefined) : 'came') : before ? 'went' : undefined
    if (step)
      steps.unshift({
        ...version,
        step,
        facts: difference?.facts ?? [],
        ...(item ? { itemVersion: item.version } : {}),
      })
    before = item
  }
  return steps
}
