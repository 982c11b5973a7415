import { days, type Instant, plus } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Assessment, Post } from '../detector/judge/detector.ts'
import { type Draft, type Job, type JobState, stateFor, wholeText, written } from '../job/job.ts'
import { findJob, findRequestedJob, insertJobs, isPostingRace, jobsOfClient, postsOf } from '../job/store.ts'
import { isWarnedOf } from '../moderation/surfaces.ts'
import { type Allowance, allowances } from '../people/allowance.ts'
import type { Client } from '../people/person.ts'
import { findClient } from '../people/store.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { allowanceOf, refuseBeyond } from './limit-acts.ts'
import { putBeforeOperator } from './open-case.ts'
import { type Recalled, recallDecisions } from './recall-decisions.ts'
import { warningOf } from './send-text.ts'
import { shadowText } from './shadow-text.ts'

const DAY = days(1)
const LONGEST_OPEN = days(366)
/** How often a post is tried again after the client posted something else at the same moment. */
const TRIES = allowances.post.proven.hour

/** Refuses a time of closing that is over or too far away. */
export function checkClosing(closesAt: Instant | null, now: Instant): Outcome<undefined> {
  if (closesAt === null || (closesAt > now && closesAt <= plus(now, LONGEST_OPEN))) return ok(undefined)
  return malformed([{ path: 'closesAt', message: 'Must be in the future, within 366 days' }])
}

/** A client's post as the detector reads it. */
export const readAs = ({ now }: SandboxWorld, { joinedAt }: Client, { title, body, category, pay }: Draft): Post => ({
  ...{ title, body, category, pay: { type: pay.type, amount: pay.amount } },
  accountAgeDays: Math.max(0, Math.floor((now() - joinedAt) / DAY)),
})

/** What the detector makes of a client's post, and what people decided about its like. */
export function assess(world: SandboxWorld, client: Client, draft: Draft): Promise<Recalled> {
  const { title, body } = draft
  const assessment = world.detect(readAs(world, client, draft))
  return recallDecisions(world, { person: client.id, text: wholeText({ title, body }), assessment })
}

/** A post as it is stored, with what was said of it. */
export const writtenAs = (draft: Draft, { assessment, cleared }: Recalled, state: JobState) => ({
  ...written(draft, assessment, state),
  ...(cleared ? { suspicionScore: 0 } : {}),
})

/** Tells the writer of a post, before it is sent, of contact or payment past the marketplace in it; undefined where there is nothing to tell. */
export const warnFirst = (draft: Draft, { assessment }: Recalled, state: JobState) =>
  isWarnedOf('job', assessment)
    ? warningOf({ text: wholeText(draft), assessment }, state === 'held' ? 'held' : 'published')
    : undefined

/** Statements that put a post before a person; none for one that is simply published. */
export const raiseSuspicion = (
  world: SandboxWorld,
  job: { readonly id: string; readonly client: string },
  assessment: Assessment,
) => (assessment.band === 'publish' ? [] : putBeforeOperator(world, job, assessment))

async function requirePoster(world: SandboxWorld, id: string): Promise<Outcome<Client>> {
  const client = await findClient(world.db, id)
  if (!client) return fail({ code: 'not-found' })
  return client.standing === 'suspended' ? fail({ code: 'standing', standing: client.standing }) : ok(client)
}

export interface Posting {
  readonly client: string
  readonly draft: Draft
  /** Person and Idempotency-Key, so that a repeated request makes no second job. */
  readonly requestKey?: string | undefined
  /** Whether the writer has been warned and posts it all the same. */
  readonly anyway: boolean
}

/** One try; undefined when the client posted something else at the same moment. */
async function tryToPost(
  world: SandboxWorld,
  client: Client,
  posting: Posting & { readonly recalled: Recalled; readonly allowance: Allowance },
): Promise<Outcome<Job> | undefined> {
  const now = world.now()
  const { recalled, allowance, draft, requestKey = null } = posting
  const posts = await postsOf(world.db, client.id, allowance.day)
  const refused = refuseBeyond(posts.times, allowance, now)
  if (!refused.ok) return refused
  const { assessment } = recalled
  const row = {
    id: world.newId('job'),
    client: client.id,
    clientStanding: client.standing,
    postNumber: posts.last + 1,
    requestKey,
    now,
    ...writtenAs(draft, recalled, stateFor(assessment.band)),
  }
  try {
    await world.db.batch([
      insertJobs(world.db, [row]),
      ...raiseSuspicion(world, row, assessment),
      ...shadowText(world, readAs(world, client, draft), { surface: 'job', ref: row.id }),
    ])
  } catch (error) {
    if (isPostingRace(error)) return undefined
    throw error
  }
  const job = await findJob(world.db, row.id)
  return job ? ok(job) : undefined
}

/**
 * Posts a job. The detector decides whether it is published, published while a person looks at it, or not shown until a
 * person has: it never refuses a post and never punishes. Of contact or payment past the marketplace the writer is told
 * first, and posts it anyway or not. The same request makes no second job.
 */
export async function postJob(world: SandboxWorld, posting: Posting): Promise<Outcome<Job>> {
  const client = await requirePoster(world, posting.client)
  if (!client.ok) return client
  const closing = checkClosing(posting.draft.closesAt, world.now())
  if (!closing.ok) return closing
  const [recalled, allowance] = await Promise.all([
    assess(world, client.value, posting.draft),
    allowanceOf(world, client.value, 'post'),
  ])
  const warned = posting.anyway ? undefined : warnFirst(posting.draft, recalled, stateFor(recalled.assessment.band))
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = posting.requestKey === undefined ? undefined : await findRequestedJob(world.db, posting.requestKey)
    if (before) return ok(before)
    if (warned) return warned
    const posted = await tryToPost(world, client.value, { ...posting, recalled, allowance })
    if (posted) return posted
  }
  return fail({ code: 'conflict', detail: 'Other posts were made at the same moment: try again' })
}

/** A client's own jobs in every state, the newest first, from before the given number on; `next` is where the rest begins. */
export async function listOwnJobs(
  world: SandboxWorld,
  of: Parameters<typeof jobsOfClient>[1],
): Promise<{ readonly jobs: readonly Job[]; readonly next: number | undefined }> {
  const read = await jobsOfClient(world.db, { ...of, limit: of.limit + 1 })
  const page = read.slice(0, of.limit)
  return { jobs: page.map(({ job }) => job), next: read.length > of.limit ? page.at(-1)?.number : undefined }
}
