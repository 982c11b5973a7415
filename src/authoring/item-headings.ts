/** The heading of an item in a bank file, also of one that cannot be read. */
export interface ItemHeading {
  /** From 1. */
  readonly line: number
  readonly id: string
  readonly title: string
}

const HEADING = /^## +([a-z][a-z0-9-]*-\d+)(.*)/

/** The headings of a file, in their order. No fence hides one: see `split-document.ts`. */
export const itemHeadings = (text: string): ItemHeading[] =>
  text.split('\n').flatMap((line, i) => {
    const [, id, title = ''] = HEADING.exec(line) ?? []
    return id === undefined ? [] : [{ line: i + 1, id, title: title.trim() }]
  })
