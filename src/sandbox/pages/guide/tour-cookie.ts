import { getCookie, setCookie } from 'hono/cookie'
import type { PageContext } from '../page-door.tsx'

const COOKIE = '__Host-story'
const A_YEAR_OF_SECONDS = 31_536_000

/** Whose story a reader follows, and where that person stood when it began. */
export interface Tour {
  readonly worker: string
  /** Position in the order, from 1; 0 where there was none. */
  readonly from: number
}

/** The tour of this browser; undefined before it has begun. */
export function readTour(c: PageContext): Tour | undefined {
  const [, worker, from] = /^([A-Za-z0-9_-]{1,128})\.(\d{1,9})$/.exec(getCookie(c, COOKIE) ?? '') ?? []
  return worker === undefined ? undefined : { worker, from: Number(from) }
}

export function keepTour(c: PageContext, { worker, from }: Tour): void {
  setCookie(c, COOKIE, `${worker}.${from}`, {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: A_YEAR_OF_SECONDS,
  })
}
