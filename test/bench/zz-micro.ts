import { join } from 'node:path'
import { mkdtemp } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import * as z from 'zod'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { createApp } from '/work/main/src/app.ts'
import { upsertResponses } from '/work/main/src/attempt/store.ts'
import { recordResponses } from '/work/main/src/flows/record-responses.ts'
import { responses } from '/work/main/src/attempt/tables.ts'
import { publishExam } from '/work/main/src/flows/publish-exam.ts'
import { outside } from '/work/main/src/world/outside.ts'
import { readSettings } from '/work/main/src/world/settings.ts'
import { testEnvironment } from '/work/main/test/support/test-settings.ts'
import { seatCandidates } from '/work/main/test/bench/candidates.ts'
import { compiledExam } from '/work/main/test/bench/generated-exam.ts'
const folder = await mkdtemp('/tmp/kp-')
const client = createClient({ url: 'file:' + join(folder, 'x.db'), concurrency: 1 })
await client.execute('PRAGMA journal_mode=WAL'); await client.execute('PRAGMA synchronous=OFF')
const db = drizzle(client) as any
await migrate(db, { migrationsFolder: 'migrations' })
const world: any = { ...outside, db, settings: readSettings(await testEnvironment()) }
await publishExam(world, compiledExam(200))
const targets = await seatCandidates(world, 'bench', 200)
const saveBody = z.object({ lease: z.string(), saves: z.array(z.object({ item: z.string(), revision: z.int(), response: z.unknown() })).length(1) })
let rev = 0
const bareUpsert = async (id: string, save: any) => {
  const now = Date.now()
  return db.insert(responses).values({ attempt: id, item: save.item, revision: save.revision, response: JSON.stringify(save.response), firstSavedAt: now, savedAt: now })
    .onConflictDoUpdate({ target: [responses.attempt, responses.item], set: { revision: sql`excluded.revision`, response: sql`excluded.response`, savedAt: sql`excluded.saved_at` } })
    .returning({ item: responses.item })
}
const bare = new Hono().put('/api/attempts/:id/responses', async (c) => {
  const { saves } = saveBody.parse(await c.req.json())
  const rows = await bareUpsert(c.req.param('id'), saves[0])
  return c.json({ results: rows.map((row: any) => ({ item: row.item, status: 'saved' })) })
})
const app = createApp({ openWorld: () => world })
const idOf = (t: any) => t.path.split('/')[3]
const req = (t: any) => new Request('http://localhost' + t.path, { method: 'PUT', headers: { authorization: 'Bearer ' + t.session, 'content-type': 'application/json' }, body: JSON.stringify({ lease: t.lease, saves: [{ item: t.item, revision: ++rev, response: { choice: t.choices[rev % 4] } }] }) })
const acts: Record<string, (t: any, i: number) => Promise<any>> = {
  'raw bare': async (t) => client.execute({ sql: 'insert into responses values (?,?,?,?,?,?) on conflict(attempt_id,item) do update set revision=excluded.revision,response=excluded.response,saved_at=excluded.saved_at returning item', args: [idOf(t), t.item, ++rev, '{"choice":"a"}', 1, 1] }),
  'drizzle bare': (t) => bareUpsert(idOf(t), { item: t.item, revision: ++rev, response: { choice: 'a' } }),
  'upsertResponses': async (t, i) => { const r = await upsertResponses(db, { id: idOf(t), worker: 'bench_' + i, lease: t.lease, now: world.now(), saves: [{ item: t.item, revision: ++rev, response: { choice: 'a' } }] }); if (r.saved.size !== 1) throw new Error('x') },
  'recordResponses': async (t, i) => { const r = await recordResponses(world, { session: { worker: 'bench_' + i } as any, id: idOf(t), lease: t.lease, saves: [{ item: t.item, revision: ++rev, response: { choice: t.choices[rev % 4] } }] }); if (!r.ok) throw new Error('x') },
  'bare app': async (t) => (await bare.fetch(req(t), {} as any)).text(),
  'kentei app': async (t) => { const r = await (await app.fetch(req(t), { clientAddress: '1' } as any)).text(); if (!r.includes('saved"')) throw new Error(r) },
}
const best: any = {}
for (let round = 0; round < 6; round++) for (const [k, f] of Object.entries(acts)) {
  const n = 1500; const c0 = process.cpuUsage()
  for (let i = 0; i < n; i++) await f(targets[i % 200], i % 200)
  const c = process.cpuUsage(c0); const us = (c.user + c.system) / n
  best[k] = Math.min(best[k] ?? 1e9, us)
}
console.log(best)
process.exit()
