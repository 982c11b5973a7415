/** Keeps the most recently used values of a cache. */
export interface BoundedMemory<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

/**
 * A least-recently-used memory of at most `size` values, which together weigh no more than `most`. A Map keeps insertion
 * order, so its first key is the one to forget.
 */
export function boundedMemory<T>(
  size: number,
  most = Number.POSITIVE_INFINITY,
  weigh: (value: T) => number = () => 0,
): BoundedMemory<T> {
  const values = new Map<string, T>()
  let held = 0
  const forget = (key: string) => {
    const value = values.get(key)
    if (value !== undefined && values.delete(key)) held -= weigh(value)
  }
  return {
    get(key) {
      const value = values.get(key)
      if (value !== undefined && values.size > 1) {
        values.delete(key)
        values.set(key, value)
      }
      return value
    },
    set(key, value) {
      forget(key)
      values.set(key, value)
      held += weigh(value)
      while (values.size > size || held > most) forget(values.keys().next().value as string)
    },
  }
}

/** Acts on all values, at most `atOnce` at a time; the results are in the order of the values. */
export async function mapConcurrently<T, R>(
  values: readonly T[],
  atOnce: number,
  act: (value: T) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(values.length)
  let next = 0
  const work = async () => {
    while (next < values.length) {
      const index = next++
      results[index] = await act(values[index] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, values.length) }, work))
  return results
}

/** Work, in characters, after which others have a turn: some milliseconds. */
const SLICE = 262_144

// browsers have none, Node's is a hundred times as quick as a timer
const later: (then: () => void) => void =
  (globalThis as { setImmediate?: (then: () => void) => void }).setImmediate ?? ((then) => setTimeout(then, 0))

/** Counts work, and lets whatever else this process has to do go first after every slice of it. */
export function takeTurns(): (characters: number) => Promise<void> | undefined {
  let worked = 0
  return (characters) => {
    worked += characters
    if (worked < SLICE) return undefined
    worked = 0
    return new Promise((resolve) => later(resolve))
  }
}
