import { Hono } from 'hono'
import * as z from 'zod'
import type { MessageStatus } from '../../../platform/outbox/message.ts'
import { attemptsOf, countMessages, listMessages, replay, replayDead } from '../../../platform/outbox/store.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, readerOf, show } from '../page-door.tsx'
import { formsOf } from '../parts/form-parts.tsx'
import type { DeliveryState } from './deliveries-page.tsx'
import { DeliveriesPage } from './deliveries-page.tsx'

const PATH = '/operators/deliveries'
const MOST_SHOWN = 25
/** Dead events that are sent again at once; more need another call. */
const MOST_REPLAYED = 10_000
const statusOf: Readonly<Record<DeliveryState, MessageStatus>> = {
  waiting: 'pending',
  delivered: 'delivered',
  dead: 'dead',
}

const stateQuery = z.enum(['waiting', 'delivered', 'dead']).optional().catch(undefined)

/** Unless told otherwise, what is dead if anything is, else what waits, else what arrived. */
async function deliveriesPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const { pending = 0, delivered = 0, dead = 0 } = await countMessages(world.db)
  const counts = { waiting: pending, delivered, dead }
  const state = stateQuery.parse(c.req.query('state')) ?? (dead > 0 ? 'dead' : pending > 0 ? 'waiting' : 'delivered')
  const messages = await listMessages(world.db, { status: statusOf[state], limit: MOST_SHOWN })
  const tries = await attemptsOf(
    world.db,
    messages.map(({ id }) => id),
  )
  const deliveries = messages.map((message) => ({
    message,
    lastAnswer: tries.findLast((one) => one.message === message.id)?.detail,
  }))
  const forms = formsOf(reader, { rejected: undefined, once: world.newId('jti') })
  return show(
    c,
    <DeliveriesPage
      reader={reader}
      state={state}
      counts={counts}
      deliveries={deliveries}
      most={MOST_SHOWN}
      forms={forms}
    />,
  )
}

/** What is sent to the plugin, for operators. */
export function deliveriesPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get(PATH, deliveriesPage)
  app.post(PATH, async (c) => {
    const world = c.get('world')
    const { act, message } = await readFields(c)
    const now = world.now()
    if (act === 'replay-all') await replayDead(world.db, { now, limit: MOST_REPLAYED, noted: [] })
    else await replay(world.db, message ?? '', now, [])
    return c.redirect(link(readerOf(c).locale, PATH, { state: 'waiting' }), 303)
  })
  return app
}
