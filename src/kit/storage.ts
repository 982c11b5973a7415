/** A value under its key. Both are text; keys are at most 600 characters. */
export interface Kept {
  readonly key: string
  readonly value: string
}

/** How long a value is needed, in milliseconds since 1970: whatever ended before now may be forgotten. `Infinity`: for good. */
export interface Needed {
  readonly until: number
}

/**
 * Where the marketplace keeps what it was told, what it has to tell, and what must not happen twice. One table does:
 * `key` (primary key), `value`, `version`, `until`. **Each method is one statement**, so that two requests at once cannot
 * both win: what was there is looked at by the statement that writes.
 * `examples/sqlite-store.mjs` of the package is one in SQLite.
 */
export interface Store {
  /** Keeps a value where there is none, or one that is no longer needed. @returns whether it was kept. */
  insert(key: string, value: string, at: Needed & { readonly now: number }): Promise<boolean>
  /** Keeps a value for good where there is none, or one of a lower version. @returns whether it was kept. */
  raise(key: string, value: string, version: number): Promise<boolean>
  /** Keeps a value, whatever was there. */
  write(key: string, value: string, needed: Needed): Promise<void>
  read(key: string): Promise<string | undefined>
  remove(key: string): Promise<void>
  /** The first `most` values whose keys begin so, in the order of their keys. */
  list(prefix: string, most: number): Promise<readonly Kept[]>
}

/** A key of parts, none of which can end another. */
export const keyOf = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/')

export const FOR_GOOD: Needed = { until: Number.POSITIVE_INFINITY }
