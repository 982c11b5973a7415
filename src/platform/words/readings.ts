import { PHRASE_ENDS } from './particles.data.ts'

/**
 * The reading of a word beside it, in a plain text: Unicode's marks for that stand before the word, between the two and
 * behind the reading. Nobody types them, so that no words of people or papers are taken for some. Source: Unicode 17, 23.8.
 */
export const marks = { word: '\ufff9', reading: '\ufffa', end: '\ufffb' } as const

const MARKED = /\ufff9([^\ufff9-\ufffb]*)\ufffa([^\ufff9-\ufffb]*)\ufffb/g

/** Every word with a reading as `write` has it. */
const written = (text: string, write: (word: string, reading: string) => string): string =>
  text.includes(marks.word) ? text.replace(MARKED, (_, word: string, reading: string) => write(word, reading)) : text

/** Without readings: for whatever is heard, and where there is no room. */
export const withoutReadings = (text: string): string => written(text, (word) => word)

/** 受験（じゅけん）, where nothing can stand above a word. */
const inBrackets = (text: string): string => written(text, (word, reading) => `${word}（${reading}）`)

/** Whoever hears a page is not told a word twice. Hundreds of these stand on a page, so what HTML lets out is left out. */
const ruby = (word: string, reading: string): string =>
  `<ruby>${word}<rp>（<rt aria-hidden=true>${reading}<rp>）</ruby>`

/** Browsers find no phrases across readings, and would leave a line of a single kana; after a particle a line may end. */
const PHRASE = new RegExp(`(?<=[${PHRASE_ENDS}])${marks.word}`, 'g')

/** A text stays one thing among its siblings, as what lays them out has it. Style sheets do not know the element. */
const inRuby = (text: string): string =>
  text.includes(marks.word)
    ? `<ruby-line>${written(text.replace(PHRASE, `<wbr>${marks.word}`), ruby)}</ruby-line>`
    : text

/** A tag, or an element that holds text alone; a drawing may hold another, behind which its texts stand by themselves. In what is written here, `>` does not stand in values of attributes. */
const WITHOUT_RUBY = /(<(title|option|textarea|script|style|svg|text)\b[^>]*>[^]*?<\/\2>|<[^>]*>)/

/** What scripts show stands in attributes for data; other attributes are heard. */
const inTag = (tag: string): string =>
  tag.replace(/([\w-]+)="([^"]*)"/g, (_, name: string, value: string) =>
    name.startsWith('data-') ? `${name}="${inBrackets(value)}"` : `${name}="${withoutReadings(value)}"`,
  )

/** A page in HTML with its readings above the words, as readers know them; in brackets or left out where that cannot be. */
export function rubyHtml(html: string): string {
  if (!html.includes(marks.word)) return html
  // of every three pieces: what stands between, what cannot have ruby, and the name of its element
  const pieces = html.split(WITHOUT_RUBY)
  return pieces
    .map((piece, at) => {
      if (at % 3 === 0) return inRuby(piece)
      if (at % 3 === 2) return ''
      if (!piece.includes(marks.word)) return piece
      const element = pieces[at + 1]
      if (element === undefined) return inTag(piece)
      return element === 'option' || element === 'script' ? inBrackets(piece) : withoutReadings(piece)
    })
    .join('')
}
