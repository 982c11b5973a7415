import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { catalogue } from '../../platform/words/catalogue.ts'
import place from '../../texts/place?texts'
import { kindTexts } from '../detector/judge/kind-texts.ts'
import type { JobDetails, ShownJob } from '../flows/show-job.ts'
import { type Application, isUnseen, type Job, stateAt } from '../job/job.ts'
import { type ClientFigures, viewClient } from '../job/quality.ts'

const timeOrNull = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at))

/** A job's facts, as anybody may read them who sees it. */
const describeFacts = (job: Job, now: Instant) => ({
  id: job.id,
  client: job.client,
  title: job.title,
  body: job.body,
  category: job.category,
  pay: { type: job.payType, amount: job.payAmount },
  headcount: job.headcount,
  hired: job.hired,
  state: stateAt(job, now),
  createdAt: toRfc3339(job.createdAt),
  publishedAt: isUnseen(job) ? null : toRfc3339(job.publishedAt),
  closesAt: timeOrNull(job.closesAt),
  version: job.version,
})

function describeHistory(figures: ClientFigures) {
  const { acceptanceDays, request } = viewClient(figures)
  return {
    concluded: figures.concluded,
    paidWithoutTrouble: figures.paid,
    acceptanceDays: figures.accepted === 0 ? null : Math.round(acceptanceDays * 10) / 10,
    clarity: figures.requests === 0 ? null : Math.round(request * 10) / 10,
    reviews: figures.requests,
  }
}

/** A job in the search, with why it is where it is. */
export const describeShownJob = ({ job, clientName, history, score, reasons }: ShownJob, now: Instant) => ({
  ...describeFacts(job, now),
  clientName,
  clientHistory: describeHistory(history),
  score: score ?? null,
  reasons,
})

const sentences = catalogue<Subjects['place'], Language>([place])

/** What the poster is told beyond the facts: what the detector thought of, and that a person decides. */
function describeChecking({ state, assessment, takenDownUntil }: Job) {
  if (state === 'taken-down') return { takenDownUntil: timeOrNull(takenDownUntil) }
  if (state !== 'queued' && state !== 'held') return {}
  return {
    checking: {
      notice: sentences.each((t) => t(`place.notice.${state}`)),
      resembles: assessment.reasons.map(({ kind }) => ({ kind, ...kindTexts[kind] })),
    },
  }
}

/** A job as its poster sees it. */
export const describeOwnJob = (job: Job, now: Instant) => ({ ...describeFacts(job, now), ...describeChecking(job) })

/** A job by itself; posters and operators see more of it. */
export const describeJobDetails = (details: JobDetails, viewer: 'operator' | 'other', now: Instant) => ({
  ...describeShownJob(details, now),
  applicants: details.applicants,
  ...(details.insider ? describeChecking(details.job) : {}),
  ...(viewer === 'operator' ? { assessment: details.job.assessment } : {}),
})

export const describeApplication = ({ id, job, worker, message, amount, state, createdAt }: Application) => ({
  id,
  job,
  worker,
  message,
  amount,
  state,
  createdAt: toRfc3339(createdAt),
})
