import type { Locale } from '../item/item.ts'
import { cutItem, itemHeadings } from '../item/source/items-in-file.ts'

/** What of a file stands in the editor: an item with the lines around it kept aside, or all of it. */
export interface Part {
  /** Absent where it is the whole file. */
  readonly item?: string
  readonly before: string
  readonly text: string
  readonly after: string
  /** Lines above it in its file. */
  readonly linesAbove: number
}

/** Cuts an item out of its file, with the empty lines behind it left there. The whole file where there is no such item. */
export function cutPart(file: string, item: string | undefined): Part {
  const cut = item === undefined ? undefined : cutItem(file, item)
  if (!cut) return { before: '', text: file, after: '', linesAbove: 0 }
  const { id, before, text, after, linesAbove } = cut
  return { item: id, before, text, after, linesAbove }
}

export const joinPart = ({ before, after }: Part, text: string): string => `${before}${text}${after}`

/** What stands above the first item. */
export function headOf(file: string): string {
  const [first] = itemHeadings(file)
  return first
    ? file
        .split('\n')
        .slice(0, first.line - 1)
        .join('\n')
    : file
}

const NAME = /^(.*)\.(ja|en)\.md$/

/** The language of a file, and its sibling in the other one. */
export function localeOf(path: string): { readonly locale: Locale; readonly sibling: string } | undefined {
  const [, name, locale] = NAME.exec(path) ?? []
  if (name === undefined || locale === undefined) return undefined
  return { locale: locale as Locale, sibling: `${name}.${locale === 'ja' ? 'en' : 'ja'}.md` }
}
