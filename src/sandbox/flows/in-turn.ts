import type { SandboxWorld } from '../sandbox-world.ts'

const queues = new WeakMap<SandboxWorld, Map<string, Promise<unknown>>>()

/**
 * Lets acts on one thing follow each other within this process, in the order in which they came. Correctness does not rest
 * on it, the database sees to that: it spares many who come at once from losing race after race.
 */
export async function inTurn<T>(world: SandboxWorld, thing: string, act: () => Promise<T>): Promise<T> {
  const queue = queues.get(world) ?? new Map<string, Promise<unknown>>()
  queues.set(world, queue)
  const turn = (queue.get(thing) ?? Promise.resolve()).then(act, act)
  queue.set(thing, turn)
  try {
    return await turn
  } finally {
    if (queue.get(thing) === turn) queue.delete(thing)
  }
}
