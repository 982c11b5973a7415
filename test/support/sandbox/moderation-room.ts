import { instant } from '../../../src/kernel/instant.ts'
import type { Assessment } from '../../../src/sandbox/detector/judge/detector.ts'
import { kinds } from '../../../src/sandbox/detector/judge/kinds.ts'
import { endMeasures, finishDecisions } from '../../../src/sandbox/flows/end-decisions.ts'
import { putBeforeOperator } from '../../../src/sandbox/flows/open-case.ts'
import { written } from '../../../src/sandbox/job/job.ts'
import { findJob, insertJobs } from '../../../src/sandbox/job/store.ts'
import { casesAbout } from '../../../src/sandbox/moderation/store.ts'
import { announcedAbout } from './announced.ts'
import { openMarket } from './open-market.ts'

export const DAY = 86_400_000
export const MINUTE = 60_000

const probabilities = (any: number): Assessment['probability'] => ({
  ...(Object.fromEntries(kinds.map((kind) => [kind, 0])) as Assessment['probability']),
  'off-platform-contact': any,
})

export const assessment = (any: number, band: Assessment['band']): Assessment => ({
  probability: probabilities(any),
  any,
  band,
  modelVersion: 'test-1',
  reasons: [],
})

const bands = { published: 'publish', queued: 'queue', held: 'hold' } as const

/** A market with jobs to be reported, and people who are signed in. */
export async function openModerationRoom() {
  const market = await openMarket()
  const { world, call, clock } = market
  const sessions = new Map<string, { readonly token: string; readonly until: number }>()
  let jobs = 0
  const session = async (user: string) => {
    const known = sessions.get(user)
    if (known && known.until > clock.now) return known.token
    const { session: token, expiresAt } = (await call('POST', '/demo/session', { body: { user } })).json as {
      session: string
      expiresAt: string
    }
    // not by the clock as it stands now: another act may have moved it meanwhile
    sessions.set(user, { token, until: Date.parse(expiresAt) })
    return token
  }
  const as = async (user: string, method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    call(method, path, {
      token: await session(user),
      ...(body === undefined ? {} : { body }),
      ...(headers ? { headers } : {}),
    })
  const plugin = async (
    method: string,
    path: string,
    body?: unknown,
    options: { scope?: string; headers?: Record<string, string> } = {},
  ) =>
    call(method, path, {
      token: await market.plugin.serviceToken({ claims: { scope: options.scope ?? 'moderation:write' } }),
      ...(body === undefined ? {} : { body }),
      ...(options.headers ? { headers: options.headers } : {}),
    })
  /** A job in a state as posting leaves it. */
  const job = async (
    state: keyof typeof bands = 'published',
    client = 'cli_01',
    any = state === 'published' ? 0 : 0.97,
  ) => {
    jobs += 1
    const id = `job_m${jobs}`
    const draft = {
      title: `名簿の整理 ${jobs}`,
      body: '応募はLINEでお願いします。',
      category: 'business-admin',
      pay: { type: 'fixed', amount: 5_000 },
      closesAt: null,
      headcount: 1,
      welcomesNewcomers: false,
    } as const
    const made = assessment(any, bands[state])
    const row = {
      id,
      client,
      clientStanding: 'good',
      postNumber: 10_000 + jobs,
      requestKey: null,
      now: world.now(),
      ...written(draft, made, state),
    } as const
    const raised = state === 'published' ? [] : putBeforeOperator(world, { id, client }, made)
    await world.db.batch([insertJobs(world.db, [row]), ...raised])
    return id
  }
  const report = (user: string, id: string, reason = 'off-platform-contact', headers?: Record<string, string>) =>
    as(user, 'POST', `/v1/jobs/${id}/reports`, { reason, detail: 'LINEへ誘われました' }, headers)
  const queue = async (query = '') =>
    (await as('opr_demo', 'GET', `/v1/operators/queue${query}`)).json.subjects as {
      case: string
      subject: { type: string; id: string }
      priority: number
      status: string
    }[]
  const caseAbout = async (job: string) => (await casesAbout(world.db, 'job', job))[0]?.id as string
  const shown = async (id: string, operator = 'opr_demo') =>
    (await as(operator, 'GET', `/v1/operators/subjects/${id}`)).json
  const decide = (id: string, body: object, operator = 'opr_demo') =>
    as(operator, 'POST', `/v1/operators/subjects/${id}/decide`, { facts: '投稿に外部の連絡先がありました。', ...body })
  const takeDown = (id: string, more: object = {}, operator = 'opr_demo') =>
    decide(id, { action: 'take-down', duration: null, kinds: ['off-platform-contact'], ...more }, operator)
  const appeal = (user: string, decision: string, text = '誤解です。') =>
    as(user, 'POST', `/v1/decisions/${decision}/appeal`, { text })
  const judge = (appealId: string, body: object, operator = 'opr_second') =>
    as(operator, 'POST', `/v1/appeals/${appealId}/decide`, { reasons: '読み直しました。', ...body })
  const notices = async (user: string) =>
    (await as(user, 'GET', '/v1/notifications?limit=100')).json.notifications as {
      id: string
      kind: string
      readAt: string | null
      text: { ja: string; en: string }
    }[]
  const state = async (id: string) => (await findJob(world.db, id))?.state
  const announced = async (worker: string, type?: string) =>
    (await announcedAbout(world.db, worker)).filter((event) => type === undefined || event.type === type)
  const at = (time: number) => {
    clock.now = instant(time)
  }
  const timers = async () => ({ fired: (await endMeasures(world)) + (await finishDecisions(world)) })
  return {
    ...market,
    session,
    as,
    plugin_: plugin,
    job,
    report,
    queue,
    caseAbout,
    shown,
    decide,
    takeDown,
    appeal,
    judge,
    notices,
    state,
    announced,
    at,
    timers,
  }
}

export type ModerationRoom = Awaited<ReturnType<typeof openModerationRoom>>
