import { Hono, type MiddlewareHandler } from 'hono'
import { statusAt } from '../../credential/credential-status.ts'
import { credentialsOfWorker } from '../../credential/store.ts'
import { endorseAchievement, withdrawEndorsement } from '../../flows/endorse-achievement.ts'
import { eraseWorker } from '../../flows/erase-worker.ts'
import { receiveMarketplaceEvent } from '../../flows/receive-marketplace-event.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { endorsementRequest, marketplaceEvent, type Scope } from '../../marketplace/contract.ts'
import { positionOf, readEventLog } from '../../marketplace/events/store.ts'
import { findWorker, wasErased } from '../../marketplace/store.ts'
import { tombstonesOf } from '../../marketplace/tombstone.ts'
import { verifyServiceToken } from '../../marketplace/trusted-token.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { verifyWebhook } from '../../platform/outbox/webhook-signature.ts'
import { countEvidence } from '../../ranking/count-evidence.ts'
import { contractsOf } from '../../ranking/store.ts'
import { problemResponse } from '../problem-response.ts'
import { bearerOf } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'
import { lineageBody } from './bodies.ts'

const PAGE = 100

/** Lets a caller in that shows a service token of the marketplace with this scope. */
const requireScope =
  (scope: Scope): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const token = bearerOf(c)
    if (token === undefined) return problemResponse({ code: 'unauthenticated' })
    const verified = await verifyServiceToken(c.var.world, token, scope)
    if (!verified.ok) return problemResponse(verified.problem)
    return next()
  }

/** The marketplace's door: its webhooks, and what it may ask or demand. */
export function marketplaceApi(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  app.post('/webhooks/marketplace', async (c) => {
    const { world } = c.var
    const body = await c.req.text()
    const verified = await verifyWebhook({ headers: (name) => c.req.header(name), body, keys: world.settings.marketplace.webhookKeys, now: world.now() })
    if (!verified.ok) return problemResponse(verified.problem)
    const event = parseBody(marketplaceEvent, body)
    if (!event.ok) return problemResponse(event.problem)
    if (event.value.id !== verified.value) return problemResponse({ code: 'malformed', issues: [{ path: 'id', message: 'differs from the webhook-id header' }] })
    const received = await receiveMarketplaceEvent(world, event.value)
    return received.ok ? c.json(received.value) : problemResponse(received.problem)
  })

  app.get('/api/workers/:worker/credentials', requireScope('credentials:read'), async (c) => {
    const { world } = c.var
    const worker = c.req.param('worker')
    if (!(await findWorker(world.db, worker))) {
      const erased = await wasErased(world.db, await tombstonesOf(worker, world.settings.tombstoneSecrets))
      return problemResponse({ code: erased ? 'gone' : 'not-found' })
    }
    const now = world.now()
    const contracts = await contractsOf(world.db, worker)
    const credentials = (await credentialsOfWorker(world.db, worker)).map((row) => ({
      id: row.id,
      exam: row.exam,
      level: row.level,
      title: row.title,
      status: statusAt(row, now),
      issuedAt: toRfc3339(row.issuedAt),
      validUntil: toRfc3339(row.validUntil),
      version: row.version,
      ...lineageBody(row),
      url: `${world.settings.origin}/credentials/${row.id}`,
      credential: row.jwt,
      evidence: countEvidence(contracts.filter(({ exam }) => exam === row.exam).map((contract) => ({ ...contract, released: contract.releasedAt !== null }))),
    }))
    return c.json({ worker, credentials })
  })

  app.delete('/api/workers/:worker', requireScope('workers:erase'), async (c) => {
    const erased = await eraseWorker(c.var.world, c.req.param('worker'))
    return erased.ok ? c.json(erased.value) : problemResponse(erased.problem)
  })

  app.put('/api/achievements/:exam/endorsement', requireScope('achievements:endorse'), async (c) => {
    const request = parseBody(endorsementRequest, await c.req.text())
    if (!request.ok) return problemResponse(request.problem)
    const endorsed = await endorseAchievement(c.var.world, c.req.param('exam'), request.value.endorsement)
    return endorsed.ok ? c.json(endorsed.value) : problemResponse(endorsed.problem)
  })

  app.delete('/api/achievements/:exam/endorsement', requireScope('achievements:endorse'), async (c) => {
    const withdrawn = await withdrawEndorsement(c.var.world, c.req.param('exam'))
    return withdrawn.ok ? c.json(withdrawn.value) : problemResponse(withdrawn.problem)
  })

  app.get('/api/events', requireScope('events:read'), async (c) => {
    const { db } = c.var.world
    const after = c.req.query('after') ?? '0'
    const position = /^\d{1,15}$/.test(after) ? Number(after) : await positionOf(db, after)
    if (position === undefined) return problemResponse({ code: 'malformed', issues: [{ path: 'after', message: 'expected the cursor or id of an event' }] })
    const events = await readEventLog(db, position, PAGE)
    return c.json({
      events: events.map(({ id, type, at, data, seq }) => ({ cursor: String(seq), id, type, timestamp: toRfc3339(at), data })),
      next: String(events.at(-1)?.seq ?? position),
    })
  })
  return app
}
