import { hashIdentity } from '../credential/hashed-identity.ts'
import { updateIdentity } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'

/** A worker asks that new credentials carry a salted hash of their e-mail address. The address itself is kept nowhere. */
export async function hashOwnAddress(world: World, worker: string, address: string): Promise<{ readonly identity: 'hashed' }> {
  // 128 random bits
  const salt = world.newSeed()
  await updateIdentity(world.db, worker, await hashIdentity(address, salt))
  return { identity: 'hashed' }
}

/** New credentials carry no hash any more; those that were issued stay as they were signed. */
export async function forgetOwnAddress(world: World, worker: string): Promise<{ readonly identity: 'none' }> {
  await updateIdentity(world.db, worker, null)
  return { identity: 'none' }
}
