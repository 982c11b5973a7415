import { type Act, type Details, type Entry, MACHINES, type Machine, openDetails, type Person } from '../audit/entry.ts'
import { keysOfPeople, type LogFilter, listEntries, peopleOf } from '../audit/store.ts'
import { historyOf } from '../credential/history/store.ts'
import { findCredential } from '../credential/store.ts'
import type { CredentialEventRow, CredentialRow } from '../credential/tables.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { namePeople } from './name-people.ts'
import { noteLook } from './note-act.ts'

/** Most entries of a page. */
const PAGE = 100

/** Which entries an operator asks for; people by their id at the marketplace, and `who` may be a word of `MACHINES`. */
export interface LogQuery extends Pick<LogFilter, 'from' | 'until' | 'before'> {
  readonly who?: string | undefined
  readonly about?: string | undefined
  readonly act?: Act | undefined
}

/** Somebody in the log: a person, what is no person, or a person who was erased. */
export type LogParty = Person | { readonly machine: Machine } | { readonly erased: true }

/** An entry as operators read it. What was said of a person who was erased is gone. */
export interface LogLine extends Details {
  readonly seq: number
  readonly at: Instant
  readonly act: string
  readonly actor: LogParty
  readonly subject?: LogParty
}

export interface LogPage {
  readonly entries: readonly LogLine[]
  /** Of the people in these entries, as far as names are kept. */
  readonly names: ReadonlyMap<string, string>
  /** Where the next page begins, if there is one. */
  readonly next?: Pick<Entry, 'at' | 'seq'>
}

const isMachine = (word: string): word is Machine => (MACHINES as readonly string[]).includes(word)

/** The filter in the log's own names; undefined where it asks for somebody of whom the log knows nothing. */
async function toFilter(world: World, { who, about, ...rest }: LogQuery): Promise<LogFilter | undefined> {
  const people = [who, about].filter((id) => id !== undefined && !isMachine(id)) as string[]
  const keys = people.length === 0 ? new Map<string, never>() : await keysOfPeople(world.db, people)
  const actor = who === undefined || isMachine(who) ? who : keys.get(who)?.pseudonym
  const subject = about === undefined ? undefined : keys.get(about)?.pseudonym
  if ((who !== undefined && actor === undefined) || (about !== undefined && subject === undefined)) return undefined
  return { ...rest, actor, subject, limit: PAGE + 1 }
}

/** The newest hundred entries of the log of acts that fit, for operators. That somebody reads it is in the log itself, once a day. */
export async function readLog(
  world: World,
  { session, ...query }: LogQuery & { readonly session: Session },
): Promise<Result<LogPage>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  await noteLook(world, { act: 'log.read', actor: { person: session.worker }, object: 'log' })
  const filter = await toFilter(world, query)
  const found = filter ? await listEntries(world.db, filter) : []
  const shown = found.slice(0, PAGE)
  const people = await peopleOf(world.db, [
    ...new Set(shown.flatMap(({ actor, subject }) => (subject === null ? [actor] : [actor, subject]))),
  ])
  const party = (name: string): LogParty => {
    if (isMachine(name)) return { machine: name }
    const known = people.get(name)
    return known ? { person: known.person } : { erased: true }
  }
  const toLine = async (entry: Entry): Promise<LogLine> => ({
    seq: entry.seq,
    at: instant(entry.at),
    act: entry.act,
    actor: party(entry.actor),
    ...(entry.subject === null ? {} : { subject: party(entry.subject) }),
    ...(await openDetails(entry, people.get(entry.subject ?? entry.actor)?.key)),
  })
  const last = shown.at(-1)
  const known = [...people.values()].map(({ person }) => person)
  return ok({
    names: await namePeople(world, known),
    entries: await Promise.all(shown.map(toLine)),
    ...(found.length > PAGE && last ? { next: { at: last.at, seq: last.seq } } : {}),
  })
}

export interface CredentialHistory {
  readonly credential: CredentialRow
  readonly history: readonly CredentialEventRow[]
}

/** Everything that happened to a credential: when, by whom, why, from which state to which; for operators. */
export async function readHistory(
  world: World,
  { session, id }: { readonly session: Session; readonly id: string },
): Promise<Result<CredentialHistory>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const credential = await findCredential(world.db, id)
  return credential ? ok({ credential, history: await historyOf(world.db, id) }) : fail({ code: 'not-found' })
}
