import { workerId } from '../contract/tokens.ts'
import { credentialsAmong, type ListedCredential, newestCredentials } from '../credential/store.ts'
import { openCases, openConcerns } from '../integrity/store.ts'
import type { Concern, IntegrityCase } from '../integrity/tables.ts'
import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { findWorker, type NamedPerson, peopleNamed } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'
import { namePeople } from './name-people.ts'

const PAGE = 50
/** What waits is shown so far; the rest comes when these are settled. */
const WAITING = 50
/** People of whom one is chosen. */
export const MOST_HOLDERS = 20

/** Something about a certificate that a person has to look at. */
interface About {
  /** Absent where it was erased in this very moment. */
  readonly credential?: ListedCredential | undefined
}

/** What waits for somebody to look at it, what waited longest first. */
export interface WaitingCredentials {
  readonly concerns: readonly (Concern & { readonly of: About })[]
  readonly cases: readonly (IntegrityCase & { readonly of: About; readonly actorName: string })[]
}

export interface CredentialsView {
  readonly now: Instant
  /** On the first page of all. */
  readonly waiting?: WaitingCredentials
  readonly found: readonly ListedCredential[]
  /** Those who may be meant, where it is not one alone: one more than are shown where there are more. */
  readonly people?: readonly NamedPerson[]
  /** The last one shown, where there are more. */
  readonly more?: string
}

async function readWaiting(world: World): Promise<WaitingCredentials> {
  const [concerns, cases] = await Promise.all([openConcerns(world.db, WAITING), openCases(world.db, WAITING)])
  const [about, names] = await Promise.all([
    credentialsAmong(
      world.db,
      [...concerns, ...cases].map(({ credential }) => credential),
    ),
    namePeople(
      world,
      cases.map(({ actor }) => actor),
    ),
  ])
  return {
    concerns: concerns.map((one) => ({ ...one, of: { credential: about.get(one.credential) } })),
    cases: cases.map((one) => ({
      ...one,
      of: { credential: about.get(one.credential) },
      actorName: names.get(one.actor) ?? one.actor,
    })),
  }
}

/** Certificates for operators: what waits and the newest ones, or those of a person by id or by how their name begins. */
export async function readCredentials(
  world: World,
  session: Session,
  { q, before }: { readonly q: string; readonly before?: string | undefined },
): Promise<Result<CredentialsView>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const { db } = world
  const isId = workerId.safeParse(q).success
  const people = q === '' || (isId && (await findWorker(db, q))) ? [] : await peopleNamed(db, q, MOST_HOLDERS + 1)
  const [one] = people
  const shown = { now: world.now(), found: [] }
  if (people.length > 1) return ok({ ...shown, people })
  const worker = one?.worker ?? (isId ? q : undefined)
  if (q !== '' && worker === undefined) return ok(shown)
  const rows = await newestCredentials(db, {
    ...(worker === undefined ? {} : { worker }),
    ...(before === undefined ? {} : { before }),
    limit: PAGE + 1,
  })
  const found = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? found.at(-1)?.id : undefined
  return ok({
    ...shown,
    ...(q === '' && before === undefined ? { waiting: await readWaiting(world) } : {}),
    found,
    ...(last === undefined ? {} : { more: last }),
  })
}
