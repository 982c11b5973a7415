import { renderBlocks, renderPhrase } from '../../render-markdown.ts'
import { element } from '../write-xml.ts'

/** What an item of a type needs: its interaction within the body, declarations before, scoring after, and the highest score. */
export interface Interaction {
  readonly declarations: readonly string[]
  readonly body: string
  readonly processing: string
  readonly most: number
  /** What raters score by; such an item is scored by people. */
  readonly forScorers?: readonly string[]
}

/** HTML that the compiler built, as XML: its empty elements closed, its break hints gone. */
const xhtml = (html: string): string => html.replaceAll('<wbr>', '').replace(/<(br|hr|img)((?:\s[^<>]*)?)>/g, '<$1$2/>')

const keepsPaths = { refuse: () => {}, image: (src: string) => ({ src }) }

export const blocks = (markdown: string): string =>
  markdown === '' ? '' : xhtml(renderBlocks(markdown, keepsPaths).html)
export const phrase = (markdown: string): string => xhtml(renderPhrase(markdown, keepsPaths).html)

export const rubricBlock = (className: string, view: string, html: string): string =>
  element(
    'qti-rubric-block',
    { view, class: className, ...(view === 'scorer' ? { use: 'scoring' } : {}) },
    element('qti-content-body', {}, html),
  )

/** The interaction with the only response of an item. */
export const TEXT_ENTRY = element('qti-text-entry-interaction', { 'response-identifier': 'RESPONSE' })

export const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
