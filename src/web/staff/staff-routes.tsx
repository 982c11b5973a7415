import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { readLog as readLogCall, sessionEnding } from '../../contract/kentei/staff.ts'
import { endSessions } from '../../flows/end-sessions.ts'
import { areSamples } from '../../flows/judge-bank.ts'
import { markLeaked, readExposures } from '../../flows/mark-leaked.ts'
import { readDeliveries, replayDeadLetters, replayMessage } from '../../flows/read-deliveries.ts'
import { readLog } from '../../flows/read-log.ts'
import { readMeasuredPoints, readToday } from '../../flows/read-today.ts'
import { latestBanks } from '../../item/store.ts'
import { instant } from '../../kernel/instant.ts'
import type { Session } from '../../marketplace/session-token.ts'
import { staffSessions } from '../../marketplace/sessions/store.ts'
import type { PageContext } from '../ui/page-context.ts'
import { pageResponse, refusalResponse } from '../ui/page-response.tsx'
import type { WebEnv } from '../web-env.ts'
import { attemptRoutes, liveAttemptFlows } from './attempts/attempt-routes.tsx'
import { DeliveriesPage, filters } from './deliveries-page.tsx'
import { itemFilters, MeasuredItemsPage } from './items-page.tsx'
import { LeaksPage, leakOutcomes } from './leaks-page.tsx'
import { LogPage } from './log-page.tsx'
import { scopeOf } from './scope.tsx'
import { SessionsPage } from './sessions-page.tsx'
import { forAuthors, forOperators } from './staff-door.tsx'
import { TodayPage } from './today/today-page.tsx'
import { readWhy } from './typed-why.tsx'

const SESSIONS_PER_PAGE = 50
/** Of the last session of a page: when it began, and its id. */
const sessionPlace = /^(\d{1,15})\.(\w{1,100})$/

const itemsAsked = z.object({
  only: z.enum(itemFilters).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
})

const liveStaffFlows = {
  ...liveAttemptFlows,
  endSessions,
  markLeaked,
  readDeliveries,
  readExposures,
  readLog,
  readMeasuredPoints,
  readToday,
  replayDeadLetters,
  replayMessage,
  staffSessions,
}
export type StaffFlows = typeof liveStaffFlows

const why = z.string().trim().min(1).max(400)
const leak = z.object({ exam: z.string().max(64), item: z.string().max(100), why })
const leaksAsked = z.object({
  q: z.string().trim().max(200).catch(''),
  outcome: z.enum(leakOutcomes).optional().catch(undefined),
})
/** What was typed to end sessions, for the form that shows it again. */
const endingTyped = z.object({
  whose: z.enum(['worker', 'role']).catch('role'),
  worker: z.string().max(200).catch(''),
  role: z.string().catch(''),
})
const idOf = (c: Context<WebEnv>): string => c.req.param('id') ?? ''

/** Deliveries, and what an operator may do to attempts. */
export function staffRoutes(flows: StaffFlows = liveStaffFlows): Hono<WebEnv> {
  const today = forOperators(async (c, context, session) => {
    const scope = scopeOf(c.req.query())
    const read = await flows.readToday(c.get('world'), session, scope)
    return read.ok
      ? pageResponse(c, <TodayPage context={context} scope={scope} today={read.value} />)
      : refusalResponse(c, context, read.problem)
  })
  const items = forAuthors(async (c, context) => {
    const scope = scopeOf(c.req.query())
    const banks = await latestBanks(c.get('world').db)
    const { only, page } = itemsAsked.parse(c.req.query())
    return pageResponse(
      c,
      <MeasuredItemsPage
        context={context}
        scope={scope}
        exams={banks.map(({ exam }) => exam)}
        isSample={await areSamples(banks, scope.exam)}
        points={await flows.readMeasuredPoints(c.get('world'), banks, scope)}
        only={only}
        page={page}
      />,
    )
  })
  const deliveries = forOperators(async (c, context) => {
    const status = filters.find((filter) => filter.status === c.req.query('status'))?.status
    const before = Number(c.req.query('before'))
    const view = await flows.readDeliveries(c.get('world'), {
      status,
      before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
    })
    return pageResponse(
      c,
      <DeliveriesPage context={context} view={view} status={status} replayed={c.req.query('replayed') === '1'} />,
    )
  })
  async function showSessions(c: Context<WebEnv>, context: PageContext, refused?: Record<string, unknown>) {
    const world = c.get('world')
    const [, at, id] = sessionPlace.exec(c.req.query('before') ?? '') ?? []
    const after = id === undefined ? undefined : { launchedAt: instant(Number(at)), id }
    const sessions = await flows.staffSessions(world.db, world.now(), { after, limit: SESSIONS_PER_PAGE + 1 })
    const last = sessions.length > SESSIONS_PER_PAGE ? sessions[SESSIONS_PER_PAGE - 1] : undefined
    return pageResponse(
      c,
      <SessionsPage
        context={context}
        sessions={sessions.slice(0, SESSIONS_PER_PAGE)}
        older={last && `${last.launchedAt}.${last.id}`}
        worker={(refused ? endingTyped.parse(refused).worker : c.req.query('worker')) ?? ''}
        ended={refused ? 'refused' : c.req.query('ended')}
        typed={refused && { ...endingTyped.parse(refused), why: readWhy(refused) }}
      />,
      refused && 422,
    )
  }
  async function showLeaks(
    c: Context<WebEnv>,
    context: PageContext,
    session: Session,
    refused?: Pick<Parameters<typeof LeaksPage>[0], 'outcome' | 'typed'> & { readonly status: 409 | 422 },
  ) {
    const read = await flows.readExposures(c.get('world'), session)
    if (!read.ok) return refusalResponse(c, context, read.problem)
    const asked = leaksAsked.parse(c.req.query())
    return pageResponse(
      c,
      <LeaksPage
        context={context}
        exams={read.value}
        scope={scopeOf(c.req.query())}
        q={asked.q}
        outcome={refused?.outcome ?? asked.outcome}
        typed={refused?.typed}
      />,
      refused?.status,
    )
  }
  const showLog = forOperators(async (c, context, session) => {
    const { before: _, lang: __, ...asked } = c.req.query()
    const query = readLogCall.query.safeParse(c.req.query())
    const banks = await latestBanks(c.get('world').db)
    if (!query.success)
      return pageResponse(c, <LogPage context={context} view={undefined} asked={asked} banks={banks} />, 422)
    const read = await flows.readLog(c.get('world'), { session, ...query.data })
    return read.ok
      ? pageResponse(c, <LogPage context={context} view={read.value} asked={asked} banks={banks} />)
      : refusalResponse(c, context, read.problem)
  })
  return new Hono<WebEnv>()
    .route('/', attemptRoutes(flows))
    .get('/staff', (c) => (c.get('session')?.role === 'author' ? c.redirect('/staff/desk', 303) : today(c)))
    .get('/staff/items', items)
    .get('/staff/deliveries', deliveries)
    .post(
      '/staff/deliveries/replay-dead',
      forOperators(async (c, context, session) => {
        const done = await flows.replayDeadLetters(c.get('world'), session)
        return done.ok ? c.redirect('/staff/deliveries?replayed=1', 303) : refusalResponse(c, context, done.problem)
      }),
    )
    .post(
      '/staff/deliveries/:id/replay',
      forOperators(async (c, context, session) => {
        const done = await flows.replayMessage(c.get('world'), { session, id: idOf(c) })
        return done.ok ? c.redirect('/staff/deliveries?replayed=1', 303) : refusalResponse(c, context, done.problem)
      }),
    )
    .get(
      '/staff/leaks',
      forOperators((c, context, session) => showLeaks(c, context, session)),
    )
    .post(
      '/staff/leaks',
      forOperators(async (c, context, session) => {
        const body = await c.req.parseBody()
        const input = leak.safeParse(body)
        const done = input.success ? await flows.markLeaked(c.get('world'), { session, ...input.data }) : undefined
        if (done?.ok && done.value.created) return c.redirect('/staff/leaks?outcome=done', 303)
        const typed = { item: String(body.item ?? ''), why: readWhy(body) }
        const refused = done?.ok
          ? ({ outcome: 'already', typed, status: 409 } as const)
          : ({ outcome: 'refused', typed, status: 422 } as const)
        return showLeaks(c, { ...context, path: '/staff/leaks' }, session, refused)
      }),
    )
    .get('/staff/log', showLog)
    .get(
      '/staff/sessions',
      forOperators((c, context) => showSessions(c, context)),
    )
    .post(
      '/staff/sessions/end',
      forOperators(async (c, context, session) => {
        const body = await c.req.parseBody()
        const { whose, why: reason, ...form } = body
        const owners = whose === 'worker' ? { worker: form.worker } : { role: form.role }
        const input = sessionEnding.safeParse({ ...owners, why: reason })
        if (!input.success) return showSessions(c, { ...context, path: '/staff/sessions' }, body)
        const { why: given, ...rest } = input.data
        const done = await flows.endSessions(c.get('world'), { session, owners: rest, why: given })
        return done.ok
          ? c.redirect(`/staff/sessions?ended=${done.value.ended}`, 303)
          : refusalResponse(c, context, done.problem)
      }),
    )
}
