import { type CryptoKey, importJWK, type JWK } from 'jose'
import { type Flights, fetchGuarded, type GuardedFetch, inOneFlight, isPublicHttps } from './guarded-fetch.ts'
import { type BoundedMemory, boundedMemory } from './shared-work.ts'
import type { KeyLookup, KeySource, VerificationKey } from './signed-token.ts'
import { isObject } from './strict-parsing.ts'

/** The `did:web` method: a domain name is the identity of an issuer, and its web server publishes the keys. */

/** Issuer DID of an origin; a port is percent-encoded: `http://localhost:8787` → `did:web:localhost%3A8787`. */
export const didOfOrigin = (origin: string): string => `did:web:${encodeURIComponent(new URL(origin).host)}`

/** The DID before the `#` of a key id; undefined when there is no single `#` with something on both sides. */
export function didOfKid(kid: string): string | undefined {
  const hash = kid.indexOf('#')
  return hash > 0 && hash < kid.length - 1 && kid.indexOf('#', hash + 1) < 0 ? kid.slice(0, hash) : undefined
}

/**
 * Where a foreign `did:web` publishes its document; undefined when it is not a host that may be called.
 * Refused: ports, IP addresses in any notation, hosts without a dot, and names that lead into a private network.
 * A host is read by the URL parser first, so that `0x7f.1` and full-width digits are seen as the addresses they are.
 */
export function didDocumentUrl(did: string): string | undefined {
  const match = /^did:web:([A-Za-z0-9.-]{1,253})((?::[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}){0,4})$/.exec(did)
  if (!match) return undefined
  const path = match[2] ? match[2].replaceAll(':', '/') : '/.well-known'
  const url = `https://${match[1]}${path}/did.json`
  return isPublicHttps(url) ? url : undefined
}

/** Which algorithm of Open Badges a JWK is for, by its own type; undefined for any other. */
export function verificationAlgorithm(jwk: JWK): VerificationKey['alg'] | undefined {
  const alg = jwk.kty === 'EC' && jwk.crv === 'P-256' ? 'ES256' : jwk.kty === 'RSA' ? 'RS256' : undefined
  return jwk.alg === undefined || jwk.alg === alg ? alg : undefined
}

/** The public members of a JWK, picked by name, so that no private one can slip through. */
export function publicMembers(jwk: JWK): JWK {
  const { kty, crv, x, y, n, e } = jwk
  return Object.fromEntries(Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined)) as JWK
}

/** How long fetched keys are used without asking again. */
const KEYS_FRESH = 3_600_000

/** Least time between two fetches from one issuer, so that made-up key ids cannot make us call somebody. */
export const KEY_FETCH_COOLDOWN = 60_000

/** Least RSA modulus: 2048 bits as base64url. */
const LEAST_MODULUS_LENGTH = 342

/** Verification methods of a document that are looked at. */
const MOST_METHODS = 50

interface KnownIssuer {
  readonly keys: ReadonlyMap<string, VerificationKey>
  /** Whether the last fetch gave a document. */
  readonly isReadable: boolean
  readonly triedAt: number
}

/** What is remembered of foreign issuers, across requests. */
export interface IssuerDirectory {
  readonly known: BoundedMemory<KnownIssuer>
  readonly flights: Flights<KnownIssuer>
}

export const createIssuerDirectory = (issuers = 500): IssuerDirectory => ({
  known: boundedMemory(issuers),
  flights: new Map(),
})

/** The usable P-256 or RSA key of one verification method. */
async function importMethod(did: string, method: unknown): Promise<readonly [string, VerificationKey] | undefined> {
  if (!isObject(method) || typeof method.id !== 'string' || method.controller !== did || !isObject(method.publicKeyJwk))
    return undefined
  const jwk = method.publicKeyJwk as JWK
  const members = publicMembers(jwk)
  const alg = verificationAlgorithm({ ...members, alg: jwk.alg })
  if (
    !alg ||
    (jwk.use !== undefined && jwk.use !== 'sig') ||
    (alg === 'RS256' && (members.n?.length ?? 0) < LEAST_MODULUS_LENGTH)
  )
    return undefined
  try {
    const publicKey = (await importJWK(members, alg)) as CryptoKey
    return [method.id.startsWith('#') ? `${did}${method.id}` : method.id, { alg, publicKey }]
  } catch {
    return undefined
  }
}

/** The keys that a DID document lets assert; undefined when it is not this DID's document. */
async function assertionKeys(did: string, document: unknown): Promise<Map<string, VerificationKey> | undefined> {
  if (!isObject(document) || document.id !== did || !Array.isArray(document.assertionMethod)) return undefined
  const asserting = new Set(
    document.assertionMethod.map((entry: unknown) =>
      typeof entry === 'string' && entry.startsWith('#') ? `${did}${entry}` : entry,
    ),
  )
  const methods: unknown[] = Array.isArray(document.verificationMethod)
    ? document.verificationMethod.slice(0, MOST_METHODS)
    : []
  const imported = await Promise.all(methods.map((method) => importMethod(did, method)))
  return new Map(
    imported.filter(
      (entry) => entry !== undefined && didOfKid(entry[0]) === did && asserting.has(entry[0]),
    ) as (readonly [string, VerificationKey])[],
  )
}

const unread = (now: number): KnownIssuer => ({ keys: new Map(), isReadable: false, triedAt: now })

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

export interface IssuerKeyOptions {
  readonly directory: IssuerDirectory
  readonly fetch: GuardedFetch
  readonly cooldown?: number
  /** Origins of issuers that whoever runs this vouches for, by DID: they may be anywhere. */
  readonly vouchedFor?: ReadonlyMap<string, string>
  /** Whether only those are asked. */
  readonly isClosed?: boolean
  /** Whether one more call may be made now. */
  readonly mayCall?: () => boolean
}

/** Resolves `did:web` issuers over https. Many callers of one issuer share one fetch. */
export function issuerKeySource({
  directory,
  fetch,
  cooldown = KEY_FETCH_COOLDOWN,
  vouchedFor = new Map(),
  isClosed = false,
  mayCall = () => true,
}: IssuerKeyOptions): KeySource {
  async function readIssuer(did: string, url: string, now: number): Promise<KnownIssuer> {
    const bytes = await fetchGuarded(fetch, url, 'application/did+json, application/json', vouchedFor.has(did))
    const keys = bytes && (await assertionKeys(did, parseJson(bytes)))
    const issuer = keys ? { keys, isReadable: true, triedAt: now } : unread(now)
    directory.known.set(did, issuer)
    return issuer
  }
  /** Where the keys of a DID are, or why nobody asks there. */
  function addressOf(did: string): string | { readonly refused: 'issuer-untrusted' | 'issuer-refused' } {
    const origin = vouchedFor.get(did)
    if (origin !== undefined) return `${origin}/.well-known/did.json`
    return isClosed ? { refused: 'issuer-untrusted' } : (didDocumentUrl(did) ?? { refused: 'issuer-refused' })
  }
  return {
    find(kid, now) {
      const did = didOfKid(kid)
      const url = did === undefined ? ({ refused: 'issuer-refused' } as const) : addressOf(did)
      if (did === undefined || typeof url !== 'string') return (url as { refused: 'issuer-refused' }).refused
      const known = directory.known.get(did)
      const key = known?.keys.get(kid)
      // far below zero a clock was ahead when they were read: nothing is known then. A little below, another call began later
      const isKnown = known !== undefined && now > known.triedAt - cooldown
      const age = isKnown ? Math.max(0, now - known.triedAt) : Number.POSITIVE_INFINITY
      if (key && age < KEYS_FRESH) return key
      const lookup = (issuer: KnownIssuer): KeyLookup =>
        issuer.keys.get(kid) ?? (issuer.isReadable ? 'key-unknown' : 'issuer-unreachable')
      if (known && age < cooldown) return lookup(known)
      if (!directory.flights.has(did) && !mayCall()) return 'issuer-not-asked'
      return inOneFlight(directory.flights, did, () => readIssuer(did, url, now), unread(now)).then(lookup)
    },
  }
}
