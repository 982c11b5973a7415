import type { Instant } from '../../kernel/instant.ts'
import { type BoundedMemory, boundedMemory } from './bounded-memory.ts'
import { readClaims } from './credential-claims.ts'
import { didOfKid } from './did-web.ts'
import { mapConcurrently } from './map-concurrently.ts'
import { type KeySource, openToken } from './signed-token.ts'
import type { Reason } from './token-refusal.ts'
import { type Genuine, judge, refusal, type StatusAnswer, type StatusSource, type Verification } from './verification.ts'

interface Known extends Genuine {
  readonly kid: string
}

/**
 * Tokens whose signature, claims and issuer were once right, by their whole text. An exact text needs no digest: the
 * engine hashes a string natively, while WebCrypto's digest takes several times as long as all else that a known token
 * needs (`npm run bench verification` prints both).
 */
export type TokenMemory = BoundedMemory<Known>

/** What a token may have on average, so that the memory's size in bytes is bounded too: a badge that lists many skills has 16 KB. */
const AVERAGE_BYTES = 8_192

export const createTokenMemory = (tokens: number): TokenMemory => boundedMemory(tokens, tokens * AVERAGE_BYTES)

/** How many tokens and states of one batch are under way at once. */
const AT_ONCE = 8

export interface VerifierParts {
  readonly keys: KeySource
  readonly status: StatusSource
  /** Shared between verifiers of one process; without it this verifier has its own, of 2,000 tokens. */
  readonly memory?: TokenMemory
}

export interface Verifier {
  /** Judges a token at a time. Never throws on account of the token. */
  verify(token: string, now: Instant): Promise<Verification>
  /** Judges many, in their order; the same text once. */
  verifyAll(tokens: readonly string[], now: Instant): Promise<readonly Verification[]>
}

/** Makes a verifier of its parts. That a token is genuine is remembered; its key, time and status are judged anew each time. */
export function assembleVerifier({ keys, status, memory = createTokenMemory(2_000) }: VerifierParts): Verifier {
  /** size → strict parse → header → key → signature → claims → issuer */
  async function open(token: string, now: Instant): Promise<Known | Reason> {
    const opened = await openToken(token, keys, now)
    if (!opened.ok) return opened.problem
    const { header, payload } = opened.value
    const claims = readClaims(payload, didOfKid(header.kid))
    if (!claims.ok) return claims.problem
    const known = { kid: header.kid, claims: claims.value, credential: payload, content: token.slice(token.indexOf('.') + 1, token.lastIndexOf('.')) }
    memory.set(token, known)
    return known
  }

  /** A remembered token stands only as long as its key does. */
  async function recall(known: Known, now: Instant): Promise<Known | Reason> {
    const found = keys.find(known.kid, now)
    const key = found instanceof Promise ? await found : found
    return typeof key === 'string' ? key : known
  }

  function look(token: string, now: Instant): Promise<Known | Reason> {
    const known = memory.get(token)
    return known ? recall(known, now) : open(token, now)
  }

  async function statesOf(genuine: readonly Genuine[], now: Instant): Promise<readonly StatusAnswer[]> {
    return status.readAll ? status.readAll(genuine, now) : mapConcurrently(genuine, AT_ONCE, (one) => status.read(one, now))
  }

  return {
    async verify(token, now) {
      const seen = await look(token, now)
      if (typeof seen === 'string') return refusal(seen)
      const answer = status.read(seen, now)
      return judge(seen, answer instanceof Promise ? await answer : answer, now)
    },
    async verifyAll(tokens, now) {
      const distinct = [...new Set(tokens)]
      const seen = await mapConcurrently(distinct, AT_ONCE, (token) => look(token, now))
      const genuine = seen.filter((one) => typeof one !== 'string')
      const answers = await statesOf(genuine, now)
      const judged = new Map(genuine.map((one, i) => [one, judge(one, answers[i] as StatusAnswer, now)]))
      const results = new Map(distinct.map((token, i) => [token, seen[i] as Known | Reason]))
      return tokens.map((token) => {
        const one = results.get(token) as Known | Reason
        return typeof one === 'string' ? refusal(one) : (judged.get(one) as Verification)
      })
    },
  }
}
