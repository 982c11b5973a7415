/** An item of a file as it is written, and where. */
export interface ItemText {
  readonly id: string
  /** Which only authors see. */
  readonly title: string
  /** Of its heading, from 0. */
  readonly line: number
  /** From its heading on, without the empty lines at its end. */
  readonly text: string
}

const ITEM_HEADING = /^## +([a-z][a-z0-9-]*-\d{1,6})(?:[ \t\u3000]+(.*))?$/
const FENCE = /^ {0,3}(`{3,}|~{3,})/

/** Lines at which an item begins, or another heading ends one. */
function headingLines(lines: readonly string[]): number[] {
  let fence: string | undefined
  return lines.flatMap((line, at) => {
    const mark = FENCE.exec(line)?.[1]
    // an item's heading cannot stand in a fence: one that is open there was never closed
    if (ITEM_HEADING.test(line)) fence = undefined
    else if (fence === undefined) fence = mark
    else if (mark?.startsWith(fence)) fence = undefined
    return fence === undefined && /^## /.test(line) ? [at] : []
  })
}

/** Every item of a file of questions, in their order. */
export function itemsIn(text: string): ItemText[] {
  const lines = text.split('\n')
  const marks = headingLines(lines)
  return marks.flatMap((line, nth) => {
    const [, id, title = ''] = ITEM_HEADING.exec(lines[line] as string) ?? []
    if (id === undefined) return []
    const body = lines.slice(line, marks[nth + 1] ?? lines.length).join('\n')
    return [{ id, title: title.trim(), line, text: body.trimEnd() }]
  })
}

/** The file with an item written otherwise; one that is not there is put at its end. */
export function withItem(file: string, id: string, text: string): string {
  const lines = file.split('\n')
  const marks = headingLines(lines)
  const nth = marks.findIndex((line) => ITEM_HEADING.exec(lines[line] as string)?.[1] === id)
  const body = text.replace(/\r\n?/g, '\n').trimEnd()
  if (nth < 0) return `${file.trimEnd()}\n\n${body}\n`
  const before = lines.slice(0, marks[nth]).join('\n')
  const after = lines.slice(marks[nth + 1] ?? lines.length).join('\n')
  const rest = after === '' ? '' : `\n${after}`
  return `${before}${before === '' ? '' : '\n'}${body}${body === '' ? '' : '\n'}${rest.trim() === '' ? '' : rest}`
}

/** What a file is called: the title of its frontmatter or its first heading. */
export const titleOf = (text: string): string =>
  /^title: *['"]?([^'"{\n]+?)['"]? *$/m.exec(text.slice(0, 2_000))?.[1] ?? /^# +(.+)$/m.exec(text)?.[1]?.trim() ?? ''
