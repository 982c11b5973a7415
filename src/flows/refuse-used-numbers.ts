import type { Bank } from '../item/bank.ts'
import { notePublishedItems, type UsedNumber, usedNumbers } from '../item/numbers/store.ts'
import { itemHeadings } from '../item/source/items-in-file.ts'
import type { Problem, UsedItemVersion } from '../kernel/problem.ts'
import type { World } from '../world/world.ts'

/** What a bank was compiled from, by path; undefined where nobody brought it. */
type Texts = ReadonlyMap<string, string> | undefined

const NOTE_MORE_SECONDS = 2

/** Where an item stands in the files of a language: `office.ja.md:20:1`. */
function placeIn(texts: Texts, { item, locale }: UsedNumber): string | undefined {
  for (const [path, text] of texts ?? []) {
    if (!path.endsWith(`.${locale}.md`)) continue
    const heading = itemHeadings(text).find(({ id }) => id === item)
    if (heading) return `${path}:${heading.line}:1`
  }
  return undefined
}

/**
 * Why a bank may not go live: one of its items has the number of another content that was published, in whatever version of
 * the exam, also one that was rolled back. Undefined where it may.
 */
export async function refuseUsedNumbers(
  { db }: Pick<World, 'db'>,
  bank: Bank,
  readTexts: () => Promise<Texts>,
): Promise<Problem | undefined> {
  if (!(await notePublishedItems(db, bank.exam.id))) return { code: 'busy', retryAfterSeconds: NOTE_MORE_SECONDS }
  const used = await usedNumbers(db, bank)
  if (used.length === 0) return undefined
  const texts = await readTexts()
  return {
    code: 'item-version-used',
    items: used.map(({ locale, ...one }) => {
      const where = placeIn(texts, { locale, ...one })
      return where === undefined ? one : { ...one, where }
    }),
  }
}

/** The same as a list, for whoever is shown the bank; empty as well where not all that was published could be looked at yet. */
export async function listUsedNumbers(
  ...asked: Parameters<typeof refuseUsedNumbers>
): Promise<readonly UsedItemVersion[]> {
  const refused = await refuseUsedNumbers(...asked)
  return refused?.code === 'item-version-used' ? refused.items : []
}
