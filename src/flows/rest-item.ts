import { itemsIn, withItem } from '../item/source/items-in-file.ts'
import { hashFile } from '../item/source/pack-file.ts'
import { withStatus } from '../item/source/write-status.ts'
import type { Problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { World } from '../world/world.ts'
import { type DeskCall, openDesk, readDeskTexts } from './open-desk.ts'
import { saveDraft } from './save-draft.ts'

/**
 * Writes into an exam's draft that an item rests, in every language: it is drawn no more once another person has approved
 * the draft, unless it has to take the place of one that leaked. `not-found` where its text is not here.
 */
export async function restItem(
  world: World,
  { item, ...call }: DeskCall & { readonly item: string },
): Promise<Result<{ readonly files: number }, Problem>> {
  const opened = await openDesk(world, call)
  if (!opened.ok) return opened
  let files = 0
  for (const [path, text] of await readDeskTexts(world, opened.value)) {
    const written = path.includes('/') ? undefined : itemsIn(text).find(({ id }) => id === item)
    if (!written) continue
    const content = withItem(text, item, withStatus(written.text, 'dormant', path.endsWith('.en.md') ? 'en' : 'ja'))
    const saved = await saveDraft(world, { ...call, path, was: await hashFile(text), content })
    if (!saved.ok)
      return saved.problem.code === 'saved-meanwhile'
        ? fail({ code: 'conflict', detail: 'somebody saved this file meanwhile; try again' })
        : fail(saved.problem)
    files += 1
  }
  return files === 0 ? fail({ code: 'not-found' }) : ok({ files })
}
