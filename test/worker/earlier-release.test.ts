import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DeployedWorker, openDeployedWorker } from '../support/deployed-worker.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { readMigrations } from '../support/migration-statements.ts'
import { testEnvironment } from '../support/test-settings.ts'

// A D1 database carries what wrangler wrote down of its migrations.

let worker: DeployedWorker
const lines: string[] = []
beforeAll(async () => {
  worker = await openDeployedWorker(
    { ...(await testEnvironment()) },
    () => new Response('', { status: 503 }),
    (line) => lines.push(line),
  )
  for (const statement of (await readFile('test/world/earlier-release/d1.sql', 'utf8'))
    .split(/;\n/)
    .filter((text) => text.trim() !== ''))
    await worker.d1.prepare(statement).run()
})
afterAll(() => worker?.miniflare.dispose())

const ask = async (path: string) => {
  const response = await worker.miniflare.dispatchFetch(`${PLUGIN}${path}`)
  return [response.status, await response.text()] as const
}
const REASON =
  'the D1 database was made by the migrations of another release: bind a new one, and apply the migrations to it'

it('the Worker answers nothing from a D1 database of an earlier release, and writes down what to do', async () => {
  const [status, body] = await ask('/.well-known/jwks.json')
  expect([status, JSON.parse(body).code]).toEqual([500, 'internal'])
  await expect
    .poll(() => lines.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])))
    .toContainEqual(expect.objectContaining({ event: 'request-failed', reason: REASON }))
  const { scheduled } = (await worker.miniflare.getWorker()) as unknown as {
    scheduled(options: object): Promise<{ outcome: string }>
  }
  expect((await scheduled({ scheduledTime: new Date(), cron: '* * * * *' })).outcome).toBe('exception')
})

it('the Worker answers from a D1 database that began with our migrations', async () => {
  const [first] = await readMigrations('migrations')
  await worker.d1.prepare('delete from d1_migrations').run()
  await worker.d1
    .prepare('insert into d1_migrations (name) values (?), (?)')
    .bind(`${first?.tag}.sql`, '0001_of_a_later_release.sql')
    .run()
  expect((await ask('/.well-known/jwks.json'))[0]).toBe(200)
})
