import { decodeProtectedHeader } from 'jose'
import {
  type ActNote,
  type Actor,
  closeDetails,
  digest,
  type Machine,
  newPersonKey,
  type Person,
  type PersonKey,
} from '../audit/entry.ts'
import {
  countRefusedLaunch,
  enterIfChangedStatement,
  enterOnce,
  enterStatement,
  insertPeople,
  keysOfPeople,
  type NewEntry,
} from '../audit/store.ts'
import type { EntryId } from '../kernel/id.ts'
import { type Duration, days, type Instant, minutes, plus, toRfc3339 } from '../kernel/instant.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Session } from '../marketplace/session-token.ts'
import { whileSessionLives } from '../marketplace/sessions/store.ts'
import { tombstonesOf } from '../marketplace/tombstone.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'

// What is asked of staff besides their role, in one place. Each rule gives the refusal, or undefined where it holds.

/** How long after a launch its person may change the rights of others: a screen that was left open must not do it. */
const YOUNG_LAUNCH: Duration = minutes(15)

/** Until when the launch of a session is young. */
const youngUntil = (session: Pick<Session, 'launchedAt'>): Instant => plus(session.launchedAt, YOUNG_LAUNCH)

/** Nobody acts on their own attempt, certificate or case, in whatever role they came. `subject` is the worker whom it is about. */
export const ownCase = (session: Pick<Session, 'worker'>, subject: string): Problem | undefined =>
  subject === session.worker ? { code: 'own-case' } : undefined

/** What changes the rights of others is done within fifteen minutes of a launch. */
export const oldLaunch = (session: Session, now: Instant): Problem | undefined =>
  now < youngUntil(session)
    ? undefined
    : { code: 'launch-too-old', launchedAt: session.launchedAt, withinSeconds: YOUNG_LAUNCH / 1_000 }

/** Both, for an act that changes the rights of one person. */
export const refuseChange = (session: Session, subject: string, now: Instant): Problem | undefined =>
  ownCase(session, subject) ?? oldLaunch(session, now)

/** What it takes to write an act down. */
export type Writer = Pick<World, 'db' | 'now' | 'newId' | 'newSecret' | 'note'> & {
  readonly settings: Pick<World['settings'], 'tombstoneSecrets'>
}

/** The keys of people, made where one has none yet. Who was erased gets none. */
async function keysFor(world: Writer, people: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
  const known = people.length === 0 ? new Map<string, PersonKey>() : await keysOfPeople(world.db, people)
  const strangers = people.filter((person) => !known.has(person))
  if (strangers.length === 0) return known
  const met = async (person: string) => ({
    person,
    tombstones: await tombstonesOf(person, world.settings.tombstoneSecrets),
    ...(await newPersonKey(person, world.newSecret())),
  })
  await insertPeople(world.db, await Promise.all(strangers.map(met)))
  return keysOfPeople(world.db, people)
}

/** Staff as who acts: what they do is not done once their session has ended, also in the moment before. */
export const staffOf = ({ worker, id }: Pick<Session, 'worker' | 'id'>): Actor => ({ person: worker, under: id })

const personOf = (who: Person | Machine | undefined): string[] => (typeof who === 'object' ? [who.person] : [])

async function prepareEntry(
  world: Writer,
  note: ActNote,
  idOf: (actor: PersonKey | undefined) => EntryId | Promise<EntryId>,
): Promise<NewEntry> {
  const { act, actor, subject, object, why, facts } = note
  const keys = await keysFor(world, [...new Set([...personOf(actor), ...personOf(subject)])])
  const keyOf = (who: Person | Machine | undefined) => (typeof who === 'object' ? keys.get(who.person) : undefined)
  const isAboutSomebody = typeof actor === 'object' || subject !== undefined
  const owner = keyOf(subject ?? actor)
  // what is said of somebody who was erased is not written down
  const details = isAboutSomebody && !owner ? {} : { object, why, facts }
  const id = await idOf(keyOf(actor))
  return {
    id,
    at: world.now(),
    act,
    actor: typeof actor === 'string' ? actor : (keyOf(actor)?.pseudonym ?? 'unknown'),
    subject: keyOf(subject)?.pseudonym ?? null,
    details: await closeDetails(details, id, owner?.key),
    ...(typeof actor === 'object' && actor.under !== undefined
      ? { provided: whileSessionLives(actor.under, world.now()) }
      : {}),
  }
}

/**
 * What writes an act down, for the act's own batch. Nothing is written before the caller runs it but the keys of people who
 * are new to the log. @NOTE A list, since a statement is thenable: a promise that resolves to one would run it at once.
 */
export const noteAct = async (world: Writer, note: ActNote): Promise<readonly [Statement]> => [
  enterStatement(world.db, await prepareEntry(world, note, () => world.newId('aud'))),
]

/** The same, where the act's own statement says whether it happened: it must stand right before this in the batch. */
export const noteActIfDone = async (world: Writer, note: ActNote): Promise<readonly [Statement]> => [
  enterIfChangedStatement(world.db, await prepareEntry(world, note, () => world.newId('aud'))),
]

const DAY = days(1)

/** Writes down that a person looked at something: once a day for each thing, however often they look. */
export async function noteLook(
  world: Writer,
  note: ActNote & { readonly actor: Person; readonly object: string },
): Promise<void> {
  const day = Math.floor(world.now() / DAY)
  // from the person's secret, so that the id cannot be guessed, and tells nothing once the secret is destroyed
  const idOf = async (actor: PersonKey | undefined) =>
    `aud_${(await digest(JSON.stringify(['kentei-audit-look/1', actor?.key ?? world.newSecret(), note.act, note.object, day]))).slice(0, 32)}` as const
  await enterOnce(world.db, await prepareEntry(world, note, idOf))
}

/** The code of a JWS header that names its key, where it looks like one. */
function kidOf(token: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(token)
    return typeof kid === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(kid) ? kid : undefined
  } catch {
    return undefined
  }
}

const MINUTE = minutes(1)

/**
 * Counts a refused launch. What is kept of its token lets somebody who has the token find it, and nobody learn it; the key
 * that it names is the sender's claim.
 */
export async function noteRefusedLaunch(world: Writer, token: string, problem: Problem): Promise<void> {
  const reason = problem.code === 'token-refused' ? problem.reason : problem.code
  world.note?.({ fact: 'launch-refused', reason })
  const kid = kidOf(token)
  const sample = {
    at: toRfc3339(world.now()),
    token: (await digest(token)).slice(0, 16),
    ...(kid === undefined ? {} : { kid }),
  }
  await countRefusedLaunch(world.db, {
    id: world.newId('aud'),
    minute: Math.floor(world.now() / MINUTE),
    reason,
    sample,
  })
}
