import type { Store } from './storage.ts'

interface Row {
  readonly value: string
  readonly version: number
  readonly until: number
}

/**
 * A store that forgets everything when the process ends: for tests and for a first look. A marketplace keeps its rows in the
 * database that it has.
 *
 * @example
 * const store = memoryStore()
 * await store.insert('seen/evt_1', '', { now: 0, until: Infinity }) // true
 * await store.insert('seen/evt_1', '', { now: 0, until: Infinity }) // false
 */
export function memoryStore(): Store {
  const rows = new Map<string, Row>()
  return {
    insert: async (key, value, { now, until }) => {
      const known = rows.get(key)
      if (known && known.until > now) return false
      rows.set(key, { value, version: 0, until })
      return true
    },
    raise: async (key, value, version) => {
      if ((rows.get(key)?.version ?? Number.NEGATIVE_INFINITY) >= version) return false
      rows.set(key, { value, version, until: Number.POSITIVE_INFINITY })
      return true
    },
    write: async (key, value, { until }) => void rows.set(key, { value, version: 0, until }),
    read: async (key) => rows.get(key)?.value,
    remove: async (key) => void rows.delete(key),
    list: async (prefix, most) =>
      [...rows]
        .flatMap(([key, { value }]) => (key.startsWith(prefix) ? [{ key, value }] : []))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, most),
  }
}
