import { Hono } from 'hono'
import * as z from 'zod'
import { countLetters, listLetters, replayDead } from '../../post/store.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, readerOf, show } from '../page-door.tsx'
import { formsOf } from '../parts/form-parts.tsx'
import { requireOwnPage } from '../security-headers.ts'
import { DeliveriesPage } from './deliveries-page.tsx'

const PATH = '/operators/deliveries'
const LETTERS_SHOWN = 25

const stateQuery = z.enum(['waiting', 'delivered', 'dead']).optional().catch(undefined)

/** Unless told otherwise, what is dead if anything is, else what waits, else what arrived. */
async function deliveriesPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const counts = await countLetters(world.db)
  const state = stateQuery.parse(c.req.query('state')) ?? (counts.dead > 0 ? 'dead' : counts.waiting > 0 ? 'waiting' : 'delivered')
  const letters = await listLetters(world.db, { state, limit: LETTERS_SHOWN })
  const forms = formsOf(reader, { rejected: undefined, once: world.newId('jti') })
  return show(c, <DeliveriesPage reader={reader} state={state} counts={counts} letters={letters} most={LETTERS_SHOWN} forms={forms} />)
}

/** What is sent to the plugin, for operators. */
export function deliveriesPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get(PATH, deliveriesPage)
  app.post(PATH, requireOwnPage, async (c) => {
    const world = c.get('world')
    const { act, letter } = await readFields(c)
    const one = act === 'replay-all' ? undefined : (letter ?? '')
    await replayDead(world.db, { now: world.now(), id: one })
    return c.redirect(link(readerOf(c).locale, PATH, { state: 'waiting' }), 303)
  })
  return app
}
