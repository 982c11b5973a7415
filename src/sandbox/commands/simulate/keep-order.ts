import * as z from 'zod'
import { type Filled, requestOf } from '../../../contract/call.ts'
import { suspectCredential } from '../../../contract/kentei/staff.ts'
import { appealDecision } from '../../api/moderation-calls.ts'
import * as operators from '../../api/operators-calls.ts'
import * as reviews from '../../api/review-calls.ts'
import { type Kind, kinds } from '../../detector/judge/kinds.ts'
import { between, chance, pick } from '../../simulation/draw.ts'
import { said } from './said.data.ts'
import { launch } from './sit-exam.ts'
import { expect } from './visitors.ts'
import type { JobStory, Year } from './year.ts'

const queue = z.object({
  subjects: z.array(
    z.object({
      case: z.string(),
      subject: z.object({ type: z.string(), id: z.string(), person: z.string().nullable() }),
      awaiting: z.enum(['decision', 'appeal']).nullable(),
      decision: z.object({ id: z.string() }).nullable(),
      appeal: z.object({ id: z.string() }).nullable(),
      version: z.number(),
    }),
  ),
})
type Waiting = z.infer<typeof queue>['subjects'][number]
const decided = z.object({ decision: z.string() })
const worklist = z.object({ entries: z.array(z.object({ contract: z.string() })) })

const [FIRST, SECOND] = ['opr_demo', 'opr_second'] as const
/** How often a person who judges is wrong. */
const ERROR = 0.04
/** Of how many confirmed cases a client is suspended. */
const SUSPENDED_FROM = 2
const TAKEN_DOWN_DAYS = 60
const APPEALS = { right: 0.7, wrong: 0.25 } as const
/** How often somebody who is suspected of cheating did. */
const SUSPECTS = { cheats: 0.6, honest: 0.004 } as const

const offencesOf = (year: Year, client: string): number =>
  [...year.jobs.values()].filter((job) => job.client === client && job.takenDown).length

async function appealLater(year: Year, who: string, decision: string, isRight: boolean): Promise<void> {
  const random = year.draws('appeals')
  if (!chance(random, isRight ? APPEALS.right : APPEALS.wrong)) return
  year.inDays(between(random, 1, 20), async () => {
    const appealed = await year.visitors.market(
      who,
      requestOf(appealDecision, { path: { id: decision }, body: { text: said.appeal } }),
    )
    if (appealed.ok) year.note('appeals')
  })
}

type Verdict = NonNullable<Filled<typeof operators.decideCase>['body']>

async function decide(year: Year, waiting: Waiting, verdict: Verdict): Promise<string | undefined> {
  const answer = await year.visitors.market(
    FIRST,
    requestOf(operators.decideCase, {
      path: { id: waiting.case },
      body: { ...verdict, version: waiting.version },
    }),
  )
  return answer.ok ? expect(decided, answer).decision : undefined
}

async function takeDown(year: Year, waiting: Waiting, job: JobStory): Promise<void> {
  const isWrong = job.kinds.length === 0
  const told: readonly Kind[] = isWrong ? [pick(year.draws('operators'), kinds)] : job.kinds
  const suspends = offencesOf(year, job.client) + 1 >= SUSPENDED_FROM
  const measure = suspends
    ? ({ action: 'suspend', duration: null } as const)
    : ({ action: 'take-down', duration: `P${TAKEN_DOWN_DAYS}D` } as const)
  const decision = await decide(year, waiting, { ...measure, kinds: told, facts: said.breach })
  if (decision === undefined) return
  job.takenDown = true
  year.note(isWrong ? 'wrong take-downs' : 'take-downs')
  year.visitors.hiddenJobs.set(job.id, { client: job.client })
  if (suspends) {
    year.note('suspensions')
    year.client(job.client).suspended = true
    for (const other of year.jobs.values())
      if (other.client === job.client) year.visitors.hiddenJobs.set(other.id, { client: job.client })
  } else year.inDays(TAKEN_DOWN_DAYS - 1, async () => void year.visitors.hiddenJobs.delete(job.id))
  await appealLater(year, job.client, decision, isWrong)
}

async function clear(year: Year, waiting: Waiting, job: JobStory): Promise<void> {
  const decision = await decide(year, waiting, { action: 'no-action', facts: said.noBreach })
  if (decision === undefined) return
  year.note(job.kinds.length > 0 ? 'wrongly let through' : 'cleared')
  year.visitors.hiddenJobs.delete(job.id)
}

async function judgeCertificate(year: Year, waiting: Waiting): Promise<void> {
  const worker = year.worker(waiting.subject.person ?? '')
  const finds = worker.cheats !== chance(year.draws('operators'), ERROR)
  const decision = await decide(
    year,
    waiting,
    finds ? { action: 'revoke-credential', facts: said.cheated } : { action: 'no-action', facts: said.noCheating },
  )
  if (decision === undefined || !finds) return
  year.note('certificates withdrawn')
  worker.credential = undefined
  await appealLater(year, worker.id, decision, !worker.cheats)
}

async function judgeAppeal(year: Year, { appeal, subject }: Waiting): Promise<void> {
  const job = year.jobs.get(subject.id)
  const isGuilty = job ? job.kinds.length > 0 : year.worker(subject.person ?? '').cheats
  const reverses = isGuilty === chance(year.draws('operators'), ERROR)
  const body = { outcome: reverses ? 'reverse' : 'uphold', reasons: said.judged } as const
  const judged = await year.visitors.market(
    SECOND,
    requestOf(operators.judgeAppeal, { path: { id: appeal?.id ?? '' }, body }),
  )
  if (!judged.ok || !reverses) return
  year.note('appeals reversed')
  if (!job) return
  job.takenDown = false
  year.client(job.client).suspended = false
  for (const other of year.jobs.values())
    if (other.client === job.client && !other.takenDown) year.visitors.hiddenJobs.delete(other.id)
}

async function handle(year: Year, waiting: Waiting): Promise<void> {
  if (waiting.awaiting === 'appeal') return judgeAppeal(year, waiting)
  if (waiting.awaiting !== 'decision') return
  if (waiting.subject.type === 'credential') return judgeCertificate(year, waiting)
  const job = year.jobs.get(waiting.subject.id)
  if (!job) return
  const finds = job.kinds.length > 0 !== chance(year.draws('operators'), ERROR)
  return finds ? takeDown(year, waiting, job) : clear(year, waiting, job)
}

/** Operators read the queue once a day, the most urgent first, and once a week the contracts whose confidential answers contradict their stars. */
export async function keepOrder(year: Year): Promise<void> {
  const { subjects } = expect(
    queue,
    await year.visitors.market(FIRST, requestOf(operators.readQueue, { path: {}, query: { limit: 100 } })),
  )
  for (const waiting of subjects) await handle(year, waiting)
  if (year.day % 7 !== 6) return
  const { entries } = expect(
    worklist,
    await year.visitors.market(
      FIRST,
      requestOf(reviews.readWorklist, { path: {}, query: { limit: 20, reason: 'weekly' } }),
    ),
  )
  for (const { contract } of entries) {
    await year.visitors.market(
      FIRST,
      requestOf(reviews.readHiddenAnswers, { path: { id: contract }, query: { reason: 'worklist' } }),
    )
    await year.visitors.market(
      FIRST,
      requestOf(reviews.settleWorklistEntry, { path: { contract }, body: { note: said.asked } }),
    )
    year.note('worklist entries')
  }
}

/** The exam centre's people put certificates under review that they have doubts about; the marketplace's people decide. */
export function doubtCertificates(year: Year, newlyCertified: readonly string[]): void {
  const random = year.draws('doubts')
  for (const id of newlyCertified) {
    const worker = year.worker(id)
    if (!chance(random, worker.cheats ? SUSPECTS.cheats : SUSPECTS.honest)) continue
    year.inDays(between(random, 3, 30), async () => {
      const token = await launch(year, { worker: FIRST, role: 'operator' })
      const opened = await year.visitors.plugin(
        token,
        requestOf(suspectCredential, {
          // somebody may have lost it meanwhile, and is asked about all the same
          path: { id: String(worker.credential) },
          body: { policy: 'exam-impersonation', note: said.suspicion },
        }),
      )
      if (opened.ok) year.note('plugin cases')
    })
  }
}
