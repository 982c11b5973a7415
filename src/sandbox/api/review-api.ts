import { Hono } from 'hono'
import { ok } from '../../kernel/result.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { writeCursor } from '../escrow/paid-work.ts'
import { readHiddenAnswers, settleWorklistEntry, showWorklist } from '../flows/read-hidden-answers.ts'
import { replyToReview } from '../flows/reply-to-review.ts'
import { listAggregates, showAggregates } from '../flows/show-aggregates.ts'
import { listWorkerReviews, showContractReviews } from '../flows/show-reviews.ts'
import { writeReview } from '../flows/write-review.ts'
import { listReads } from '../review/hidden/store.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requestKeyOf } from './answer-once.ts'
import {
  describeContractReviews,
  describeEntry,
  describeReading,
  describeShown,
  describeWorklistEntry,
} from './describe-review.ts'
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
    return told(
      await writeReview(c.get('world'), { contract: path.id, person, draft: draft.value, requestKey }),
      describeEntry,
    )
  })

  serve(calls.readContractReviews, async ({ path }, c) =>
    told(await showContractReviews(c.get('world'), path.id, personOf(c)), describeContractReviews),
  )

  serve(calls.replyToReview, async ({ path, body: { text } }, c) => {
    const requestKey = (await requestKeyOf(c)) ?? null
    return told(
      await replyToReview(c.get('world'), { review: path.id, person: personOf(c), text, requestKey }),
      describeEntry,
    )
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
