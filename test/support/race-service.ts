import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { createApp } from '../../src/app.ts'
import { responsesOf } from '../../src/attempt/responses/store.ts'
import { findOpenAttempt } from '../../src/attempt/store.ts'
import { attempts, responses } from '../../src/attempt/tables.ts'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { drainOutbox } from '../../src/flows/drain-outbox.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { readAttempt, viewAttempt } from '../../src/flows/read-attempt.ts'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import { latestBank } from '../../src/item/store.ts'
import type { AttemptId } from '../../src/kernel/id.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { readSessionToken, type SessionClaim } from '../../src/marketplace/session-token.ts'
import { describeAttempt } from '../../src/web/api/describe.ts'
import type { World } from '../../src/world/world.ts'

/** The clock of a request. Only this test build listens to it. */
export const NOW_HEADER = 'x-test-now'

type OpenWorld = (now: Instant) => World | Promise<World>

type Save = { item: string; revision: number; response: unknown }

/** What the product must not do: looks, decides, then writes. The suite has to notice it. */
function readThenWrite(openWorld: OpenWorld): Hono<{ Variables: { world: World; session: SessionClaim } }> {
  const control = new Hono<{ Variables: { world: World; session: SessionClaim } }>()
  control.use(async (c, next) => {
    const world = await openWorld(instant(Number(c.req.header(NOW_HEADER))))
    const session = await readSessionToken(
      (c.req.header('authorization') ?? '').slice(7),
      world.settings.sessionSecret,
      world.now(),
    )
    if (!session) return c.json({ code: 'unauthenticated' }, 401)
    c.set('world', world)
    c.set('session', session)
    await next()
  })

  control.post('/exams/:exam/attempts', async (c) => {
    const { world, session } = c.var
    const open = await findOpenAttempt(world.db, session.worker, c.req.param('exam'))
    if (open) return c.json(describeAttempt(await viewAttempt(world, open, { withLease: true })))
    const bank = await latestBank(world.db, c.req.param('exam'))
    if (!bank) return c.json({ code: 'not-found' }, 404)
    const form = assembleForm(bank, { locale: 'ja', seed: world.newSeed(), exposure: NO_EXPOSURE })
    const [id, lease, now] = [world.newId('att'), world.newId('lse'), world.now()]
    const deadline = instant(now + bank.exam.timeLimitSeconds * 1_000)
    const row = {
      id,
      worker: session.worker,
      exam: bank.exam.id,
      bankHash: bank.hash,
      locale: 'ja',
      form: JSON.stringify(form),
      status: 'open',
      startedAt: now,
      deadline,
      timeMultiplier: 1,
      lease,
      version: 1,
    }
    await world.db.insert(attempts).values(row)
    return c.json(
      describeAttempt(
        await viewAttempt(
          world,
          { ...row, worker: session.worker, locale: 'ja', form, status: 'open' },
          { withLease: true },
        ),
      ),
      201,
    )
  })

  control.put('/attempts/:id/responses', async (c) => {
    const { world, session } = c.var
    const { saves } = (await c.req.json()) as { saves: Save[] }
    const id = c.req.param('id') as AttemptId
    const view = await readAttempt(world, { session, id })
    if (!view.ok || view.value.status !== 'open') return c.json({ code: 'attempt-closed' }, 409)
    const results = []
    for (const save of saves) {
      const stored = (await responsesOf(world.db, id)).find((response) => response.item === save.item)
      if (stored && stored.revision >= save.revision) {
        results.push({
          item: save.item,
          status: 'stale-revision',
          revision: stored.revision,
          response: stored.response,
        })
        continue
      }
      const values = { revision: save.revision, response: JSON.stringify(save.response), savedAt: world.now() }
      await world.db
        .insert(responses)
        .values({ attempt: id, item: save.item, firstSavedAt: world.now(), ...values })
        .onConflictDoUpdate({ target: [responses.attempt, responses.item], set: values })
      results.push({ item: save.item, status: 'saved', revision: save.revision })
    }
    return c.json({ now: '', deadline: '', results })
  })
  return control
}

/** A marketplace that takes everything, and writes down what it was sent where every process of a driver can see it. */
const recordingFetch =
  (world: World): World['fetch'] =>
  async (url, init) => {
    const key =
      new Headers(init.headers as Record<string, string>).get('idempotency-key') ??
      new Headers(init.headers as Record<string, string>).get('webhook-id')
    await world.db.run(sql`insert into test_sends (message) values (${key})`)
    return url.endsWith('/standing')
      ? Response.json({ status: 'good', version: 1 })
      : new Response(null, { status: 204 })
  }

/**
 * The service as the race tests drive it: each request brings its own time, a sweep and a drain are requests, and a control that
 * breaks the rules of concurrency stands beside it under `/control`.
 */
export function raceService(openWorld: OpenWorld): (request: Request) => Promise<Response> {
  const app = createApp({
    openWorld: (bindings) => openWorld((bindings as { now: Instant }).now),
    logFailure: (failure) => console.error(JSON.stringify(failure)),
  })
  const control = readThenWrite(openWorld)
  return async (request) => {
    const now = instant(Number(request.headers.get(NOW_HEADER)))
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/test/sweep') return Response.json(await closeOverdueAttempts(await openWorld(now)))
    if (pathname === '/test/erase')
      return Response.json(await eraseWorker(await openWorld(now), searchParams.get('worker') ?? ''))
    if (pathname === '/test/drain') {
      const world = await openWorld(now)
      return Response.json(await drainOutbox({ ...world, fetch: recordingFetch(world) }))
    }
    if (pathname.startsWith('/control/'))
      return control.fetch(new Request(request.url.replace('/control/', '/'), request))
    return app.fetch(request, { now, clientAddress: '' })
  }
}
