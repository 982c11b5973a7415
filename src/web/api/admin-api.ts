import { type Context, Hono } from 'hono'
import { handIn, proposeExam as proposeExamCall, readStatistics } from '../../contract/kentei/publishing.ts'
import { endSessionsByMachine as endSessionsCall } from '../../contract/kentei/staff.ts'
import { endSessionsByMachine } from '../../flows/end-sessions.ts'
import { warningOfBank } from '../../flows/judge-bank.ts'
import { proposeExam } from '../../flows/propose-exam.ts'
import { measureItems, measureTasks } from '../../flows/read-item-statistics.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { parseInput } from '../../platform/http/parse-input.ts'
import { problemResponse } from '../problem-response.ts'
import { readBundle } from '../read-bundle.ts'
import { bearerOf } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'
import { requireOwnScope, takeOwnToken } from './own-token.ts'
import { serving } from './serve.ts'

/** Whose work it is: the person of the session or of the key; or whom the holder of a key names that is nobody's own. */
async function authorOf(c: Context<WebEnv>, named: string | undefined): Promise<Result<string>> {
  const { world, session } = c.var
  if (session) return session.role === 'worker' ? fail({ code: 'forbidden' }) : ok(session.worker)
  const taken = await takeOwnToken(world, bearerOf(c), 'exams:publish')
  if (!taken.ok) return taken
  const { person } = taken.value
  if (person !== undefined) return named === undefined || named === person ? ok(person) : fail({ code: 'forbidden' })
  return named === undefined
    ? fail({
        code: 'malformed',
        issues: [{ path: 'author', message: 'say whose work it is: ?author= their id in the marketplace' }],
      })
    : ok(named)
}

/**
 * The door of `kentei publish --to`: an author's session or key hands an exam version in. Another
 * person approves it.
 * And the door of `kentei sessions end --to`, for the service key alone.
 */
export function adminApi(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  serving(app, { admit: requireOwnScope })(endSessionsCall, async ({ body: { why, ...owners } }, c) =>
    ok({ ended: await endSessionsByMachine(c.var.world, { owners, why }) }),
  )
  app.post(proposeExamCall.path, async (c) => {
    // who hands in is asked before what: only they are told what is wrong with it
    const query = parseInput(handIn, c.req.query())
    const author = await authorOf(c, query.ok ? query.value.author : undefined)
    if (!author.ok) return problemResponse(author.problem)
    if (!query.ok) return problemResponse(query.problem)
    const read = await readBundle(await c.req.text(), c.var.world.compileBank)
    if (!read.ok) return problemResponse(read.problem)
    const done = await proposeExam(c.var.world, {
      ...read.value,
      by: author.value,
      under: c.var.session?.id,
      note: query.value.note,
    })
    if (!done.ok) return problemResponse(done.problem)
    const { exam, hash } = read.value.bank
    const warning = await warningOfBank(c.var.world, read.value.bank)
    const known = {
      exam: exam.id,
      version: exam.version,
      hash,
      ...(warning ? { warning: { code: 'public-bank', ...warning } } : {}),
    }
    if (done.value.state === 'live') return c.json({ ...known, state: 'live' })
    const { proposal, created } = done.value
    return c.json(
      {
        ...known,
        state: 'waiting',
        proposal: proposal.id,
        url: `${c.var.world.settings.origin}/staff/proposals/${proposal.id}`,
      },
      created ? 201 : 200,
    )
  })
  return app
}

/** The door of `kentei statistics --from`. It gives numbers by item version and family: no text, no key, nothing of a person. */
export function statisticsApi(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  serving(app, { admit: requireOwnScope })(readStatistics, async ({ path: { exam } }, c) => {
    if (!/^[a-z0-9-]{1,64}$/.test(exam)) return fail({ code: 'not-found' as const })
    const { newest, oldest, ...statistics } = await measureItems(c.var.world, exam)
    const graded =
      newest === undefined || oldest === undefined ? {} : { newest: toRfc3339(newest), oldest: toRfc3339(oldest) }
    const tasks = await measureTasks(c.var.world, exam)
    c.header('cache-control', 'no-store')
    return ok({ ...statistics, ...graded, ...(tasks.length > 0 ? { tasks } : {}) })
  })
  return app
}
