import { type KeyRing, openKeyRing } from '../credential/keys.ts'
import type { Settings } from '../world/settings.ts'

// Only finished values are kept: on Workers a pending one belongs to its request.
const rings = new WeakMap<object, KeyRing>()

/** The product's imported keys, once per set of stored ones. */
export async function keyRingOf(world: { readonly settings: Pick<Settings, 'origin' | 'keys'> }): Promise<KeyRing> {
  const { origin, keys } = world.settings
  const ring = rings.get(keys) ?? (await openKeyRing(origin, keys))
  rings.set(keys, ring)
  return ring
}
