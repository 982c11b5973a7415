/** Keeps the most recently used values of a cache. */
export interface BoundedMemory<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

/**
 * A least-recently-used memory of at most `size` values, which together weigh no more than `most`. A Map keeps insertion
 * order, so its first key is the one to forget.
 */
export function boundedMemory<T>(size: number, most = Number.POSITIVE_INFINITY, weigh: (value: T) => number = () => 0): BoundedMemory<T> {
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
