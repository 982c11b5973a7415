import { parseMembers } from './strict-parsing.ts'
import type { StatusAnswer } from './verification.ts'

const privateNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|invalid|onion|home\.arpa)$/

/** One label of a name, which leaves no room for empty ones and for the brackets and colons of IPv6. */
const isLabel = (label: string): boolean => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)

/** Whether a URL is https on the default port of a host that has a public-looking name and is no address. */
export function isPublicHttps(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  // a name whose last label is a number is an IPv4 address (WHATWG URL, "ends in a number")
  return (
    host.includes('.') &&
    host.split('.').every(isLabel) &&
    !/(^|\.)(\d+|0x[0-9a-f]*)$/.test(host) &&
    !privateNames.test(host)
  )
}

/** The network: the only way out. */
export type GuardedFetch = (
  url: string,
  init: RequestInit,
  timeout: number,
) => Promise<Pick<Response, 'status' | 'redirected' | 'body'>>

/** A foreign server has this long for the whole answer, in milliseconds, and may send this much. */
export const FETCH_TIMEOUT = 5_000
export const MAX_FETCHED_BYTES = 262_144

/** Each piece costs as much as a kilobyte does, so that pieces of one byte are soon too many. An honest stream has fewer. */
const mostPieces = (mostBytes: number): number => 128 + Math.ceil(mostBytes / 1_024)

/**
 * Reads a stream to its end; `too-long` as soon as more bytes or pieces than that have come: the rest is not asked for.
 * @throws what the stream throws, or when the signal is aborted.
 */
export async function readBounded(
  stream: ReadableStream<Uint8Array>,
  mostBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | 'too-long'> {
  let [bytes, pieces, isTooLong] = [0, 0, false]
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.length
      pieces += 1
      isTooLong = bytes > mostBytes || pieces > mostPieces(mostBytes)
      if (isTooLong) controller.error(new RangeError('too long'))
      else controller.enqueue(piece)
    },
  })
  try {
    return new Uint8Array(await new Response(stream.pipeThrough(limit, { signal })).arrayBuffer())
  } catch (error) {
    if (isTooLong) return 'too-long'
    throw error
  }
}

/**
 * Calls somebody whom a stranger's token named: no redirects, bounded in time and bytes, and public https only, unless
 * whoever runs this vouches for the address. Undefined when it fails.
 */
export async function fetchGuarded(
  fetch: GuardedFetch,
  url: string,
  accept: string,
  isVouchedFor = false,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!isVouchedFor && !isPublicHttps(url)) return undefined
  const signal = AbortSignal.timeout(FETCH_TIMEOUT)
  try {
    const response = await fetch(url, { headers: { accept }, redirect: 'manual', signal }, FETCH_TIMEOUT)
    if (response.status !== 200 || response.redirected || !response.body) {
      await response.body?.cancel()
      return undefined
    }
    // a trickle ends with the signal, whatever the network made of it
    const bytes = await readBounded(response.body, MAX_FETCHED_BYTES, signal)
    return bytes === 'too-long' ? undefined : bytes
  } catch {
    return undefined
  }
}

/** Fetches that are under way, by what is fetched. */
export type Flights<T> = Map<string, Promise<T>>

/**
 * Joins the fetch that is under way for a key, or begins it. On Workers a fetch dies with the request that began it, so
 * whoever waits for another's gives up at the limit of a fetch, with `otherwise`.
 */
export async function inOneFlight<T>(
  flights: Flights<T>,
  key: string,
  begin: () => Promise<T>,
  otherwise: T,
): Promise<T> {
  const flight = flights.get(key) ?? begin()
  flights.set(key, flight)
  try {
    return await Promise.race([flight, patience(otherwise)])
  } finally {
    if (flights.get(key) === flight) flights.delete(key)
  }
}

const patience = <T>(otherwise: T): Promise<T> =>
  new Promise((resolve) => AbortSignal.timeout(FETCH_TIMEOUT).addEventListener('abort', () => resolve(otherwise)))

const states: ReadonlyMap<unknown, StatusAnswer> = new Map([
  ['valid', 'good'],
  ['suspended', 'suspended'],
  ['revoked', 'revoked'],
  ['expired', 'expired'],
  ['invalid', 'differs-from-record'],
])

/**
 * What an issuer who runs Kentei says of a badge of its own now: a suspension passes, and therefore stands in no list; and
 * the issuer alone knows whether this is what it issued.
 */
export async function askIssuer(fetch: GuardedFetch, origin: string, credential: string): Promise<StatusAnswer> {
  const signal = AbortSignal.timeout(FETCH_TIMEOUT)
  try {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ credential }),
      redirect: 'manual',
      signal,
    } as const
    const response = await fetch(`${origin}/api/credentials/verify`, init, FETCH_TIMEOUT)
    if (response.status !== 200 || !response.body) return 'suspension-unknown'
    const bytes = await readBounded(response.body, MAX_FETCHED_BYTES, signal)
    const answer = bytes === 'too-long' ? undefined : parseMembers(bytes)
    return (answer?.ok && states.get(answer.value.verdict)) || 'suspension-unknown'
  } catch {
    return 'suspension-unknown'
  }
}
