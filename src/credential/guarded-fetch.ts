import { type Duration, milliseconds } from '../kernel/instant.ts'
import { isPublicHttps } from './did-web.ts'

/** The network of the world: the only way out. */
export type WorldFetch = (url: string, init: RequestInit, timeout: Duration) => Promise<Response>

/** A foreign server has this long for the whole answer, and may send this much. */
export const FETCH_TIMEOUT = milliseconds(5_000)
export const MAX_FETCHED_BYTES = 262_144

/** Calls somebody whom a stranger's token named: public https only, no redirects, bounded in time and bytes. Undefined when it fails. */
export async function fetchGuarded(fetch: WorldFetch, url: string, accept: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!isPublicHttps(url)) return undefined
  const signal = AbortSignal.timeout(FETCH_TIMEOUT)
  try {
    const response = await fetch(url, { headers: { accept }, redirect: 'manual', signal }, FETCH_TIMEOUT)
    if (response.status !== 200 || response.redirected || !response.body) {
      await response.body?.cancel()
      return undefined
    }
    return await readCapped(response.body, signal)
  } catch {
    return undefined
  }
}

/** Reads a body up to the cap; a trickle ends with the signal. */
async function readCapped(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = body.getReader()
  const stop = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', stop)
  const out = new Uint8Array(MAX_FETCHED_BYTES)
  let length = 0
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (length + chunk.value.length > MAX_FETCHED_BYTES) {
        stop()
        return undefined
      }
      out.set(chunk.value, length)
      length += chunk.value.length
    }
    return signal.aborted ? undefined : out.slice(0, length)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
