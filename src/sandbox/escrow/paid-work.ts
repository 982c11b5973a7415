import type { Instant } from '../../kernel/instant.ts'

/** Where the buckets of amounts begin, in yen. */
const floors = [1, 5_000, 20_000, 50_000, 200_000, 1_000_000] as const

/** The bucket of an amount of 1 yen or more, as `from-to` with both ends in it, the last one open: `5000-19999`, `1000000-`. */
export function amountBucket(yen: number): string {
  const at = floors.findLastIndex((floor) => floor <= yen)
  const next = floors[at + 1]
  return `${floors[Math.max(at, 0)]}-${next === undefined ? '' : next - 1}`
}

/** A place in a list that is ordered by a time and, within it, by id. */
export interface Cursor {
  readonly at: Instant
  readonly id: string
}

/** An opaque text from which `readCursor` reads the place again. */
export const writeCursor = ({ at, id }: Cursor): string =>
  btoa(`${at}/${id}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Undefined when the text is no cursor. */
export function readCursor(text: string): Cursor | undefined {
  if (!/^[A-Za-z0-9_-]{1,200}$/.test(text)) return undefined
  try {
    const [, at, id] =
      /^(\d{1,15})\/([A-Za-z0-9_-]{1,100})$/.exec(atob(text.replaceAll('-', '+').replaceAll('_', '/'))) ?? []
    return at === undefined || id === undefined ? undefined : { at: Number(at) as Instant, id }
  } catch {
    return undefined
  }
}
