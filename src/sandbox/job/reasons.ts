import { type Instant, minus } from '../../kernel/instant.ts'
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
  readonly text: { readonly ja: string; readonly en: string }
}

const FEW = 3
const bounds = { pays: 0.93, trouble: 0.85, clear: 4.2, unclear: 3.5, quickDays: 2.5, slowDays: 5, resembles: 0.15 } as const

const reason = (code: JobReasonCode, ja: string, en: string): JobReason => ({ code, text: { ja, en } })

const percent = (share: number): number => Math.round(100 * share)

function aboutPaying({ concluded, paid }: ClientFigures, view: number): JobReason | undefined {
  if (concluded < FEW) return reason('client-new', 'この依頼者の取引はまだ少ないので、ふつうの依頼者とみなしています。', 'This client has few contracts so far and counts as an average one.')
  const share = percent(paid / concluded)
  if (view >= bounds.pays)
    return reason('client-pays', `終わった契約${concluded}件のうち${share}%が、もめごとなく支払われています。`, `Of ${concluded} contracts that have ended, ${share}% were paid without trouble.`)
  if (view < bounds.trouble)
    return reason(
      'client-trouble',
      `終わった契約${concluded}件のうち、もめごとなく支払われたのは${share}%です。`,
      `Of ${concluded} contracts that have ended, only ${share}% were paid without trouble.`,
    )
  return undefined
}

function aboutRequests({ requests, requestSum }: ClientFigures, view: number): JobReason | undefined {
  if (requests === 0) return undefined
  const mean = (requestSum / requests).toFixed(1)
  if (view >= bounds.clear)
    return reason('client-clear', `依頼の分かりやすさは、働いた人${requests}人の平均で${mean}です。`, `People who worked for this client rate how clear the requests were at ${mean} (${requests}).`)
  if (view < bounds.unclear)
    return reason('client-unclear', `依頼の分かりやすさは、働いた人の平均で${mean}と低めです。`, `People who worked for this client rate how clear the requests were at only ${mean}.`)
  return undefined
}

function aboutAcceptance({ accepted }: ClientFigures, daysExpected: number): JobReason | undefined {
  if (accepted < FEW) return undefined
  if (daysExpected <= bounds.quickDays) return reason('client-quick', '納品から検収までが早い依頼者です。', 'This client accepts deliveries quickly.')
  return daysExpected > bounds.slowDays ? reason('client-slow', '納品から検収まで、時間がかかることの多い依頼者です。', 'This client tends to take long to accept deliveries.') : undefined
}

function aboutPost(job: Job): JobReason | undefined {
  const clarity = clarityOf({ title: job.title, body: job.body, hasDeadline: job.closesAt !== null })
  if (clarity.text === 1 && clarity.quantity) return reason('post-clear', '作業の内容と量が、募集文にくわしく書かれています。', 'The post says in detail what and how much is to be done.')
  return clarity.text < 0.4 ? reason('post-short', '募集文が短く、作業の内容が分かりにくいかもしれません。', 'The post is short; what is to be done may be unclear.') : undefined
}

function aboutSuspicion({ state, assessment, cleared }: Job): JobReason | undefined {
  if (state === 'queued') return reason('being-checked', '運営がまだ内容を確かめているため、下のほうに表示しています。', 'A person has still to look at this post, so it is shown further down.')
  if (cleared || assessment.any < bounds.resembles) return undefined
  return reason('resembles-trouble', '注意が必要な募集と似た言い回しがあるため、少し下げています。', 'Some wording resembles posts that break the rules, so it is placed a little lower.')
}

function aboutAge(job: Job, now: Instant): JobReason | undefined {
  if (job.publishedAt > minus(now, FRESHNESS_HALF_LIFE)) return reason('fresh', '新しい募集です。', 'A new post.')
  return job.publishedAt < minus(minus(now, FRESHNESS_HALF_LIFE), FRESHNESS_HALF_LIFE)
    ? reason('old', '掲載から時間がたっているため、少しずつ下がっています。', 'It was posted some time ago and moves down little by little.')
    : undefined
}

const restricted = reason('client-restricted', 'この依頼者は利用が制限されているため、下げています。', 'This client is restricted, so the post is placed lower.')

/** All reasons of a job's place, those that lower it most first. */
export function explainJob(job: Job, figures: ClientFigures, now: Instant): JobReason[] {
  const view = viewClient(figures)
  return [
    job.clientStanding === 'restricted' ? restricted : undefined,
    aboutSuspicion(job),
    aboutPaying(figures, view.paid),
    aboutRequests(figures, view.request),
    aboutAcceptance(figures, view.acceptanceDays),
    aboutPost(job),
    aboutAge(job, now),
  ].filter((one) => one !== undefined)
}
