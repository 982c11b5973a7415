import type { Language } from '../../../../dist/texts.d.ts'
import { type State, states } from './words.ts'

/** What the issuer says of a certificate at this moment. */
export interface LiveAnswer {
  readonly state: State
  readonly name: string
  readonly validUntil: string
  readonly statusChangedAt?: string
}

const LONGEST_WAIT_MS = 8_000
const isDate = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value))

/** An answer of the expected form; anything else, and a state that only this element knows, is no answer. */
function readAnswer(json: {
  verdict?: unknown
  name?: unknown
  validUntil?: unknown
  statusChangedAt?: unknown
}): LiveAnswer {
  const state = states.slice(0, 6).find((known) => known === json.verdict)
  if (!state || typeof json.name !== 'string' || !isDate(json.validUntil)) throw new TypeError('not an answer')
  return {
    state,
    name: json.name,
    validUntil: json.validUntil,
    statusChangedAt: isDate(json.statusChangedAt) ? json.statusChangedAt : undefined,
  }
}

/** Asks the issuer at `home`. Whatever goes wrong is `unknown`; only a 404 says that there is no such certificate, and a 410 that it was erased. */
export async function askIssuer(
  home: string,
  id: string,
  { locale, signal }: { locale: Language; signal: AbortSignal },
): Promise<LiveAnswer> {
  const nothing = { name: '', validUntil: '' }
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MS)])
    const reply = await fetch(`${home}/api/credentials/${id}?lang=${locale}`, {
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: limit,
    })
    if (reply.status === 404) return { ...nothing, state: 'missing' }
    if (reply.status === 410) return { ...nothing, state: 'erased' }
    return reply.ok ? readAnswer(await reply.json()) : { ...nothing, state: 'unknown' }
  } catch {
    return { ...nothing, state: 'unknown' }
  }
}
