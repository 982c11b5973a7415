import { createHash, hash } from 'node:crypto'
import type { ExamDefinition } from '../item/bank.ts'
import type { Item, ItemType, Locale, Wording } from '../item/item.ts'

export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** JSON with the keys of every object sorted by UTF-16 units and without white space (RFC 8785 for the values used here). */
export function canonicalJson(value: unknown): string {
  // the compiler builds its objects with sorted keys, so that the engine's own writer can do the work
  return isSorted(value) ? JSON.stringify(value) : writeSorted(value)
}

function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isSorted)
  let last = ''
  for (const key in value) {
    // integer-like keys come first in any object, in number order, whatever their order as text
    if (key < last || !isSorted((value as Readonly<Record<string, unknown>>)[key])) return false
    last = key
  }
  return true
}

function writeSorted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) {
    let list = ''
    for (const element of value) list += `${list === '' ? '' : ','}${writeSorted(element)}`
    return `[${list}]`
  }
  const record = value as Readonly<Record<string, unknown>>
  let members = ''
  for (const key of Object.keys(record).sort()) if (record[key] !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${writeSorted(record[key])}`
  return `{${members}}`
}

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
export function bankHash(exam: ExamDefinition, items: readonly Item[]): string {
  const digest = createHash('sha256').update(`{"exam":${canonicalJson(exam)},"items":[`)
  items.forEach((item, i) => {
    digest.update(`${i === 0 ? '' : ','}${canonicalJson(item)}`)
  })
  return digest.update(']}').digest('hex')
}
