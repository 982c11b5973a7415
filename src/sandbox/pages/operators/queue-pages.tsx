import { Hono } from 'hono'
import * as z from 'zod'
import { subjectKinds } from '../../moderation/decision/actions.ts'
import { type Appeal, findDecision, listAppeals } from '../../moderation/decision/store.ts'
import { countWaiting, findCase } from '../../moderation/store.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { type PageContext, readerOf, show } from '../page-door.tsx'
import { type AppealLine, AppealsPage } from './appeals-page.tsx'
import { lineOf, loadQueue } from './load-queue.ts'
import { QueuePage } from './queue-page.tsx'

const CASES_PER_PAGE = 20
const APPEALS_SHOWN = 100
const JUDGED_SHOWN = 10

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const queueQuery = z.object({
  kind: z.enum(subjectKinds).optional().catch(undefined),
  status: z.literal('closed').optional().catch(undefined),
  after: z.string().max(200).catch(''),
})

async function queuePage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const { kind, status, after } = queueQuery.parse(c.req.query())
  const closed = status === 'closed'
  const [part, waiting] = await Promise.all([
    loadQueue(world, { statuses: closed ? ['closed'] : ['open', 'escalated'], kind, after, limit: CASES_PER_PAGE }),
    countWaiting(world.db),
  ])
  return show(
    c,
    <QueuePage reader={readerOf(c)} part={part} waiting={waiting} kind={kind} closed={closed} further={after !== ''} />,
  )
}

async function appealLines(world: SandboxWorld, appeals: readonly Appeal[]): Promise<AppealLine[]> {
  const lines = await Promise.all(
    appeals.map(async (appeal) => {
      const [decision, known] = await Promise.all([
        findDecision(world.db, appeal.decision),
        findCase(world.db, appeal.subject),
      ])
      return decision && known ? [{ appeal, decision, line: await lineOf(world, known) }] : []
    }),
  )
  return lines.flat()
}

async function appealsPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const [open, judged] = await Promise.all([
    listAppeals(world.db, { judged: false, limit: APPEALS_SHOWN }),
    listAppeals(world.db, { judged: true, limit: JUDGED_SHOWN }),
  ])
  return show(
    c,
    <AppealsPage
      reader={readerOf(c)}
      open={await appealLines(world, open)}
      judged={await appealLines(world, judged)}
    />,
  )
}

/** What waits for an operator: cases, and appeals against decisions. */
export function queuePages(): Hono<SandboxEnv> {
  return new Hono<SandboxEnv>().get('/operators/queue', queuePage).get('/operators/appeals', appealsPage)
}
