const PILLS = /^`[^`]+`(?:\s+`[^`]+`)*\s*$/
const HEADING = /^#{1,3} /
const ITEM = /^## /

/**
 * The line, from 1, below which a block goes that is asked for at a line: this one, unless it is the head of an item, whose tags
 * must stand right below its heading. Then a section goes to the end of the item, and anything else below the first paragraph.
 */
export function lineOfBlock(lines: readonly string[], asked: number, block: string): number {
  const isBlank = (at: number) => (lines[at] ?? '').trim() === ''
  const filled = (from: number, step: 1 | -1): number => {
    let at = from
    while (at >= 0 && at < lines.length && isBlank(at)) at += step
    return at
  }
  const at = asked - 1
  const heading = ITEM.test(lines[at] ?? '') ? at : filled(PILLS.test(lines[at] ?? '') ? at - 1 : at, -1)
  const pills = filled(heading + 1, 1)
  if (!ITEM.test(lines[heading] ?? '') || !PILLS.test(lines[pills] ?? '') || at > pills) return asked
  if (HEADING.test(block)) {
    const next = lines.findIndex((line, nth) => nth > heading && ITEM.test(line))
    return filled((next < 0 ? lines.length : next) - 1, -1) + 1
  }
  let end = filled(pills + 1, 1)
  if (end === lines.length || HEADING.test(lines[end] ?? '')) return pills + 1
  while (end + 1 < lines.length && !isBlank(end + 1)) end += 1
  return end + 1
}
