import { uuidv7 } from 'uuidv7'
import type { IdKind } from '../kernel/id.ts'
import { instant } from '../kernel/instant.ts'
import type { World } from './world.ts'

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const call: World['fetch'] = (url, init, timeout) => fetch(url, { ...init, signal: AbortSignal.timeout(timeout) })

/** The real clock, ids, entropy and network: the same on Node and in workerd. */
export const outside: Omit<World, 'db' | 'settings' | 'rendering'> = {
  now: () => instant(Date.now()),
  newId: <Kind extends IdKind>(kind: Kind) => `${kind}_${uuidv7().replaceAll('-', '')}` as const,
  newSeed: () => hex(crypto.getRandomValues(new Uint8Array(16))),
  newUuid: () => crypto.randomUUID(),
  newSecret: () =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace('=', ''),
  drawBelow: (bound) => {
    // rejection keeps the draw uniform
    const limit = Math.floor(2 ** 32 / bound) * bound
    for (;;) {
      const [word = 0] = crypto.getRandomValues(new Uint32Array(1))
      if (word < limit) return word % bound
    }
  },
  fetch: call,
  // the edge has no network of ours around it; Node puts a guarded call in its place
  fetchStranger: call,
}
