import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { workerId } from '../../../contract/tokens.ts'
import { extendDeadline, voidAttempt } from '../../../flows/extend-deadline.ts'
import { exportAttempts, readAttempts } from '../../../flows/read-attempts.ts'
import { readSatTasks } from '../../../flows/read-sat-tasks.ts'
import { setAccommodation } from '../../../flows/set-accommodation.ts'
import { instant, minutes } from '../../../kernel/instant.ts'
import type { Problem } from '../../../kernel/problem.ts'
import type { Result } from '../../../kernel/result.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import type { WebEnv } from '../../web-env.ts'
import { forOperators } from '../staff-door.tsx'
import { readWhy } from '../typed-why.tsx'
import { type AttemptsAsked, attemptsAsked, queryOf, type RefusedAct } from './attempts-asked.ts'
import { AttemptsPage } from './attempts-page.tsx'
import { attemptsTable } from './attempts-table.ts'
import { TasksPage } from './tasks-page.tsx'

export const liveAttemptFlows = {
  exportAttempts,
  extendDeadline,
  readAttempts,
  readSatTasks,
  setAccommodation,
  voidAttempt,
}
export type AttemptFlows = typeof liveAttemptFlows

const why = z.string().trim().min(1).max(400)
const extension = z.object({
  minutes: z.coerce.number().int().min(1).max(600),
  // the deadline that the page showed
  from: z.coerce.number().int().transform(instant).optional(),
  why,
})
const voiding = z.object({ why })
const accommodation = z.object({ worker: workerId, timeMultiplier: z.coerce.number().min(1).max(3), why })

const idOf = (c: Context<WebEnv>): string => c.req.param('id') ?? ''

/** Why an act was not done, where the list can say it beside how things stand now. */
const becauseOf = ({ code }: Problem): RefusedAct['because'] | undefined =>
  code === 'attempt-closed' ? 'closed' : code === 'conflict' || code === 'deadline-not-later' ? 'changed' : undefined

/** What operators see of attempts, and may do to them. */
export function attemptRoutes(flows: AttemptFlows): Hono<WebEnv> {
  async function show(
    c: Context<WebEnv>,
    context: PageContext,
    session: Session,
    { asked, refused }: { readonly asked: AttemptsAsked; readonly refused?: RefusedAct },
  ) {
    const read = await flows.readAttempts(c.get('world'), session, queryOf(asked))
    if (!read.ok) return refusalResponse(c, context, read.problem)
    const isDone = !refused && c.req.query('outcome') === 'done'
    return pageResponse(
      c,
      <AttemptsPage context={context} asked={asked} view={read.value} isDone={isDone} refused={refused} />,
      refused ? (refused.because === 'input' ? 422 : 409) : 200,
    )
  }

  /** Shows what the act was about: as it stands now, or with why nothing was done. */
  function after(
    c: Context<WebEnv>,
    context: PageContext,
    session: Session,
    { about, form, done }: { about: Readonly<Record<string, string>>; form: object; done: Result<unknown> | undefined },
  ) {
    if (done?.ok) return c.redirect(`/staff/attempts?${new URLSearchParams({ ...about, outcome: 'done' })}`, 303)
    const because = done ? becauseOf(done.problem) : 'input'
    if (done && because === undefined) return refusalResponse(c, context, done.problem)
    return show(c, context, session, {
      asked: attemptsAsked(about),
      refused: { because: because ?? 'input', why: readWhy(form) },
    })
  }

  return new Hono<WebEnv>()
    .get(
      '/staff/attempts',
      forOperators((c, context, session) => show(c, context, session, { asked: attemptsAsked(c.req.query()) })),
    )
    .get(
      '/staff/attempts.csv',
      forOperators(async (c, context, session) => {
        const read = await flows.exportAttempts(c.get('world'), session, queryOf(attemptsAsked(c.req.query())))
        if (!read.ok) return refusalResponse(c, context, read.problem)
        c.header('Cache-Control', 'no-store')
        c.header('Content-Disposition', 'attachment; filename="attempts.csv"')
        return c.body(attemptsTable(context, read.value), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
      }),
    )
    .get(
      '/staff/attempts/:id/tasks',
      forOperators(async (c, context, session) => {
        const read = await flows.readSatTasks(c.get('world'), { session, id: idOf(c) })
        return read.ok
          ? pageResponse(c, <TasksPage context={context} sat={read.value} />)
          : refusalResponse(c, context, read.problem)
      }),
    )
    .post(
      '/staff/attempts/:id/extend',
      forOperators(async (c, context, session) => {
        const [id, form] = [idOf(c), await c.req.parseBody()]
        const input = extension.safeParse(form)
        const done = input.success
          ? await flows.extendDeadline(c.get('world'), {
              session,
              id,
              why: input.data.why,
              by: minutes(input.data.minutes),
              from: input.data.from,
            })
          : undefined
        return after(c, context, session, { about: { q: id, open: id }, form, done })
      }),
    )
    .post(
      '/staff/attempts/:id/void',
      forOperators(async (c, context, session) => {
        const [id, form] = [idOf(c), await c.req.parseBody()]
        const input = voiding.safeParse(form)
        const done = input.success
          ? await flows.voidAttempt(c.get('world'), { session, id, why: input.data.why })
          : undefined
        return after(c, context, session, { about: { q: id, open: id }, form, done })
      }),
    )
    .post(
      '/staff/accommodation',
      forOperators(async (c, context, session) => {
        const form = await c.req.parseBody()
        const input = accommodation.safeParse(form)
        const done = input.success
          ? await flows.setAccommodation(c.get('world'), { session, ...input.data })
          : undefined
        return after(c, context, session, { about: { q: String(form.worker ?? '') }, form, done })
      }),
    )
}
