import type { CredentialVerifier, Verdict } from '@kentei/verify'
import type { Badge, CredentialStatus, RankingSignalBody } from '../contract/marketplace.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { FormedContract, KnownSignal, ShownBadge } from './marketplace.ts'
import { FOR_GOOD, keyOf, type Store } from './storage.ts'

/** A write of a version. An older or equal one takes no effect, and that is no error. */
export interface Taken {
  readonly version: number
  readonly applied: boolean
}

/** What came of freezing which certificate stood when a contract was made. */
export interface Frozen {
  readonly contract: string
  readonly credential: string
  readonly frozenAt: string
  readonly applied: boolean
}

/** Why a badge is not taken. `unknown`: keys or status cannot be read now, try again. */
export interface BadgeRefused {
  readonly code: 'badge-refused'
  readonly verdict: Verdict
  readonly reason: string
}

type KeptBadge = ShownBadge & { readonly toldAt: number }
type KeptSignal = Omit<KnownSignal, 'counted'>

const badgeKey = (worker: string, credential: string) => `badge/${keyOf(worker, credential)}`
const signalKey = (worker: string, exam: string) => `signal/${keyOf(worker, exam)}`
const contextKey = (contract: string) => `context/${keyOf(contract)}`
const ofWorker = (kind: 'badge' | 'signal', worker: string) => `${kind}/${keyOf(worker)}/`

const inSeconds = (at: number | undefined) => (at === undefined ? undefined : Math.floor(at / 1_000))

/** Whether a badge is shown: one that has expired is, as expired; and one that was revoked, once Kentei says so too. */
const mayBeShown = (verdict: Verdict, status: CredentialStatus): boolean =>
  verdict === 'valid' || verdict === 'expired' || (verdict === 'revoked' && status === 'revoked')

/** Verifies a badge and keeps it. What does not verify is never kept. */
export async function takeBadge(
  { store, verifier, now }: { readonly store: Store; readonly verifier: CredentialVerifier; now(): number },
  at: { readonly worker: string; readonly credential: string },
  { credential: jwt, ...body }: Badge,
): Promise<Result<Taken, BadgeRefused>> {
  const { verdict, checks, claims } = await verifier.verify(jwt)
  const refused = (reason: string) => fail<BadgeRefused>({ code: 'badge-refused', verdict, reason })
  if (!mayBeShown(verdict, body.status)) return refused(checks.findLast(({ code }) => code)?.code ?? verdict)
  if (inSeconds(claims?.validUntil) !== inSeconds(Date.parse(body.validUntil))) return refused('end-differs')
  if (inSeconds(claims?.validFrom) !== inSeconds(Date.parse(body.issuedAt))) return refused('start-differs')
  if (!/^https?:/.test(body.url) || !/^https?:/.test(body.image)) return refused('address')
  const kept: KeptBadge = { ...body, ...at, jwt, toldAt: now() }
  const applied = await store.raise(badgeKey(at.worker, at.credential), JSON.stringify(kept), body.version)
  return ok({ version: body.version, applied })
}

/** Keeps what a certificate is worth. */
export async function takeSignal(
  store: Store,
  { worker, exam }: { readonly worker: string; readonly exam: string },
  body: RankingSignalBody,
): Promise<Taken> {
  const kept: KeptSignal = { ...body, exam, withdrawn: false }
  return {
    version: body.version,
    applied: await store.raise(signalKey(worker, exam), JSON.stringify(kept), body.version),
  }
}

/** Takes a signal back. Its version stays, so that a late, older one does not bring it back. */
export async function withdrawSignal(
  store: Store,
  { worker, exam }: { readonly worker: string; readonly exam: string },
  version: number,
): Promise<Taken> {
  const nothing = {
    priorMean: 0,
    equivalentReviews: 1,
    validUntil: new Date(0).toISOString(),
    explanation: { ja: '', en: '' },
  }
  const kept: KeptSignal = { ...nothing, version, exam, withdrawn: true }
  return { version, applied: await store.raise(signalKey(worker, exam), JSON.stringify(kept), version) }
}

/** The most certificates and signals of one worker that are read. */
const MOST_OF_WORKER = 500

const readAll = async <T>(store: Store, kind: 'badge' | 'signal', worker: string): Promise<T[]> =>
  (await store.list(ofWorker(kind, worker), MOST_OF_WORKER)).map(({ value }) => JSON.parse(value) as T)

/** Every certificate of a worker that was told of. One that has come to its end since is `expired`. */
export async function badgesOf(store: Store, worker: string, now: number): Promise<ShownBadge[]> {
  return (await readAll<KeptBadge>(store, 'badge', worker)).map(({ toldAt: _, ...badge }) => ({
    ...badge,
    status: badge.status === 'active' && Date.parse(badge.validUntil) <= now ? 'expired' : badge.status,
  }))
}

/** Every signal about a worker, and which of them count. */
export async function signalsOf(
  store: Store,
  worker: string,
  { now, isSuspended }: { readonly now: number; readonly isSuspended: boolean },
): Promise<KnownSignal[]> {
  const active = new Set(
    (await badgesOf(store, worker, now)).flatMap(({ exam, status }) => (status === 'active' ? [exam] : [])),
  )
  return (await readAll<KeptSignal>(store, 'signal', worker)).map((signal) => ({
    ...signal,
    counted: !isSuspended && !signal.withdrawn && Date.parse(signal.validUntil) > now && active.has(signal.exam),
  }))
}

/**
 * Why a certificate cannot have stood when a contract was formed. Of one that is suspended or revoked now, only the last change is
 * known: it stood if that was told after the contract was formed.
 */
function whyItDidNotStand(badge: KeptBadge | undefined, { exam, formedAt }: FormedContract): string | undefined {
  const formed = Date.parse(formedAt)
  if (!badge) return 'The worker shows no such badge'
  if (exam !== null && badge.exam !== exam) return `The badge is of ${badge.exam}, the contract of ${exam}`
  if ((inSeconds(Date.parse(badge.issuedAt)) as number) > (inSeconds(formed) as number))
    return 'It was issued after the contract was formed'
  if (Date.parse(badge.validUntil) <= formed) return 'It had expired when the contract was formed'
  const withdrawn = badge.status === 'suspended' || badge.status === 'revoked'
  return withdrawn && badge.toldAt <= formed ? `It was ${badge.status} when the contract was formed` : undefined
}

/** Freezes for good which certificate stood when a contract was formed. The first one stands; the same again changes nothing. */
export async function freezeContext(
  { store, now }: { readonly store: Store; now(): number },
  { contract, ...formed }: FormedContract & { readonly contract: string },
  credential: string,
): Promise<Result<Frozen, { readonly code: 'conflict' | 'malformed'; readonly detail: string }>> {
  const known = await store.read(badgeKey(formed.worker, credential))
  const why = whyItDidNotStand(known === undefined ? undefined : JSON.parse(known), formed)
  if (why !== undefined) return fail({ code: 'malformed', detail: why })
  const fresh = { credential, frozenAt: new Date(now()).toISOString() }
  const applied = await store.insert(contextKey(contract), JSON.stringify(fresh), { now: now(), ...FOR_GOOD })
  const frozen = applied ? fresh : (JSON.parse((await store.read(contextKey(contract))) as string) as typeof fresh)
  return frozen.credential === credential
    ? ok({ contract, ...frozen, applied })
    : fail({ code: 'conflict', detail: 'Another certificate is frozen for this contract' })
}

/** The certificate that was frozen for a contract; undefined where none was. */
export async function frozenFor(store: Store, contract: string): Promise<string | undefined> {
  const kept = await store.read(contextKey(contract))
  return kept === undefined ? undefined : (JSON.parse(kept) as Frozen).credential
}
