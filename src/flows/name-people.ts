import { namesInSessions } from '../marketplace/sessions/store.ts'
import { namesOf } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'

/** What these people are called, candidates and staff, by their ids; those of whom no name is kept are left out. */
export async function namePeople(
  { db }: Pick<World, 'db'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(ids)]
  const [staff, candidates] = await Promise.all([namesInSessions(db, asked), namesOf(db, asked)])
  return new Map([...staff, ...candidates].filter(([, name]) => name !== ''))
}
