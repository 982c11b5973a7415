import { diffArrays, diffWordsWithSpace } from 'diff'
import { itemsIn, titleOf } from './items-in-file.ts'

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
const MOST_EDITS = 2_000
const LONGEST_LINE = 4_000
const MOST_MS = 50

const whole = (text: string) => [{ text, differs: false }]

/** Two counterparts, word by word. */
function pairOf(
  before: string,
  after: string,
  locale: 'ja' | 'en',
): Readonly<Record<'minus' | 'plus', DiffLine['parts']>> {
  const parts =
    before.length + after.length > LONGEST_LINE
      ? undefined
      : diffWordsWithSpace(before, after, {
          intlSegmenter: new Intl.Segmenter(locale, { granularity: 'word' }),
          timeout: MOST_MS,
        })
  if (!parts) return { minus: whole(before), plus: whole(after) }
  return {
    minus: parts.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, differs: removed })),
    plus: parts.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, differs: added })),
  }
}

/** What differs between two texts, line by line, each with the line before it. */
export function compareTexts(before: string, after: string, locale: 'ja' | 'en'): DiffLine[] {
  const [was, is] = [before, after].map((text) => (text === '' ? [] : text.split('\n'))) as [string[], string[]]
  const chunks = diffArrays(was, is, { maxEditLength: MOST_EDITS }) ?? [
    { value: was, removed: true, added: false },
    { value: is, added: true, removed: false },
  ]
  const lines: DiffLine[] = []
  let [old, now] = [1, 1]
  for (const [at, { value, added, removed }] of chunks.entries()) {
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
        const { minus, plus } = pairOf(line, next.value[nth] as string, locale)
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
  return lines.filter(({ kind, parts }) => kind !== 'same' || parts.some(({ text }) => text !== ''))
}

interface Change {
  readonly path: string
  readonly item?: string
  readonly title: string
  readonly before: string | undefined
  readonly after: string | undefined
}

function changeOf({ path, item, title, before, after }: Change): SourceChange[] {
  if (before === after) return []
  const lines = compareTexts(before ?? '', after ?? '', /\.en\.md$/.test(path) ? 'en' : 'ja')
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

const around = (text: string): string => {
  const items = itemsIn(text)
  return items.reduce((rest, item) => rest.replace(item.text, ''), text).trim()
}

function changesOfFile(path: string, before: string | undefined, after: string | undefined): SourceChange[] {
  const [was, is] = [before, after].map((text) => new Map(itemsIn(text ?? '').map((item) => [item.id, item])))
  if (!was || !is || was.size + is.size === 0)
    return changeOf({ path, title: titleOf(after ?? before ?? ''), before, after })
  const ids = [...new Set([...is.keys(), ...was.keys()])]
  const head = {
    path,
    title: titleOf(after ?? before ?? ''),
    before: before && around(before),
    after: after && around(after),
  }
  return [
    ...(before === undefined || after === undefined ? [] : changeOf(head)),
    ...ids.flatMap((id) => {
      const [old, now] = [was.get(id), is.get(id)]
      return changeOf({ path, item: id, title: now?.title ?? old?.title ?? '', before: old?.text, after: now?.text })
    }),
  ]
}

/** Everything that reads otherwise in a set of files, by path. */
export const compareSources = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): SourceChange[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .filter((path) => path.endsWith('.md') && before.get(path) !== after.get(path))
    .flatMap((path) => changesOfFile(path, before.get(path), after.get(path)))
