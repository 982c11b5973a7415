import { diffArrays } from 'diff'
import { compareWords, newWordBudget, type WordBudget, wordsOf } from '../compare-words.ts'
import { type ItemText, itemsIn, titleOf } from './items-in-file.ts'

/** A line that is there no more, is new, or stands beside one of these. */
export interface DiffLine {
  readonly kind: 'same' | 'minus' | 'plus'
  /** From 1, in the text that has it. */
  readonly number: number
  /** What of it differs from its counterpart, where it has one. */
  readonly parts: readonly { readonly text: string; readonly differs: boolean }[]
}

/** An item, or a file that holds none, that reads otherwise now. */
export interface SourceChange {
  readonly path: string
  readonly item?: string
  /** Empty for what has none. */
  readonly title: string
  readonly kind: 'new' | 'changed' | 'removed'
  readonly lines: readonly DiffLine[]
  /** Whether lines were left out: more than anybody reads. */
  readonly isCut: boolean
}

/** Lines of one change that are shown. */
const MOST_LINES = 400
/** Texts that have more lines than this in common with nothing are one removal and one addition. */
const MOST_EDITS = 800
/** The same, once a comparison has gone through {@link MOST_COMPARED} lines. */
const FEW_EDITS = 100
const MOST_COMPARED = 20_000
/** Of longer counterparts, nobody looks for the words. */
const LONGEST_LINE = 4_000

/** What a comparison may still do. */
interface Budget extends WordBudget {
  lines: number
}

const newBudget = (): Budget => ({ lines: MOST_COMPARED, ...newWordBudget() })

const whole = (text: string) => [{ text, differs: false }]

/** Two counterparts, word by word. */
function pairOf(
  before: string,
  after: string,
  segmenter: Intl.Segmenter,
  budget: Budget,
): Readonly<Record<'minus' | 'plus', DiffLine['parts']>> {
  const parts = compareWords(before, after, { segmenter, budget, longest: LONGEST_LINE })
  if (!parts) return { minus: whole(before), plus: whole(after) }
  return {
    minus: parts.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, differs: removed })),
    plus: parts.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, differs: added })),
  }
}

/** What differs between two texts, line by line, each with the line before it; of more than {@link MOST_LINES}, one more. */
export function compareTexts(before: string, after: string, locale: 'ja' | 'en', budget = newBudget()): DiffLine[] {
  const [was, is] = [before, after].map((text) => (text === '' ? [] : text.split('\n'))) as [string[], string[]]
  const segmenter = wordsOf(locale)
  const maxEditLength = budget.lines > 0 ? MOST_EDITS : FEW_EDITS
  budget.lines -= was.length + is.length
  const chunks = diffArrays(was, is, { maxEditLength }) ?? [
    { value: was, removed: true, added: false },
    { value: is, added: true, removed: false },
  ]
  const lines: DiffLine[] = []
  let [old, now] = [1, 1]
  for (const [at, { value, added, removed }] of chunks.entries()) {
    if (lines.length > MOST_LINES) break
    if (!added && !removed) {
      old += value.length
      now += value.length
      const last = value.at(-1)
      if (at < chunks.length - 1 && last) lines.push({ kind: 'same', number: now - 1, parts: whole(last) })
      continue
    }
    const next = removed ? chunks[at + 1] : undefined
    const before = added ? chunks[at - 1] : undefined
    // as many lines as went: each has its counterpart
    if (next?.added && next.value.length === value.length) {
      for (const [nth, line] of value.entries()) {
        if (lines.length > MOST_LINES) break
        const { minus, plus } = pairOf(line, next.value[nth] as string, segmenter, budget)
        lines.push({ kind: 'minus', number: old + nth, parts: minus }, { kind: 'plus', number: now + nth, parts: plus })
      }
      old += value.length
      now += value.length
    } else if (!(before?.removed && before.value.length === value.length)) {
      const kind = removed ? 'minus' : 'plus'
      for (const [nth, line] of value.entries())
        lines.push({ kind, number: (removed ? old : now) + nth, parts: whole(line) })
      if (removed) old += value.length
      else now += value.length
    }
  }
  return lines
}

interface Change {
  readonly path: string
  readonly item?: string
  readonly title: string
  readonly before: string | undefined
  readonly after: string | undefined
}

function changeOf({ path, item, title, before, after }: Change, budget: Budget): SourceChange[] {
  if (before === after) return []
  const lines = compareTexts(before ?? '', after ?? '', /\.en\.md$/.test(path) ? 'en' : 'ja', budget)
  return [
    {
      path,
      ...(item === undefined ? {} : { item }),
      title,
      kind: before === undefined ? 'new' : after === undefined ? 'removed' : 'changed',
      lines: lines.slice(0, MOST_LINES),
      isCut: lines.length > MOST_LINES,
    },
  ]
}

/** What stands above the first item. */
const above = (text: string, [first]: readonly ItemText[]): string =>
  (first ? text.split('\n').slice(0, first.linesAbove).join('\n') : text).trim()

const byId = (items: readonly ItemText[]): ReadonlyMap<string, ItemText> =>
  new Map(items.map((item) => [item.id, item]))

const headingsOf = (items: readonly ItemText[]): string => items.map(({ id, title }) => `## ${id} ${title}`).join('\n')

function changesOfFile(
  path: string,
  before: string | undefined,
  after: string | undefined,
  budget: Budget,
): SourceChange[] {
  const [old, now] = [itemsIn(before ?? ''), itemsIn(after ?? '')]
  const title = titleOf(after ?? before ?? '')
  if (old.length + now.length === 0) return changeOf({ path, title, before, after }, budget)
  const [was, is] = [byId(old), byId(now)]
  // papers take items in the order of their file: one that differs is shown by the headings
  const [stood, stand] = [old.filter(({ id }) => is.has(id)), now.filter(({ id }) => was.has(id))]
  const isMoved = stood.map(({ id }) => id).join() !== stand.map(({ id }) => id).join()
  const head = (text: string, items: readonly ItemText[], shared: readonly ItemText[]) =>
    isMoved ? `${above(text, items)}\n\n${headingsOf(shared)}` : above(text, items)
  return [
    ...(before === undefined || after === undefined
      ? []
      : changeOf({ path, title, before: head(before, old, stood), after: head(after, now, stand) }, budget)),
    ...[...new Set([...is.keys(), ...was.keys()])].flatMap((id) => {
      const [earlier, later] = [was.get(id), is.get(id)]
      const change = { path, item: id, title: later?.title ?? earlier?.title ?? '' }
      return changeOf({ ...change, before: earlier?.text, after: later?.text }, budget)
    }),
  ]
}

/** Texts with one sort of line ends. */
const unix = (texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...texts].map(([path, text]) => [path, text.replace(/\r\n?/g, '\n')]))

/** Everything that reads otherwise in a set of files, by path. */
export function compareSources(
  written: ReadonlyMap<string, string>,
  writtenNow: ReadonlyMap<string, string>,
): SourceChange[] {
  const [before, after] = [unix(written), unix(writtenNow)]
  const budget = newBudget()
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .filter((path) => path.endsWith('.md') && before.get(path) !== after.get(path))
    .flatMap((path) => changesOfFile(path, before.get(path), after.get(path), budget))
}
