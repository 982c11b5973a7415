import { ok } from '../../kernel/result.ts'
import { applicationsFor } from '../job/application/store.ts'
import { type Invitation, invitationStateAt, MOST_A_JOB } from '../job/invitation/invitation.ts'
import { countInvitations, invitationsFor } from '../job/invitation/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import type { Listing, Place } from '../search/market.ts'
import { invitedReason } from '../search/reasons.ts'
import { noFilter } from '../search/worker-filter.ts'
import { consultBook } from './consult-book.ts'
import { requireInvitingJob } from './invite-worker.ts'
import { describePlaces, describeRow, type RowEntry, readListings } from './show-market.ts'
import { readerOf, showRow } from './show-row.ts'

/** Suggested from the top of the order; as many come from the newcomers' lot. */
const FROM_ORDER = 2
const MOST_APPLICATIONS = 500

/** Somebody whom a client might invite. */
export interface Suggestion {
  readonly place: Place | RowEntry
  /** Undefined for who was not invited yet. */
  readonly invitation: Invitation | undefined
}

/** Somebody who was invited. */
export interface Invited {
  readonly invitation: Invitation
  readonly listing: Listing
}

export interface Suggestions {
  /** The first in the order who are free and were not asked, then those whom the lot drew. */
  readonly suggestions: readonly Suggestion[]
  readonly drawId: string
  /** Those of the suggestions whom the lot drew. */
  readonly drawn: readonly string[]
  /** Everybody whom this job has invited, the first one first. */
  readonly invited: readonly Invited[]
  /** Invitations that the job can still make. */
  readonly left: number
}

/**
 * Whom a client might invite to apply for their job: the first two in the order of its category who are free, and two
 * newcomers by a lot of this job, client and day. The lot is logged as a search is, so that what comes of it is joined to it.
 */
export async function suggestWorkers(
  world: SandboxWorld,
  of: { readonly client: string; readonly job: string },
): Promise<Outcome<Suggestions>> {
  const { db } = world
  const known = await requireInvitingJob(world, of)
  if (!known.ok) return known
  const job = known.value
  const now = world.now()
  const [reader, made, count, applications, book] = await Promise.all([
    readerOf(world, { person: of.client, draw: undefined }),
    invitationsFor(db, job.id),
    countInvitations(db, job.id),
    applicationsFor(db, job.id, MOST_APPLICATIONS),
    consultBook(world),
  ])
  const invitations = new Map(
    made.map((one) => [one.worker, { ...one, state: invitationStateAt(one, job, now) }] as const),
  )
  const applied = new Set(applications.map(({ worker }) => worker))
  const view = { category: job.category, now, arm: reader.arm }
  const at = { category: job.category, now, terms: book.termsOf(reader.arm) }
  const mayBeAsked = (worker: string) => !applied.has(worker) && !invitations.has(worker)
  const first = book.first(FROM_ORDER, (who) => !who.underContract && mayBeAsked(who.worker.id), view)
  const onPage = first.map(({ worker }) => worker)
  const row = await showRow(world, { ...view, filter: noFilter, docs: undefined, reader, onPage, job: job.id })
  const shown = [...first, ...row.cards].map(({ worker }) => worker)
  const listings = await readListings(world, [...new Set([...shown, ...invitations.keys()])], at)
  const places = describePlaces(listings, first, at)
  const cards = describeRow(listings, row, { at, view, book })
  const drawn = cards.filter(({ candidate }) => !applied.has(candidate.id))
  return ok({
    suggestions: [...places, ...drawn].map((place) => {
      const invitation = invitations.get(place.candidate.id)
      return {
        place: invitation ? { ...place, reasons: [invitedReason, ...place.reasons] } : place,
        invitation,
      }
    }),
    drawId: row.draw,
    drawn: drawn.map(({ candidate }) => candidate.id),
    invited: [...invitations.values()].flatMap((invitation) => {
      const listing = listings.get(invitation.worker)
      return listing ? [{ invitation, listing }] : []
    }),
    left: Math.max(0, MOST_A_JOB - count),
  })
}
