import { readBounded } from '../platform/http/read-bounded.ts'
import { FETCH_TIMEOUT, type GuardedFetch, MAX_FETCHED_BYTES } from './guarded-fetch.ts'
import { parseMembers } from './strict-json.ts'
import type { StatusAnswer } from './verification.ts'

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
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ credential }), redirect: 'manual', signal } as const
    const response = await fetch(`${origin}/api/credentials/verify`, init, FETCH_TIMEOUT)
    if (response.status !== 200 || !response.body) return 'suspension-unknown'
    const bytes = await readBounded(response.body, MAX_FETCHED_BYTES, signal)
    const answer = bytes === 'too-long' ? undefined : parseMembers(bytes)
    return (answer?.ok && states.get(answer.value.verdict)) || 'suspension-unknown'
  } catch {
    return 'suspension-unknown'
  }
}
