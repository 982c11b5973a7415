import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { catalogue } from '../../platform/words/catalogue.ts'
import contradiction from '../../texts/contradiction?texts'
import type { ContractReviews, SideView } from '../flows/show-reviews.ts'
import type { HiddenReading, WorklistEntry } from '../review/hidden/store.ts'
import { reviewSides, type ShownReview, starsOf } from '../review/review.ts'
import type { Reply, ReviewEntry } from '../review/store.ts'
import { axes } from '../review/totals.ts'

/** What is told of a contradiction: the kind, and not the answers. */
const sentences = catalogue<Subjects['contradiction'], Language>([contradiction])

const describeReply = (reply: Reply | null) => reply && { text: reply.text, at: toRfc3339(reply.at) }

/** A review as its author, or anybody once it is revealed, reads it. */
export const describeEntry = ({ review, reply, revealedAt }: ReviewEntry) => ({
  id: review.id,
  contract: review.contract,
  side: review.side,
  axes: starsOf(review),
  comment: review.comment,
  writtenAt: toRfc3339(review.writtenAt),
  revealedAt: revealedAt === null ? null : toRfc3339(revealedAt),
  reply: describeReply(reply),
})

const describeSide = ({ written, entry }: SideView) => ({ written, review: entry && describeEntry(entry) })

export const describeContractReviews = ({ contract, own, window, revealedAt, sides }: ContractReviews) => ({
  contract,
  own,
  window: window && { opensAt: toRfc3339(window.opensAt), closesAt: toRfc3339(window.closesAt) },
  revealedAt: revealedAt === null ? null : toRfc3339(revealedAt),
  reviews: Object.fromEntries(reviewSides.map((side) => [side, describeSide(sides[side])])),
})

/** A review in public: of the client no more than the public name, of the contract nothing. */
export const describeShown = (review: ShownReview) => ({
  id: review.id,
  client: review.clientName,
  at: toRfc3339(review.at),
  axes: Object.fromEntries(axes.map((axis) => [axis, review[axis]])),
  comment: { ja: review.commentJa, en: review.commentEn },
  reply: describeReply(review.reply),
})

export const describeWorklistEntry = ({ contract, review, side, kind, openedAt }: WorklistEntry) => ({
  contract,
  review,
  side,
  kind,
  reason: sentences.each((t) => t(`contradiction.${kind}`)),
  openedAt: toRfc3339(openedAt),
})

export const describeReading = ({
  id,
  operator,
  kind,
  contracts,
  reason,
  at,
}: HiddenReading & { readonly kind: string; readonly contracts: readonly string[] }) => ({
  id,
  operator,
  kind,
  contracts,
  reason,
  at: toRfc3339(at),
})
