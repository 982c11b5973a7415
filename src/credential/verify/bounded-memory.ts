/** Keeps the most recently used values of a cache. */
export interface BoundedMemory<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

/**
 * A least-recently-used memory of at most `size` values whose keys have at most so many `characters` together. A Map keeps
 * insertion order, so its first key is the one to forget.
 */
export function boundedMemory<T>(size: number, characters = Number.POSITIVE_INFINITY): BoundedMemory<T> {
  const values = new Map<string, T>()
  let held = 0
  const forget = (key: string) => {
    if (values.delete(key)) held -= key.length
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
      held += key.length
      while (values.size > size || held > characters) forget(values.keys().next().value as string)
    },
  }
}
