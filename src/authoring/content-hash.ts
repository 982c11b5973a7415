import { createHash, hash } from 'node:crypto'
import type { ExamDefinition } from '../item/bank.ts'
import { canonicalJson } from '../item/canonical-json.ts'
import type { Item, ItemType, Locale, Wording } from '../item/item.ts'

export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** Line-break hints are no content: a better segmenter must not make every item look changed. */
const withoutHints = (json: string): string => json.replaceAll('<wbr>', '')

/** Hash of what is scored in one locale of an item. */
export function wordingHash(type: ItemType, points: number, { secret, stem, variables }: Wording): string {
  return sha256(withoutHints(canonicalJson({ key: secret.key, points, ...(secret.slots ? { slots: secret.slots } : {}), stem, type, ...(variables ? { variables } : {}) })))
}

/** `Item.hash`: type, points, and the stem and key of every locale. */
export function itemHash(item: Pick<Item, 'type' | 'points' | 'wordings'>): string {
  const locales = Object.keys(item.wordings).sort() as Locale[]
  return sha256(locales.map((locale) => `${locale}:${wordingHash(item.type, item.points, item.wordings[locale] as Wording)}`).join('\n'))
}

/** `Bank.hash`: of the canonical JSON of exam and items, fed item by item so that no bank is too large for one string. */
export function bankHash(exam: ExamDefinition, items: readonly Item[], jsonOf: (item: Item) => string = canonicalJson): string {
  const digest = createHash('sha256').update(`{"exam":${canonicalJson(exam)},"items":[`)
  items.forEach((item, i) => {
    digest.update(`${i === 0 ? '' : ','}${jsonOf(item)}`)
  })
  return digest.update(']}').digest('hex')
}
