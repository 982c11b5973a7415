import type { Key, Stem, Wording } from '../item.ts'
import { type CompiledHtml, decodeText } from '../markup/compiled-html.ts'
import { choicesOf } from '../stem-choices.ts'

/** Letters and digits alone, in one width and one case: neither emphasis, line breaks nor punctuation make another question. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Compiled HTML holds no `>` within a tag. */
const textOf = (html: CompiledHtml): string => decodeText(html.replace(/<[^>]*>/g, ''))

/** What is right, by what it says and not by where it stands. Accepted spellings are left out: one more makes no other question. */
function rightOf(key: Key, stem: Stem): string[] {
  const said = (index: number): string => folded(choicesOf(stem)[index]?.text ?? '')
  switch (key.type) {
    case 'single':
    case 'true-false':
      return [said(key.choice)]
    case 'multiple':
      return key.choices.map(said).sort()
    case 'numeric':
      return typeof key.value === 'number' ? [String(key.value)] : []
    case 'order':
      return key.order.map(said)
    case 'match':
      return stem.type === 'match' ? key.pairs.map((right, left) => `${said(left)}=${said(stem.left.length + right)}`).sort() : []
    case 'cloze':
      return Object.entries(key.blanks).flatMap(([ref, blank]) =>
        'choice' in blank && stem.type === 'cloze' ? [`${ref}=${folded(stem.blanks.find((one) => one.ref === ref)?.choices?.[blank.choice]?.text ?? '')}`] : [],
      )
    case 'short':
    case 'essay':
      return []
    default:
      return key satisfies never
  }
}

/** 30 bits: of thousands of entries a question of somebody else's meets one in a million times, and a bank is judged by a tenth of its items. */
const LENGTH = 5

async function shorten(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, LENGTH)
}

/**
 * What one wording of an item is known by: question, options and what is right among them, in five characters of base64url.
 * Another id, order, rationale or punctuation makes no other. What is on the list was made by this very function, so that
 * it must never answer otherwise. The first word says what kind of material it is.
 */
export function wordingFingerprint({ stem, secret }: Pick<Wording, 'stem' | 'secret'>): Promise<string> {
  const options = choicesOf(stem).map(({ text }) => folded(text))
  return shorten(['item', folded(textOf(stem.html)), options.sort().join(','), rightOf(secret.key, stem).join(',')].join('\n'))
}
