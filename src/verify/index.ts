import type { GuardedFetch } from './guarded-fetch.ts'
import { askIssuer } from './guarded-fetch.ts'
import { createIssuerDirectory, didOfOrigin, issuerKeySource } from './issuer-keys.ts'
import { mapConcurrently } from './shared-work.ts'
import { createListMemory, guardedListLoader, listStatusSource } from './status-list.ts'
import { judge, type Verification } from './verification.ts'
import { assembleVerifier, createTokenMemory } from './verify-credential.ts'

export type { Check, Verdict, Verification } from './verification.ts'

export interface VerifierOptions {
  /** Origins whose badges are accepted, such as `https://kentei.example`. They may be anywhere, `http://localhost:8787` too. */
  readonly issuers?: readonly string[]
  /** Accept badges of any `did:web` issuer on the public web too. What an unknown issuer vouches for is yours to judge. */
  readonly anyIssuer?: boolean
  /** Ask those of `issuers` for suspensions too, each time: they pass, and therefore stand in no list. */
  readonly asksIssuers?: boolean
  /** How many tokens are remembered, of those over 8 KB fewer; 2,000 unless told. They take some 20 KB each. */
  readonly tokens?: number
  /** How many status lists stay inflated; 50 unless told. One takes 16 KB to 1 MB. */
  readonly lists?: number
  /** The network, in place of the platform's; `timeout` in milliseconds. */
  readonly fetch?: GuardedFetch
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

export interface CredentialVerifier {
  /** Judges a badge now. Never throws on account of the token, the issuer or the network. */
  verify(token: string): Promise<Verification>
  /** Judges many, in their order; the same text once. */
  verifyAll(tokens: readonly string[]): Promise<readonly Verification[]>
}

const ASKED_AT_ONCE = 8

/** The DIDs of origins. Throws for what is no origin: a slash too many would trust nobody. */
function didsOf(origins: readonly string[]): ReadonlyMap<string, string> {
  // a variable that is not set comes as undefined, whatever its type says
  for (const origin of origins)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new TypeError(`${origin} is not an origin such as https://kentei.example`)
  return new Map(origins.map((origin) => [didOfOrigin(origin), origin]))
}

/**
 * Makes a verifier. It keeps keys, lists and tokens, so make one per process.
 * @throws a TypeError when nobody is trusted, or an issuer is no origin.
 *
 * @example
 * const verifier = createVerifier({ issuers: ['https://kentei.example'] })
 * const { verdict, checks } = await verifier.verify('not.a.badge')
 * verdict === 'invalid' // true
 * checks.some(({ outcome }) => outcome === 'failed') // true
 */
export function createVerifier(options: VerifierOptions): CredentialVerifier {
  const { issuers = [], anyIssuer = false, asksIssuers = false, tokens = 2_000, lists = 50, now = Date.now } = options
  if (issuers.length === 0 && !anyIssuer)
    throw new TypeError('Name the issuers whose badges are accepted, or accept any')
  // in a browser fetch wants to be called on nothing
  const call: GuardedFetch = (url, init, timeout) =>
    options.fetch ? options.fetch(url, init, timeout) : fetch(url, init)
  const vouchedFor = didsOf(issuers)
  const keys = issuerKeySource({ directory: createIssuerDirectory(), fetch: call, vouchedFor, isClosed: !anyIssuer })
  const status = listStatusSource({ keys, load: guardedListLoader(call, vouchedFor), memory: createListMemory(lists) })
  const verifier = assembleVerifier({ keys, status, memory: createTokenMemory(tokens) })

  /** The issuer may take away what is valid so far, and never make anything valid. */
  async function withLiveState(
    token: string,
    { verdict, claims, credential, ...rest }: Verification,
  ): Promise<Verification> {
    const origin = asksIssuers && verdict === 'valid' && claims ? vouchedFor.get(claims.issuer) : undefined
    if (origin === undefined || !claims || !credential) return { verdict, claims, credential, ...rest }
    return judge({ claims, credential }, await askIssuer(call, origin, token), now())
  }

  return {
    verify: async (token) => withLiveState(token, await verifier.verify(token, now())),
    async verifyAll(all) {
      const found = await verifier.verifyAll(all, now())
      return asksIssuers
        ? mapConcurrently([...found.keys()], ASKED_AT_ONCE, (i) =>
            withLiveState(all[i] as string, found[i] as Verification),
          )
        : found
    },
  }
}
