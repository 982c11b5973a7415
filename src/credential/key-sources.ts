import { type CryptoKey, importJWK, type JWK } from 'jose'
import { type Duration, type Instant, milliseconds } from '../kernel/instant.ts'
import { type BoundedMemory, boundedMemory } from './bounded-memory.ts'
import { didDocumentUrl, didOfKid } from './did-web.ts'
import { FETCH_TIMEOUT, fetchGuarded, type WorldFetch } from './guarded-fetch.ts'
import { algorithmOf, type KeyRing, publicMembers, type VerificationKey } from './keys.ts'
import { isObject, type KeyLookup, type KeySource } from './signed-token.ts'

/** The product's own keys: no network. Retired and coming keys verify; a blocked one says so. */
export function ownKeySource(ring: KeyRing): KeySource {
  const lookups = new Map<string, KeyLookup>()
  for (const { kid, alg, use, state, publicKey } of ring.keys) {
    if (use === 'credential' && alg !== 'Ed25519') lookups.set(kid, state === 'blocked' ? 'key-blocked' : { alg, publicKey })
  }
  return { find: (kid) => lookups.get(kid) ?? 'key-unknown' }
}

/** Own keys for the own DID, the directory for all others. */
export function keySourceOf(ring: KeyRing, foreign: KeySource): KeySource {
  const own = ownKeySource(ring)
  return { find: (kid, now) => (didOfKid(kid) === ring.issuer ? own : foreign).find(kid, now) }
}

/** How long fetched keys are used without asking again. */
const KEYS_FRESH = milliseconds(3_600_000)

/** Least time between two fetches from one issuer, so that made-up key ids cannot make us call somebody. */
export const KEY_FETCH_COOLDOWN = milliseconds(60_000)

interface KnownIssuer {
  readonly keys: ReadonlyMap<string, VerificationKey>
  /** Whether the last fetch gave a document. */
  readonly isReadable: boolean
  readonly triedAt: Instant
}

/** What is remembered of foreign issuers, across requests. */
export interface IssuerDirectory {
  readonly known: BoundedMemory<KnownIssuer>
  readonly flights: Map<string, Promise<KnownIssuer>>
}

export const createIssuerDirectory = (issuers = 500): IssuerDirectory => ({ known: boundedMemory(issuers), flights: new Map() })

/** The usable P-256 or RSA (2048 bits and more) key of one verification method. */
async function importMethod(did: string, method: unknown): Promise<readonly [string, VerificationKey] | undefined> {
  if (!isObject(method) || typeof method.id !== 'string' || method.controller !== did || !isObject(method.publicKeyJwk)) return undefined
  const members = publicMembers(method.publicKeyJwk as JWK)
  const alg = algorithmOf({ ...members, alg: (method.publicKeyJwk as JWK).alg })
  if (alg !== 'ES256' && alg !== 'RS256') return undefined
  if (alg === 'RS256' && (members.n?.length ?? 0) < 342) return undefined
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
  const methods: unknown[] = Array.isArray(document.verificationMethod) ? document.verificationMethod.slice(0, 50) : []
  const imported = await Promise.all(methods.map((method) => importMethod(did, method)))
  return new Map(imported.filter((entry) => entry !== undefined && didOfKid(entry[0]) === did && asserting.has(entry[0])) as (readonly [string, VerificationKey])[])
}

async function readIssuer(did: string, url: string, fetch: WorldFetch, now: Instant): Promise<KnownIssuer> {
  const bytes = await fetchGuarded(fetch, url, 'application/did+json, application/json')
  const keys = bytes && (await assertionKeys(did, parseJson(bytes)))
  return keys ? { keys, isReadable: true, triedAt: now } : unread(now)
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

const unread = (now: Instant): KnownIssuer => ({ keys: new Map(), isReadable: false, triedAt: now })

/** A shared fetch dies with the request that began it on Workers: who waits for another's has its own limit. */
const patience = (now: Instant): Promise<KnownIssuer> => new Promise((resolve) => AbortSignal.timeout(FETCH_TIMEOUT).addEventListener('abort', () => resolve(unread(now))))

/** Resolves `did:web` issuers over https. Many callers of one issuer share one fetch. */
export function foreignKeySource(directory: IssuerDirectory, fetch: WorldFetch, cooldown: Duration = KEY_FETCH_COOLDOWN): KeySource {
  async function readOnce(did: string, url: string, now: Instant): Promise<KnownIssuer> {
    const flight = directory.flights.get(did) ?? readIssuer(did, url, fetch, now)
    directory.flights.set(did, flight)
    try {
      const issuer = await Promise.race([flight, patience(now)])
      directory.known.set(did, issuer)
      return issuer
    } finally {
      directory.flights.delete(did)
    }
  }
  return {
    find(kid, now) {
      const did = didOfKid(kid)
      const url = did && didDocumentUrl(did)
      if (!did || !url) return 'issuer-refused'
      const known = directory.known.get(did)
      const key = known?.keys.get(kid)
      if (known && key && now - known.triedAt < KEYS_FRESH) return key
      const lookup = (issuer: KnownIssuer): KeyLookup => issuer.keys.get(kid) ?? (issuer.isReadable ? 'key-unknown' : 'issuer-unreachable')
      if (known && now - known.triedAt < cooldown) return lookup(known)
      return readOnce(did, url, now).then(lookup)
    },
  }
}
