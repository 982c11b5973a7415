import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { Hono } from 'hono'
import { generateKey, openKeyRing } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { insertCredentialStatement } from '../../src/credential/store.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Instant } from '../../src/kernel/instant.ts'
import { memoryRates, type RateStore } from '../../src/platform/http/rate-limit.ts'
import { issuerRoutes } from '../../src/web/public/issuer-routes.ts'
import { publicRoutes } from '../../src/web/public/public-routes.ts'
import { noBrand } from '../../src/world/brand.ts'
import type { Database } from '../../src/world/database.ts'
import type { World } from '../../src/world/world.ts'
import { builtRenderingAssets } from './built.ts'
import { migrationStatements } from './migration-statements.ts'
import { publishBank } from './publish-bank.ts'
import { dayAfter, exam, input, issuedAt, origin, validUntil } from './sample-credential.ts'

type Fetch = World['fetch']
const noNetwork: Fetch = async () => Promise.reject(new Error('no network'))

async function openDatabase(url: string): Promise<Database> {
  const client = createClient({ url })
  for (const statement of await migrationStatements('migrations')) await client.execute(statement)
  return drizzle(client) as unknown as Database
}

/** The public app over a database of its own, with one issued credential, a clock that can be set and no network. */
export async function publicWorld({
  at = origin,
  fetch = noNetwork,
  url = ':memory:',
}: {
  at?: string
  fetch?: Fetch
  url?: string
} = {}) {
  const clock = { now: dayAfter as Instant }
  const world = {
    db: await openDatabase(url),
    settings: {
      origin: at,
      issuerName: { ja: 'Kentei 検定センター', en: 'Kentei Certification' },
      keys: [await generateKey('credential'), await generateKey('service'), await generateKey('proof')],
      securityContacts: [],
      marketplace: {
        origin: 'https://market.example',
        api: 'https://market.example',
        audience: 'https://market.example',
        brand: noBrand,
      },
    },
    rendering: builtRenderingAssets,
    now: () => clock.now,
    newId: (kind: string) => `${kind}_1`,
    newUuid: () => '3f6c1f0e-2b51-4d7c-9a43-0d5f6a1b2c3d',
    fetch: noNetwork,
    fetchStranger: fetch,
  } as unknown as World
  const ring = await openKeyRing(at, world.settings.keys)
  const issue = async (change: Partial<typeof input> = {}) => {
    const issued = { ...input, issuer: { ...input.issuer, origin: at }, ...change }
    const jwt = await signCredential(issued, ring)
    const row = {
      id: issued.id,
      attemptId: `att_${issued.id}`,
      worker: 'w1',
      exam: issued.exam.id,
      level: issued.exam.level,
      examVersion: issued.exam.version,
      title: issued.exam.title,
      holderName: 'みなと <b>',
      subject: issued.subject,
      issuedAt: issued.issuedAt,
      validUntil: issued.validUntil,
      statusList: issued.status.list,
      statusIndex: issued.status.index,
      jwt,
      bankHash: 'hash',
    }
    await world.db.batch([insertCredentialStatement(world.db, row)])
    return jwt
  }
  await publishBank(world.db, { exam, items: [], hash: 'hash' } as Bank, issuedAt)
  const rates = memoryRates()
  const app = new Hono<{ Variables: { world: World; rates: RateStore; report: (error: unknown) => void } }>()
  app.use(async (c, next) => {
    c.set('world', world)
    c.set('rates', rates)
    c.set('report', () => {})
    await next()
  })
  app.route('/', publicRoutes())
  app.route('/', issuerRoutes())
  const verify = async (credential: unknown, init: RequestInit = {}) =>
    app.request('/api/credentials/verify', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ credential }),
      ...init,
    })
  return { app, world, ring, clock, jwt: await issue(), issue, verify, id: input.id, validUntil }
}
