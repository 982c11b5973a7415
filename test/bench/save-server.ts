import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import * as z from 'zod'
import { createApp } from '../../src/app.ts'
import { responses } from '../../src/attempt/tables.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { outside } from '../../src/world/outside.ts'
import { readSettings } from '../../src/world/settings.ts'
import type { World } from '../../src/world/world.ts'
import { noRenderingAssets } from '../support/no-rendering.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { seatCandidates } from './candidates.ts'
import { compiledExam } from './generated-exam.ts'

// A save over HTTP: `kentei` serves the real app, `bare` the least that parses a save and writes it with the same driver
// under the same PRAGMAs. Tells its port and where saves go.

const [kind, folder] = process.argv.slice(2) as ['kentei' | 'bare', string]

const { db } = await openEmbeddedDatabase(join(folder, `${kind}.db`), 'migrations')
const world: World = { ...outside, rendering: noRenderingAssets, db, settings: readSettings(await testEnvironment()) }
await publishExam(world, compiledExam(200))
const targets = await seatCandidates(world, 'bench', 200)

const saveBody = z.object({
  lease: z.string(),
  saves: z.array(z.object({ item: z.string(), revision: z.int(), response: z.unknown() })).length(1),
})

const bare = new Hono().put('/api/attempts/:id/responses', async (c) => {
  const { saves } = saveBody.parse(await c.req.json())
  const [save] = saves as [(typeof saves)[number]]
  const now = Date.now()
  const rows = await db
    .insert(responses)
    .values({
      attempt: c.req.param('id'),
      item: save.item,
      revision: save.revision,
      response: JSON.stringify(save.response),
      firstSavedAt: now,
      savedAt: now,
    })
    .onConflictDoUpdate({
      target: [responses.attempt, responses.item],
      set: { revision: sql`excluded.revision`, response: sql`excluded.response`, savedAt: sql`excluded.saved_at` },
    })
    .returning({ item: responses.item })
  return c.json({ results: rows.map((row) => ({ item: row.item, status: 'saved' })) })
})

const app =
  kind === 'kentei' ? createApp({ openWorld: () => world, logFailure: (failure) => console.error(failure) }) : bare
process.on('SIGINT', () => process.exit(0))
const server = createAdaptorServer({
  fetch: (request: Request) => app.fetch(request, { clientAddress: '127.0.0.1', bodiesEndAsDeclared: true }),
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port, targets }))
