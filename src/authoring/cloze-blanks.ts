/** A blank as written in the stem: `[[1]]` or `[[2: left | right]]`. */
export interface WrittenBlank {
  readonly ref: string
  readonly choices?: readonly string[]
}

/** What is right in a blank: one of its choices, or the answers that are accepted. */
export interface BlankAnswer {
  readonly ref: string
  readonly accepted: readonly string[]
}

const BLANK = /\[\[\s*(\d{1,3})\s*(?:[:：]\s*([^[\]]*?)\s*)?\]\]/g
const OPEN = '\ue000'
const CLOSE = '\ue001'

/**
 * Takes the blanks out of a stem's source. Each leaves a placeholder of private-use characters, which the source itself
 * cannot hold and which Markdown does not touch, so that a blank may stand in code, tables and quotes.
 */
export function takeBlanks(stem: string): {
  readonly source: string
  readonly blanks: readonly WrittenBlank[]
  readonly leftover: number
} {
  if (!stem.includes('[[') && !stem.includes(']]') && !stem.includes('［［') && !stem.includes('］］'))
    return { source: stem, blanks: [], leftover: -1 }
  const blanks: WrittenBlank[] = []
  const source = stem.replace(BLANK, (_, digits: string, choices?: string) => {
    const ref = String(Number(digits))
    // in a table row a pipe is written \|
    blanks.push(
      choices === undefined ? { ref } : { ref, choices: choices.split(/\\?\|/).map((choice) => choice.trim()) },
    )
    return `${OPEN}${ref}${CLOSE}`
  })
  return { source, blanks, leftover: source.search(/\[\[|\]\]|［［|］］/) }
}

/** Puts the elements that pages replace by input fields where the placeholders stand. */
export const drawBlanks = (escaped: string): string =>
  escaped.includes(OPEN)
    ? escaped.replace(/\ue000(\d+)\ue001/g, '<span class="blank" data-blank="$1"></span>')
    : escaped

/** Plain text with each blank as an underscored gap. */
export const blanksAsText = (text: string): string =>
  text.includes(OPEN) ? text.replace(/\ue000(\d+)\ue001/g, '___') : text

export const holdsBlank = (text: string): boolean => text.includes(OPEN)
