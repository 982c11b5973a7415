import { choicesOf, definitionOf } from '../definition-of.ts'
import type { FamilyWording, TaskFamily } from '../family.ts'
import type { Wording } from '../item.ts'
import { type CompiledHtml, decodeText } from '../markup/compiled-html.ts'

/** Letters and digits alone, in one width and one case: neither emphasis, line breaks nor punctuation make another question. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Compiled HTML holds no `>` within a tag. */
const textOf = (html: CompiledHtml): string => decodeText(html.replace(/<[^>]*>/g, ''))

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
  const right = definitionOf(stem.type).rightTexts(secret.key, stem, (choice) => folded(choice?.text ?? ''))
  const options = choicesOf(stem).map(({ text }) => folded(text))
  return shorten(['item', folded(textOf(stem.html)), options.sort().join(','), right.join(',')].join('\n'))
}

/**
 * What one wording of a family of tasks is known by: its kind, and what brief and rules say. Other materials under the same
 * brief make no other: who has read it knows what to do. Like the one above it must never answer otherwise.
 */
export const familyFingerprint = (
  { kind }: Pick<TaskFamily, 'kind'>,
  { briefHtml, rulesHtml }: Pick<FamilyWording, 'briefHtml' | 'rulesHtml'>,
): Promise<string> => shorten(['task', kind, folded(textOf(briefHtml)), folded(textOf(rulesHtml))].join('\n'))
