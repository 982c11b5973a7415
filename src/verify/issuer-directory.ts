import { type CryptoKey, importJWK, type JWK } from 'jose'
import { type Duration, type Instant, milliseconds } from '../kernel/instant.ts'
import { type BoundedMemory, boundedMemory } from './bounded-memory.ts'
import { didDocumentUrl, didOfKid } from './did-web.ts'
import { fetchGuarded, type GuardedFetch } from './guarded-fetch.ts'
import { type Flights, inOneFlight } from './shared-flight.ts'
import type { KeyLookup, KeySource } from './signed-token.ts'
import { isObject } from './strict-json.ts'
import { publicMembers, type VerificationKey, verificationAlgorithm } from './verification-key.ts'

/** How long fetched keys are used without asking again. */
const KEYS_FRESH = milliseconds(3_600_000)

/** Least time between two fetches from one issuer, so that made-up key ids cannot make us call somebody. */
export const KEY_FETCH_COOLDOWN = milliseconds(60_000)

/** Least RSA modulus: 2048 bits as base64url. */
const LEAST_MODULUS_LENGTH = 342

/** Verification methods of a document that are looked at. */
const MOST_METHODS = 50

interface KnownIssuer {
  readonly keys: ReadonlyMap<string, VerificationKey>
  /** Whether the last fetch gave a document. */
  readonly isReadable: boolean
  readonly triedAt: Instant
}

/** What is remembered of foreign issuers, across requests. */
export interface IssuerDirectory {
  readonly known: BoundedMemory<KnownIssuer>
  readonly flights: Flights<KnownIssuer>
}

export const createIssuerDirectory = (issuers = 500): IssuerDirectory => ({ known: boundedMemory(issuers), flights: new Map() })

/** The usable P-256 or RSA key of one verification method. */
async function importMethod(did: string, method: unknown): Promise<readonly [string, VerificationKey] | undefined> {
  if (!isObject(method) || typeof method.id !== 'string' || method.controller !== did || !isObject(method.publicKeyJwk)) return undefined
  const jwk = method.publicKeyJwk as JWK
  const members = publicMembers(jwk)
  const alg = verificationAlgorithm({ ...members, alg: jwk.alg })
  if (!alg || (jwk.use !== undefined && jwk.use !== 'sig') || (alg === 'RS256' && (members.n?.length ?? 0) < LEAST_MODULUS_LENGTH)) return undefined
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
  const asserting = new Set(document.assertionMethod.map((entry: unknown) => (typeof entry === 'string' && entry.startsWith('#') ? `${did}${entry}` : entry)))
  const methods: unknown[] = Array.isArray(document.verificationMethod) ? document.verificationMethod.slice(0, MOST_METHODS) : []
  const imported = await Promise.all(methods.map((method) => importMethod(did, method)))
  return new Map(imported.filter((entry) => entry !== undefined && didOfKid(entry[0]) === did && asserting.has(entry[0])) as (readonly [string, VerificationKey])[])
}

const unread = (now: Instant): KnownIssuer => ({ keys: new Map(), isReadable: false, triedAt: now })

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
  readonly cooldown?: Duration
  /** Origins of issuers that whoever runs this vouches for, by DID: they may be anywhere. */
  readonly vouchedFor?: ReadonlyMap<string, string>
  /** Whether only those are asked. */
  readonly isClosed?: boolean
  /** Whether one more call may be made now. */
  readonly mayCall?: () => boolean
}

/** Resolves `did:web` issuers over https. Many callers of one issuer share one fetch. */
export function issuerKeySource({ directory, fetch, cooldown = KEY_FETCH_COOLDOWN, vouchedFor = new Map(), isClosed = false, mayCall = () => true }: IssuerKeyOptions): KeySource {
  async function readIssuer(did: string, url: string, now: Instant): Promise<KnownIssuer> {
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
      if (known && key && now - known.triedAt < KEYS_FRESH) return key
      const lookup = (issuer: KnownIssuer): KeyLookup => issuer.keys.get(kid) ?? (issuer.isReadable ? 'key-unknown' : 'issuer-unreachable')
      if (known && now - known.triedAt < cooldown) return lookup(known)
      if (!directory.flights.has(did) && !mayCall()) return 'issuer-not-asked'
      return inOneFlight(directory.flights, did, () => readIssuer(did, url, now), unread(now)).then(lookup)
    },
  }
}
