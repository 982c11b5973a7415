import { statusAt } from '../credential/credential-status.ts'
import { type HolderStory, holderStory } from '../credential/holder-state.ts'
import type { Relation } from '../credential/lineage.ts'
import { scoreBandOf } from '../credential/part-results.ts'
import { credentialsOfWorker, findCredential, relativesOf } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { lastChainTo } from '../platform/outbox/history/store.ts'
import type { World } from '../world/world.ts'
import { streamOf } from './address-messages.ts'
import { badgePath } from './notify-marketplace.ts'

/** A certificate with its story, as its holder is told it. */
export interface HeldCertificate {
  readonly credential: CredentialRow
  readonly story: HolderStory
  /** The certificate that stands in its place, or renews it. */
  readonly follower?: { readonly id: string; readonly relation: Relation }
  /** Of one that has ended: the certificate that the holder has earned since, by another pass. */
  readonly since?: { readonly id: string }
  /** The ten-point band that it tells; undefined where it tells none. */
  readonly band?: string | undefined
}

/** The certificate after this one: the last correction of it, or its renewal unless that was taken away. */
function followerOf(credential: CredentialRow, relatives: readonly CredentialRow[], now: number) {
  const correction = relatives
    .filter(({ attemptId, edition }) => attemptId === credential.attemptId && edition > credential.edition)
    .sort((a, b) => b.edition - a.edition)[0]
  if (correction) return { id: correction.id, relation: 'replaces' } as const
  const renewal = relatives.find(
    (one) => one.predecessor === credential.id && one.relation === 'renews' && statusAt(one, now) === 'active',
  )
  return renewal ? ({ id: renewal.id, relation: 'renews' } as const) : undefined
}

/** What was earned by another pass of the exam, of what can be used now. */
async function earnedSince(world: World, { id, worker, exam, issuedAt }: CredentialRow) {
  const all = await credentialsOfWorker(world.db, worker)
  return all.find(
    (one) => one.exam === exam && one.id !== id && one.issuedAt > issuedAt && statusAt(one, world.now()) === 'active',
  )
}

/** Reads what is known of a certificate, and tells its story. Undefined where there is none of this holder. */
export async function readHolderStory(
  world: World,
  of: { readonly worker: string; readonly credential: string },
): Promise<HeldCertificate | undefined> {
  const { db } = world
  const credential = await findCredential(db, of.credential)
  if (!credential || credential.worker !== of.worker) return undefined
  const now = world.now()
  const [relatives, chain] = await Promise.all([
    relativesOf(db, credential),
    lastChainTo(db, { stream: streamOf(credential.worker), kind: 'badge', path: badgePath(credential) }),
  ])
  const follower = followerOf(credential, relatives, now)
  const story = holderStory({ credential, chain, followedBy: follower?.relation }, now)
  const hasEnded = story.state === 'expired' || story.state === 'revoked'
  const since = hasEnded ? await earnedSince(world, credential) : undefined
  return {
    credential,
    story,
    ...(follower ? { follower } : {}),
    ...(since ? { since: { id: since.id } } : {}),
    band: scoreBandOf(credential.jwt),
  }
}
