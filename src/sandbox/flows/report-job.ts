import { days, type Instant, minus, plus, toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { isUnseen, type Job, wholeText } from '../job/job.ts'
import { findJob } from '../job/store.ts'
import { detection } from '../moderation/case-event.ts'
import { labelOfCase } from '../moderation/label/store.ts'
import { isMuted, type ReportReason, reportPoints } from '../moderation/report/priority.ts'
import {
  aboutJob,
  countReports,
  lastReport,
  type Report,
  readReporter,
  reportInsertion,
} from '../moderation/report/store.ts'
import { isRaceLost, joinCase, openSubject } from '../moderation/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** How many reports one person may make in 24 hours. */
const REPORTS_A_DAY = 20
const DAY = days(1)
/** One person's reports take turns; each that came first costs a try. */
const TRIES = 60

export interface Complaint {
  readonly reason: ReportReason
  readonly detail: string
}

export interface Reported {
  /** False for a report that was there. */
  readonly created: boolean
  readonly report: string
  readonly job: string
  readonly reason: ReportReason
  readonly receivedAt: string
}

const told = (report: Pick<Report, 'id' | 'reason' | 'at'>, job: string, created: boolean): Reported => ({
  created,
  report: report.id,
  job,
  reason: report.reason,
  receivedAt: toRfc3339(report.at),
})

type Counted = Awaited<ReturnType<typeof countReports>>

function tooMany({ recent, firstRecent }: Counted, now: Instant) {
  if (recent < REPORTS_A_DAY) return undefined
  return fail({
    code: 'rate-limited',
    retryAfterSeconds: Math.max(1, Math.ceil((plus(firstRecent ?? now, DAY) - now) / 1_000)),
  } as const)
}

/** Logs a report; unless its reporter is muted it also opens a case, or joins the one that is open. */
async function log(
  world: SandboxWorld,
  job: Job,
  made: {
    readonly reporter: string
    readonly ordinal: number
    readonly now: Instant
    readonly about: string
  } & Complaint,
): Promise<Reported> {
  const { reporter, ordinal, now, about: key, reason, detail } = made
  const record = await readReporter(world.db, reporter)
  const muted = isMuted(record)
  const report = { id: world.newId('rep'), about: key, reporter, ordinal, reason, detail, at: now, muted }
  const about = { kind: 'job', ref: job.id, person: job.client } as const
  const id = world.newId('cas')
  const signal = {
    type: 'reported',
    data: { ...about, points: reportPoints(reason, record), report: report.id, reason },
  } as const
  const heard = [
    ...openSubject(world.db, { id, signal, actor: reporter, now }),
    ...openSubject(world.db, { id, signal: detection(job, job.assessment), actor: 'detector', now, second: true }),
  ]
  await world.db.batch([
    ...reportInsertion(world.db, report),
    ...(muted ? [] : heard),
    joinCase(world.db, report.id, 'job', job.id),
  ])
  return told(report, job.id, true)
}

/** The report of a job that somebody has made, while it counts: what was judged of other words than those that stand there now can be reported again. */
export async function reportThatCounts(
  { db }: Pick<SandboxWorld, 'db'>,
  job: Job,
  person: string,
): Promise<Report | undefined> {
  const known = await lastReport(db, job.id, person)
  if (!known || known.outcome === null || known.subject === null) return known
  const judged = await labelOfCase(db, { id: known.subject, ref: job.id })
  return judged && wholeText(judged) !== wholeText(job) ? undefined : known
}

/** Takes somebody's report of a job. The first one counts, and is the answer to any further one of the same person, until the post is rewritten after a judgement. */
export async function reportJob(
  world: SandboxWorld,
  person: Person,
  id: string,
  complaint: Complaint,
): Promise<Outcome<Reported>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const [job, before] = await Promise.all([findJob(world.db, id), lastReport(world.db, id, person.id)])
    const known = job && before && (await reportThatCounts(world, job, person.id))
    if (known) return ok(told(known, id, false))
    if (!job || isUnseen(job) || job.state === 'taken-down') return fail({ code: 'not-found' })
    if (job.client === person.id) return fail({ code: 'forbidden' })
    const now = world.now()
    const counted = await countReports(world.db, person.id, minus(now, DAY))
    const refused = tooMany(counted, now)
    if (refused) return refused
    try {
      const about = aboutJob(id, before && job.version)
      return ok(await log(world, job, { reporter: person.id, ordinal: counted.made + 1, now, about, ...complaint }))
    } catch (error) {
      if (!isRaceLost(error)) throw error
    }
  }
  return fail({ code: 'conflict', detail: 'Too many reports at once; try again' })
}
