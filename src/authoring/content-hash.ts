import { createHash, hash } from 'node:crypto'
import type { Bank } from '../item/bank.ts'
import { canonicalJson } from '../item/canonical-json.ts'
import type { TaskFamily } from '../item/family.ts'
import { type Item, type ItemType, itemContent, scoredContent, type Wording } from '../item/item.ts'
import type { StudySheet } from '../item/study-sheet.ts'

export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** Hash of what is scored in one locale of an item. */
export const wordingHash = (type: ItemType, points: number, wording: Wording): string =>
  sha256(scoredContent(type, points, wording))

/** `Item.hash`: type, points, and the stem and key of every locale. */
export function itemHash(item: Pick<Item, 'type' | 'points' | 'wordings'>): string {
  const hashes = Object.entries(item.wordings).map(
    ([locale, wording]) => [locale, wordingHash(item.type, item.points, wording as Wording)] as const,
  )
  return sha256(itemContent(Object.fromEntries(hashes)))
}

type BankPart = Item | StudySheet | TaskFamily

/** `Bank.hash`: of the canonical JSON of exam, items, study sheets and tasks, fed one by one so that no bank is too large for one string. */
export function bankHash(
  { exam, items, studySheets, tasks }: Omit<Bank, 'hash'>,
  jsonOf: (part: BankPart) => string = canonicalJson,
): string {
  const digest = createHash('sha256').update(`{"exam":${canonicalJson(exam)},"items":[`)
  const feed = (parts: readonly BankPart[]) => {
    for (const [i, part] of parts.entries()) digest.update(`${i === 0 ? '' : ','}${jsonOf(part)}`)
  }
  feed(items)
  if (studySheets) {
    digest.update('],"studySheets":[')
    feed(studySheets)
  }
  if (tasks) {
    digest.update('],"tasks":[')
    feed(tasks)
  }
  return digest.update(']}').digest('hex')
}
