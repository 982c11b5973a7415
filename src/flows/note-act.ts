import { type ActNote, closeDetails, type Machine, newPersonKey, type Person, type PersonKey } from '../audit/entry.ts'
import { enterIfChangedStatement, enterStatement, insertPeople, keysOfPeople, type NewEntry } from '../audit/store.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'

type Writer = Pick<World, 'db' | 'now' | 'newId' | 'newSecret'>

/** The keys of people, made where one has none yet. Who was erased gets none. */
async function keysFor(world: Writer, people: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
  const known = people.length === 0 ? new Map<string, PersonKey>() : await keysOfPeople(world.db, people)
  const strangers = people.filter((person) => !known.has(person))
  if (strangers.length === 0) return known
  await insertPeople(world.db, await Promise.all(strangers.map(async (person) => ({ person, ...(await newPersonKey(world.newSecret())) }))))
  return keysOfPeople(world.db, people)
}

const personOf = (who: Person | Machine | undefined): string[] => (typeof who === 'object' ? [who.person] : [])

async function prepareEntry(world: Writer, note: ActNote): Promise<NewEntry> {
  const { act, actor, subject, object, why, facts } = note
  const keys = await keysFor(world, [...new Set([...personOf(actor), ...personOf(subject)])])
  const keyOf = (who: Person | Machine | undefined) => (typeof who === 'object' ? keys.get(who.person) : undefined)
  const isAboutSomebody = typeof actor === 'object' || subject !== undefined
  const owner = keyOf(subject ?? actor)
  // what is said of somebody who was erased is not written down
  const details = isAboutSomebody && !owner ? {} : { object, why, facts }
  const id = world.newId('aud')
  return {
    id,
    at: world.now(),
    act,
    actor: typeof actor === 'string' ? actor : (keyOf(actor)?.pseudonym ?? 'unknown'),
    subject: keyOf(subject)?.pseudonym ?? null,
    details: await closeDetails(details, id, owner?.key),
  }
}

/**
 * What writes an act down, for the act's own batch. Nothing is written before the caller runs it but the keys of people who
 * are new to the log. @NOTE A list, since a statement is thenable: a promise that resolves to one would run it at once.
 */
export const noteAct = async (world: Writer, note: ActNote): Promise<readonly [Statement]> => [enterStatement(world.db, await prepareEntry(world, note))]

/** The same, where the act's own statement says whether it happened: it must stand right before this in the batch. */
export const noteActIfDone = async (world: Writer, note: ActNote): Promise<readonly [Statement]> => [enterIfChangedStatement(world.db, await prepareEntry(world, note))]
