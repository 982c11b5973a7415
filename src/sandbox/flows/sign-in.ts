import { days, type Instant, plus } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Person } from '../people/person.ts'
import { deleteSession, findPerson, insertSession, readSession, sweepSessions } from '../people/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

const LASTS = days(30)

export interface SignedIn {
  /** Bearer token, shown once. */
  readonly session: string
  readonly person: Person
  readonly expiresAt: Instant
}

async function hashOf(token: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))).toString('base64url')
}

/** Signs a person of the sandbox in. There are no passwords: everybody in it is invented. */
export async function signIn(world: SandboxWorld, id: string): Promise<Outcome<SignedIn>> {
  const person = await findPerson(world.db, id)
  if (!person) return fail({ code: 'not-found' })
  const now = world.now()
  const session = `sbx_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`
  const expiresAt = plus(now, LASTS)
  await sweepSessions(world.db, now)
  await insertSession(world.db, { tokenHash: await hashOf(session), person: id, expiresAt })
  return ok({ session, person, expiresAt })
}

/** Who a session's token belongs to. */
export const whoIsSignedIn = async (world: SandboxWorld, token: string): Promise<Person | undefined> =>
  readSession(world.db, await hashOf(token), world.now())

export const signOut = async (world: SandboxWorld, token: string): Promise<void> =>
  deleteSession(world.db, await hashOf(token))
