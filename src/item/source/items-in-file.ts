/** The heading of an item in a file of questions, also of one that cannot be read. */
export interface ItemHeading {
  readonly id: string
  /** Which only authors see. */
  readonly title: string
  /** From 1. */
  readonly line: number
}

/** An item of a file as it is written, and where. */
export interface ItemText extends Omit<ItemHeading, 'line'> {
  /** Lines of the file above it. */
  readonly linesAbove: number
  /** From its heading on, without the empty lines at its end. */
  readonly text: string
}

const HEADING = /^## +([a-z][a-z0-9-]*-\d+)(.*)/

/** Whether an item begins at a line, in a fence too: one that is open there was never closed. */
export const beginsItem = (line: string): boolean => HEADING.test(line)

/** The headings of a file, in their order. */
export const itemHeadings = (file: string): ItemHeading[] =>
  file.split('\n').flatMap((line, nth) => {
    const [, id, title = ''] = HEADING.exec(line) ?? []
    return id === undefined ? [] : [{ id, title: title.trim(), line: nth + 1 }]
  })

/** Every item of a file, in their order. What cannot be read as another one belongs to the item above it. */
export function itemsIn(file: string): ItemText[] {
  const lines = file.split('\n')
  const headings = itemHeadings(file)
  return headings.map(({ id, title, line }, nth) => ({
    id,
    title,
    linesAbove: line - 1,
    text: lines
      .slice(line - 1, (headings[nth + 1]?.line ?? lines.length + 1) - 1)
      .join('\n')
      .trimEnd(),
  }))
}

/** An item with what stands before and behind it in its file; undefined where there is none of this id. */
export function cutItem(
  file: string,
  id: string,
): (ItemText & { readonly before: string; readonly after: string }) | undefined {
  const item = itemsIn(file).find((one) => one.id === id)
  if (!item) return undefined
  const above = file.split('\n').slice(0, item.linesAbove).join('\n')
  const start = item.linesAbove === 0 ? 0 : above.length + 1
  return { ...item, before: file.slice(0, start), after: file.slice(start + item.text.length) }
}

/** What stands above the first item, and each item with the empty lines behind it: joined, they are the file. */
function piecesOf(file: string): { readonly id?: string; readonly text: string }[] {
  const lines = file.split(/(?<=\n)/)
  const headings = itemHeadings(file)
  const piece = (from: number, to: number) => lines.slice(from, to).join('')
  return [
    { text: piece(0, (headings[0]?.line ?? lines.length + 1) - 1) },
    ...headings.map(({ id, line }, nth) => ({
      id,
      text: piece(line - 1, (headings[nth + 1]?.line ?? lines.length + 1) - 1),
    })),
  ]
}

/**
 * The file with items written otherwise, by id: an empty one goes away, and those that are not there are put at its end. Nothing
 * else in it changes.
 */
export function withItems(file: string, written: ReadonlyMap<string, string>): string {
  const left = new Map([...written].map(([id, text]) => [id, text.replace(/\r\n?/g, '\n').trimEnd()]))
  const pieces = piecesOf(file).map(({ id = '', text }) => {
    const body = left.get(id)
    left.delete(id)
    if (body === undefined) return text
    return body === '' ? '' : body + text.slice(text.trimEnd().length)
  })
  return [...left.values()].reduce((above, body) => `${above.trimEnd()}\n\n${body}\n`, pieces.join(''))
}

/** The file with an item written otherwise; one that is not there is put at its end. */
export const withItem = (file: string, id: string, text: string): string => withItems(file, new Map([[id, text]]))

/** Items of a file that read otherwise than before; of a file without items, and of one that differs around them, one. */
export function countChanges(before: string, now: string): number {
  if (before === now) return 0
  const [was, is] = [before, now].map((file) => new Map(itemsIn(file).map(({ id, text }) => [id, text])))
  const ids = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])]
  return Math.max(1, ids.filter((id) => was?.get(id) !== is?.get(id)).length)
}

/** What a file is called: the title of its frontmatter or its first heading. */
export const titleOf = (text: string): string =>
  /^title: *['"]?([^'"{\n]+?)['"]? *$/m.exec(text.slice(0, 2_000))?.[1] ?? /^# +(.+)$/m.exec(text)?.[1]?.trim() ?? ''
