import { hashIdentity } from '../credential/open-badge.ts'
import type { Problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { updateNewCredentials } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'

type Refused = Extract<Problem, { code: 'forbidden' | 'gone' }>

/** A worker asks that new credentials carry a salted hash of their e-mail address. The address itself is kept nowhere. */
export async function hashOwnAddress(
  world: World,
  { role, worker }: Session,
  address: string,
): Promise<Result<{ readonly identity: 'hashed' }, Refused>> {
  // who cannot earn a credential has none to put it on
  if (role !== 'worker') return fail({ code: 'forbidden' })
  // 128 random bits
  const salt = world.newSeed()
  return (await updateNewCredentials(world.db, worker, { identity: await hashIdentity(address, salt) }))
    ? ok({ identity: 'hashed' })
    : fail({ code: 'gone' })
}

/** New credentials carry no hash any more; those that were issued stay as they were signed. */
export async function forgetOwnAddress(world: World, worker: string): Promise<{ readonly identity: 'none' }> {
  await updateNewCredentials(world.db, worker, { identity: null })
  return { identity: 'none' }
}
