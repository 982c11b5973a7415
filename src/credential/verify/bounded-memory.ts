/** Keeps the most recently used values of a cache, at most `size` of them. */
export interface BoundedMemory<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

/** A least-recently-used memory: a Map keeps insertion order, so its first key is the one to forget. */
export function boundedMemory<T>(size: number): BoundedMemory<T> {
  const values = new Map<string, T>()
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
      values.delete(key)
      values.set(key, value)
      if (values.size > size) values.delete(values.keys().next().value as string)
    },
  }
}
