import { Hono } from 'hono'
import { marketplaceEvent, type PluginEvent } from '../../contract/events.ts'
import * as contract from '../../contract/kentei/trust.ts'
import { statusAt } from '../../credential/credential-status.ts'
import { credentialsOfWorker } from '../../credential/store.ts'
import { endorseAchievement, withdrawEndorsement } from '../../flows/endorse-achievement.ts'
import { eraseWorker } from '../../flows/erase-worker.ts'
import { receiveMarketplaceEvent } from '../../flows/receive-marketplace-event.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { positionOf, readEventLog } from '../../marketplace/events/store.ts'
import { findWorker, wasErased } from '../../marketplace/store.ts'
import { tombstonesOf } from '../../marketplace/tombstone.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { verifyWebhook } from '../../platform/outbox/webhook.ts'
import { countEvidence } from '../../ranking/count-evidence.ts'
import { contractsOf } from '../../ranking/store.ts'
import { problemResponse } from '../problem-response.ts'
import type { WebEnv } from '../web-env.ts'
import { describeLineage } from './describe.ts'
import { serving } from './serve.ts'

const PAGE = 100

/** The marketplace's door: its webhooks, and what it may ask or demand. */
export function marketplaceApi(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  const serve = serving(app)
  // the signature is over the bytes, and is tried before anything is read
  app.post(contract.receiveEvent.path, async (c) => {
    const { world } = c.var
    const body = await c.req.text()
    const verified = await verifyWebhook({
      headers: (name) => c.req.header(name),
      body,
      keys: world.settings.marketplace.webhookKeys,
      now: world.now(),
    })
    if (!verified.ok) return problemResponse(verified.problem)
    const event = parseBody(marketplaceEvent, body)
    if (!event.ok) return problemResponse(event.problem)
    if (event.value.id !== verified.value)
      return problemResponse({
        code: 'malformed',
        issues: [{ path: 'id', message: 'differs from the webhook-id header' }],
      })
    const received = await receiveMarketplaceEvent(world, event.value)
    return received.ok ? c.json(received.value) : problemResponse(received.problem)
  })

  serve(contract.listCredentials, async ({ path: { worker } }, c) => {
    const { world } = c.var
    if (!(await findWorker(world.db, worker))) {
      const erased = await wasErased(world.db, await tombstonesOf(worker, world.settings.tombstoneSecrets))
      return fail({ code: erased ? 'gone' : 'not-found' } as const)
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
      ...describeLineage(row),
      url: `${world.settings.origin}/credentials/${row.id}`,
      credential: row.jwt,
      evidence: countEvidence(
        contracts
          .filter(({ exam }) => exam === row.exam)
          .map((contract) => ({ ...contract, released: contract.releasedAt !== null })),
      ),
    }))
    return ok({ worker, credentials })
  })

  serve(contract.eraseWorker, ({ path }, c) => eraseWorker(c.var.world, path.worker))
  serve(contract.endorseAchievement, ({ path, body }, c) =>
    endorseAchievement(c.var.world, path.exam, body.endorsement),
  )
  serve(contract.withdrawEndorsement, ({ path }, c) => withdrawEndorsement(c.var.world, path.exam))

  serve(contract.listEvents, async ({ query: { after } }, c) => {
    const { db } = c.var.world
    const position = /^\d{1,15}$/.test(after) ? Number(after) : await positionOf(db, after)
    if (position === undefined)
      return fail({
        code: 'malformed',
        issues: [{ path: 'after', message: 'expected the cursor or id of an event' }],
      } as const)
    const events = await readEventLog(db, position, PAGE)
    return ok({
      // as they were written
      events: events.map(({ id, type, at, data, seq }) => ({
        cursor: String(seq),
        id,
        timestamp: toRfc3339(at),
        ...({ type, data } as Pick<PluginEvent, 'type' | 'data'>),
      })),
      next: String(events.at(-1)?.seq ?? position),
    })
  })
  return app
}
