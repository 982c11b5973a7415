import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { type Instant, minus } from '../../kernel/instant.ts'
import { catalogue, type Translator } from '../../platform/words/catalogue.ts'
import place from '../../texts/place?texts'
import type { Job } from './job.ts'
import { type ClientFigures, clarityOf, FRESHNESS_HALF_LIFE, viewClient } from './quality.ts'

export type JobReasonCode =
  | 'client-pays'
  | 'client-trouble'
  | 'client-new'
  | 'client-clear'
  | 'client-unclear'
  | 'client-quick'
  | 'client-slow'
  | 'client-restricted'
  | 'post-clear'
  | 'post-short'
  | 'fresh'
  | 'old'
  | 'being-checked'
  | 'resembles-trouble'

/** Why a job is where it is: a stable code, and a sentence for the worker and for the client. */
export interface JobReason {
  readonly code: JobReasonCode
  readonly text: Readonly<Record<Language, string>>
}

const FEW = 3
const bounds = {
  pays: 0.93,
  trouble: 0.85,
  clear: 4.2,
  unclear: 3.5,
  quickDays: 2.5,
  slowDays: 5,
  resembles: 0.15,
} as const

type Say = (t: Translator<Subjects['place']>) => string

const sentences = catalogue<Subjects['place'], Language>([place])

const reason = (code: JobReasonCode, say: Say): JobReason => ({ code, text: sentences.each(say) })

const percent = (share: number): number => Math.round(100 * share)

function aboutPaying({ concluded, paid }: ClientFigures, view: number): JobReason | undefined {
  if (concluded < FEW) return reason('client-new', (t) => t('place.job.client-new'))
  const figures = { concluded, share: percent(paid / concluded) }
  if (view >= bounds.pays) return reason('client-pays', (t) => t('place.job.client-pays', figures))
  return view < bounds.trouble ? reason('client-trouble', (t) => t('place.job.client-trouble', figures)) : undefined
}

function aboutRequests({ requests, requestSum }: ClientFigures, view: number): JobReason | undefined {
  if (requests === 0) return undefined
  const mean = (requestSum / requests).toFixed(1)
  if (view >= bounds.clear) return reason('client-clear', (t) => t('place.job.client-clear', { mean, requests }))
  return view < bounds.unclear ? reason('client-unclear', (t) => t('place.job.client-unclear', { mean })) : undefined
}

function aboutAcceptance({ accepted }: ClientFigures, daysExpected: number): JobReason | undefined {
  if (accepted < FEW) return undefined
  if (daysExpected <= bounds.quickDays) return reason('client-quick', (t) => t('place.job.client-quick'))
  return daysExpected > bounds.slowDays ? reason('client-slow', (t) => t('place.job.client-slow')) : undefined
}

function aboutPost(job: Job): JobReason | undefined {
  const clarity = clarityOf({ title: job.title, body: job.body, hasDeadline: job.closesAt !== null })
  if (clarity.text === 1 && clarity.quantity) return reason('post-clear', (t) => t('place.job.post-clear'))
  return clarity.text < 0.4 ? reason('post-short', (t) => t('place.job.post-short')) : undefined
}

function aboutSuspicion({ state, assessment, cleared }: Job): JobReason | undefined {
  if (state === 'queued') return reason('being-checked', (t) => t('place.job.being-checked'))
  if (cleared || assessment.any < bounds.resembles) return undefined
  return reason('resembles-trouble', (t) => t('place.job.resembles-trouble'))
}

function aboutAge(job: Job, now: Instant): JobReason | undefined {
  const halfLifeAgo = minus(now, FRESHNESS_HALF_LIFE)
  if (job.publishedAt > halfLifeAgo) return reason('fresh', (t) => t('place.job.fresh'))
  return job.publishedAt < minus(halfLifeAgo, FRESHNESS_HALF_LIFE)
    ? reason('old', (t) => t('place.job.old'))
    : undefined
}

/** All reasons of a job's place, those that lower it most first. */
export function explainJob(job: Job, figures: ClientFigures, now: Instant): JobReason[] {
  const view = viewClient(figures)
  return [
    job.clientStanding === 'restricted'
      ? reason('client-restricted', (t) => t('place.job.client-restricted'))
      : undefined,
    aboutSuspicion(job),
    aboutPaying(figures, view.paid),
    aboutRequests(figures, view.request),
    aboutAcceptance(figures, view.acceptanceDays),
    aboutPost(job),
    aboutAge(job, now),
  ].filter((one) => one !== undefined)
}
