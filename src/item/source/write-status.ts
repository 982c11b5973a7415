import type { ItemStatus, Locale } from '../item.ts'
import { STATUS_WORDS } from './status-words.data.ts'

const known: ReadonlySet<string> = new Set(Object.values(STATUS_WORDS).flatMap(({ ja, en }) => [ja, en]))

/** The heading of an item, and the lines below it that hold nothing but words in backquotes. */
const HEAD = /^([^\n]*\n*)((?:(?:`[^`\n]+`[ \t]*)+(?:\n|$))*)/

/** The text of an item, from its heading on, with another status: in place of the one that is written, else as the last of its marks. */
export function withStatus(text: string, status: ItemStatus, locale: Locale): string {
  const [head, heading = '', marks = ''] = HEAD.exec(text) ?? ['']
  const mark = `\`${STATUS_WORDS[status][locale]}\``
  const marked = marks.replace(/`([^`]+)`/g, (written, word: string) => (known.has(word) ? mark : written))
  if (marked.includes(mark)) return heading + marked + text.slice(head.length)
  const all = marks === '' ? `${mark}\n` : `${marks.trimEnd()} ${mark}`
  return `${heading}${all}\n${text.slice(head.length)}`
}
