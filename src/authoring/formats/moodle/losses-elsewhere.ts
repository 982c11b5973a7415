import type { ItemSource } from '../../bank-source.ts'
import { say } from '../../said.ts'
import { type Loss, loss } from '../exchange.ts'

/** What no question of Moodle can hold; GIFT has no pictures besides. */
export function lossesElsewhere(item: ItemSource, { images }: { readonly images: boolean }): Loss[] {
  const losses: Loss[] = []
  const missing = [
    item.references.length > 0 ? 'references' : undefined,
    item.notes === '' ? undefined : 'notes',
  ] as const
  const fields = missing.filter((field) => field !== undefined)
  if (fields.length > 0) losses.push(loss('metadata', say('exchange.referencesAndNotesLost'), fields))
  if (!images && /!\[[^\]]*\]\(/.test(JSON.stringify([item.stem, item.answer, item.rationale])))
    losses.push(loss('image', say('exchange.imagesLost'), ['stem', 'answer', 'rationale']))
  return losses
}

/** Right-hand sides of Moodle's pairs have no format. */
export function notePlain(texts: readonly string[], losses: Loss[]): void {
  if (texts.some((text) => /[\\`*[]/.test(text))) losses.push(loss('markup', say('exchange.rightSidesArePlain')))
}
