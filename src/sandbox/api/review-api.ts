import { Hono } from 'hono'
import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { catalogue } from '../../platform/words/catalogue.ts'
import contradiction from '../../texts/contradiction?texts'
import { writeCursor } from '../escrow/paid-work.ts'
import { listAggregates, showAggregates } from '../flows/publish-aggregates.ts'
import { readHiddenAnswers, settleWorklistEntry, showWorklist } from '../flows/read-hidden-answers.ts'
import { sendText } from '../flows/send-text.ts'
import { type ContractReviews, listWorkerReviews, type SideView, showContractReviews } from '../flows/show-reviews.ts'
import { replyToReview, writeReview } from '../flows/write-review.ts'
import { type HiddenReading, listReads, type WorklistEntry } from '../review/hidden/store.ts'
import { type ShownReview, starsOf } from '../review/review.ts'
import type { Reply, ReviewEntry } from '../review/store.ts'
import { axesIn } from '../review/totals.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requestKeyOf } from './answer-once.ts'
import * as calls from './review-calls.ts'
import { personOf, type Serve, serving, told } from './serve.ts'

function serveReviews(serve: Serve): void {
  // which of the two bodies it is depends on who writes
  const { body: _, ...unread } = calls.writeReview
  serve(unread, async ({ path }, c) => {
    const person = personOf(c)
    const draft = parseBody(calls.reviewDraftOf(person.role === 'client' ? 'client' : 'worker'), await c.req.text())
    if (!draft.ok) return draft
    const requestKey = (await requestKeyOf(c)) ?? null
    const { sendAnyway: anyway, ...written } = draft.value
    const writing = { surface: 'review', person, texts: [written.comment], anyway } as const
    const sent = await sendText(c.get('world'), writing, () =>
      writeReview(c.get('world'), { contract: path.id, person, draft: written, requestKey }),
    )
    return told(sent, describeEntry)
  })

  serve(calls.readContractReviews, async ({ path }, c) =>
    told(await showContractReviews(c.get('world'), path.id, personOf(c)), describeContractReviews),
  )

  serve(calls.replyToReview, async ({ path, body: { text, sendAnyway: anyway } }, c) => {
    const requestKey = (await requestKeyOf(c)) ?? null
    const person = personOf(c)
    const writing = { surface: 'review', person, texts: [text], anyway } as const
    const replied = await sendText(c.get('world'), writing, () =>
      replyToReview(c.get('world'), { review: path.id, person, text, requestKey }),
    )
    return told(replied, describeEntry)
  })

  serve(calls.listWorkerReviews, async ({ path, query: { after, limit } }, c) =>
    told(await listWorkerReviews(c.get('world'), path.id, { before: after, limit: limit + 1 }), (reviews) => {
      const page = reviews.slice(0, limit)
      const last = page.at(-1)
      return {
        worker: path.id,
        reviews: page.map(describeShown),
        next: reviews.length > limit && last ? writeCursor(last) : null,
      }
    }),
  )

  serve(calls.readAggregates, async ({ query: { worker, after, limit } }, c) => {
    if (worker !== undefined) return showAggregates(c.get('world'), worker)
    const aggregates = await listAggregates(c.get('world'), { after, limit })
    return ok({ aggregates, next: aggregates.length === limit ? (aggregates.at(-1)?.worker ?? null) : null })
  })
}

/** What operators read and do about hidden answers. */
function serveOperators(serve: Serve): void {
  serve(calls.readHiddenAnswers, ({ path, query }, c) =>
    readHiddenAnswers(c.get('world'), { contract: path.id, operator: personOf(c), reason: query.reason }),
  )

  serve(calls.listHiddenReads, async ({ query }, c) => {
    const reads = await listReads(c.get('world').db, query)
    return ok({
      reads: reads.map(describeReading),
      next: reads.length === query.limit ? (reads.at(-1)?.id ?? null) : null,
    })
  })

  serve(calls.readWorklist, async ({ query }, c) => {
    const entries = await showWorklist(c.get('world'), { operator: personOf(c), ...query })
    return ok({
      entries: entries.map(describeWorklistEntry),
      next: entries.length === query.limit ? (entries.at(-1)?.review ?? null) : null,
    })
  })

  serve(calls.settleWorklistEntry, ({ path, body }, c) =>
    settleWorklistEntry(c.get('world'), { contract: path.contract, operator: personOf(c), note: body.note }),
  )
}

/** Reviews, their numbers, and what was said in confidence. */
export function reviewApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)
  serveReviews(serve)
  serveOperators(serve)
  return api
}

/** What is told of a contradiction: the kind, and not the answers. */
const sentences = catalogue<Subjects['contradiction'], Language>([contradiction])

const describeReply = (reply: Reply | null) => reply && { text: reply.text, at: toRfc3339(reply.at) }

/** A review as its author, or anybody once it is revealed, reads it. */
const describeEntry = ({ review, reply, revealedAt }: ReviewEntry) => ({
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

const describeContractReviews = ({ contract, own, window, revealedAt, sides }: ContractReviews) => ({
  contract,
  own,
  window: window && { opensAt: toRfc3339(window.opensAt), closesAt: toRfc3339(window.closesAt) },
  revealedAt: revealedAt === null ? null : toRfc3339(revealedAt),
  reviews: { client: describeSide(sides.client), worker: describeSide(sides.worker) },
})

/** A review in public: of the client no more than the public name, of the contract nothing. */
const describeShown = (review: ShownReview) => ({
  id: review.id,
  client: review.clientName,
  at: toRfc3339(review.at),
  axes: axesIn(review),
  comment: { ja: review.commentJa, en: review.commentEn },
  reply: describeReply(review.reply),
})

const describeWorklistEntry = ({ contract, review, side, kind, openedAt }: WorklistEntry) => ({
  contract,
  review,
  side,
  kind,
  reason: sentences.each((t) => t(`contradiction.${kind}`)),
  openedAt: toRfc3339(openedAt),
})

const describeReading = ({
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
