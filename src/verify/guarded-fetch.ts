import { type Duration, milliseconds } from '../kernel/instant.ts'
import { readBounded } from '../platform/http/read-bounded.ts'
import { isPublicHttps } from './did-web.ts'

/** The network: the only way out. */
export type GuardedFetch = (url: string, init: RequestInit, timeout: Duration) => Promise<Pick<Response, 'status' | 'redirected' | 'body'>>

/** A foreign server has this long for the whole answer, and may send this much. */
export const FETCH_TIMEOUT = milliseconds(5_000)
export const MAX_FETCHED_BYTES = 262_144

/**
 * Calls somebody whom a stranger's token named: no redirects, bounded in time and bytes, and public https only, unless
 * whoever runs this vouches for the address. Undefined when it fails.
 */
export async function fetchGuarded(fetch: GuardedFetch, url: string, accept: string, isVouchedFor = false): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!isVouchedFor && !isPublicHttps(url)) return undefined
  const signal = AbortSignal.timeout(FETCH_TIMEOUT)
  try {
    const response = await fetch(url, { headers: { accept }, redirect: 'manual', signal }, FETCH_TIMEOUT)
    if (response.status !== 200 || response.redirected || !response.body) {
      await response.body?.cancel()
      return undefined
    }
    const bytes = await readBounded(response.body, MAX_FETCHED_BYTES, signal)
    // a trickle ends with the signal, whatever the network made of it
    return bytes === 'too-long' || signal.aborted ? undefined : bytes
  } catch {
    return undefined
  }
}
