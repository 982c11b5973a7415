import { readClaims } from './credential-claims.ts'
import { didOfKid } from './issuer-keys.ts'
import type { Reason } from './reasons.ts'
import { type BoundedMemory, boundedMemory, mapConcurrently, takeTurns } from './shared-work.ts'
import { type KeyLookup, type KeySource, openToken } from './signed-token.ts'
import {
  type Genuine,
  judge,
  refusal,
  type StatusAnswer,
  type StatusSource,
  type Verification,
} from './verification.ts'

interface Known extends Genuine {
  readonly kid: string
  readonly token: string
}

/**
 * Tokens whose signature, claims and issuer were once right, by their signature; the whole text is compared before one is
 * believed. @NOTE The whole text as the key would have to be hashed, as for a digest: 15 KB take the engine of Node 25 µs,
 * WebCrypto ten times that (`npm run bench verification` prints the latter).
 */
export type TokenMemory = BoundedMemory<Known>

/** Of what is no text, as programs without types may hand over, there is none. */
const signatureOf = (token: unknown): string =>
  typeof token === 'string' ? token.slice(token.lastIndexOf('.') + 1) : ''

/** Characters that a token may have on average, so that what is remembered is bounded too: a badge that lists many skills has 16,000. */
const AVERAGE_LENGTH = 8_192

export const createTokenMemory = (tokens: number): TokenMemory =>
  boundedMemory(tokens, tokens * AVERAGE_LENGTH, ({ token }) => token.length)

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
  verify(token: string, now: number): Promise<Verification>
  /** Judges many, in their order; the same text once. */
  verifyAll(tokens: readonly string[], now: number): Promise<readonly Verification[]>
}

/** Makes a verifier of its parts. That a token is genuine is remembered; its key, time and status are judged anew each time. */
export function assembleVerifier({ keys, status, memory = createTokenMemory(2_000) }: VerifierParts): Verifier {
  /** size → strict parse → header → key → signature → claims → issuer */
  async function open(token: string, signature: string, now: number): Promise<Known | Reason> {
    const opened = await openToken(token, keys, now)
    if (!opened.ok) return opened.problem
    const { header, payload } = opened.value
    const claims = readClaims(payload, didOfKid(header.kid))
    if (!claims.ok) return claims.problem
    const known = {
      token,
      kid: header.kid,
      claims: claims.value,
      credential: payload,
      content: token.slice(token.indexOf('.') + 1, token.lastIndexOf('.')),
    }
    memory.set(signature, known)
    return known
  }

  /** A remembered token stands only as long as its key does. */
  function recall(known: Known, now: number): Known | Reason | Promise<Known | Reason> {
    const standing = (key: KeyLookup) => (typeof key === 'string' ? key : known)
    const found = keys.find(known.kid, now)
    return found instanceof Promise ? found.then(standing) : standing(found)
  }

  function look(token: string, now: number): Known | Reason | Promise<Known | Reason> {
    const signature = signatureOf(token)
    const known = memory.get(signature)
    return known && known.token === token ? recall(known, now) : open(token, signature, now)
  }

  async function statesOf(genuine: readonly Genuine[], now: number): Promise<readonly StatusAnswer[]> {
    return status.readAll
      ? status.readAll(genuine, now)
      : mapConcurrently(genuine, AT_ONCE, (one) => status.read(one, now))
  }

  return {
    async verify(token, now) {
      const found = look(token, now)
      const seen = found instanceof Promise ? await found : found
      if (typeof seen === 'string') return refusal(seen)
      const answer = status.read(seen, now)
      return judge(seen, answer instanceof Promise ? await answer : answer, now)
    },
    async verifyAll(tokens, now) {
      const distinct = [...new Set(tokens)]
      const turn = takeTurns()
      const seen = await mapConcurrently(distinct, AT_ONCE, (token) => {
        const others = turn(token.length)
        return others ? others.then(() => look(token, now)) : look(token, now)
      })
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
