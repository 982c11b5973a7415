import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import Database from 'libsql'
import { describe, expect, it, type TestContext } from 'vitest'
import { instant } from '../../src/kernel/instant.ts'
import { spendToken } from '../../src/platform/http/replay/store.ts'
import { usedTokens } from '../../src/platform/http/replay/tables.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { save, sit, startCall } from '../support/exam-hall.ts'
import { fixedWorld } from '../support/fixed-world.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { openMarket } from '../support/sandbox/open-market.ts'

/** A database of the service, and another process that has it open. */
async function openBoth({ onTestFinished }: TestContext) {
  const folder = await mkdtemp(join(quickFolder, 'kentei-busy-'))
  const file = join(folder, 'kentei.db')
  const embedded = await openEmbeddedDatabase(file, 'migrations')
  const { db } = embedded
  const other = new Database(file)
  onTestFinished(async () => {
    other.close()
    await embedded.close()
    await rm(folder, { recursive: true })
  })
  return {
    db,
    other,
    write: (jti: string) => spendToken(db, { jti, expiresAt: instant(1) }),
    batch: (jti: string) => db.batch([db.insert(usedTokens).values({ jti, expiresAt: instant(1) })]),
    /** What a process sees that opens the file now: all that would be left after a crash. */
    committed(): string[] {
      const fresh = new Database(file)
      const rows = fresh.prepare('select jti from used_tokens order by jti').raw(true).all() as string[][]
      fresh.close()
      return rows.flat()
    },
  }
}
type Both = Awaited<ReturnType<typeof openBoth>>

/** Another process that writes. */
function holdLock(file: string): () => void {
  const holder = new Database(file)
  holder.exec('begin immediate')
  return () => {
    holder.exec('rollback')
    holder.close()
  }
}

const SECONDS = /^[1-9]\d?$/

// each waits for most of its time, none for another
describe.concurrent('a database that another process locks', () => {
  it('a lock that another process holds refuses a save in time, as problem and with Retry-After, and keeps nobody else waiting', async () => {
    const w = await fixedWorld({ waitsIn: 'threads' })
    const sitting = await sit(w, 'w1')
    const { token } = await w.launch('w2')
    const item = sitting.items[0]?.ref as string
    const letGo = holdLock(join(w.folder, 'kentei.db'))
    const answered: string[] = []
    const saving = save(w, sitting, [{ item, revision: 1, response: null }]).finally(() => answered.push('save'))
    const starting = startCall(w, token, { 'idempotency-key': '"k"' })
    expect((await w.call('GET', '/.well-known/jwks.json')).status).toBe(200)
    expect((await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })).status).toBe(200)
    expect(answered).toEqual([])
    const refused = await saving
    expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([
      503,
      'busy',
      expect.stringMatching(SECONDS),
    ])
    expect(JSON.stringify(w.failures)).not.toContain(sitting.lease)
    expect((await starting).status).toBe(503)
    letGo()
    expect((await save(w, sitting, [{ item, revision: 1, response: null }])).json.results[0].status).toBe('saved')
    expect((await startCall(w, token, { 'idempotency-key': '"k"' })).status).toBe(201)
    await w.close()
  })

  it('a page that waited for a lock in vain says so, and comes again by itself', async () => {
    const w = await fixedWorld({ waitsIn: 'threads' })
    const sitting = await sit(w, 'w1')
    const letGo = holdLock(join(w.folder, 'kentei.db'))
    const page = await w.call('GET', `/attempts/${sitting.id}`, {
      token: sitting.token,
      headers: { accept: 'text/html' },
    })
    letGo()
    expect([page.status, page.headers.get('retry-after'), page.headers.get('refresh')]).toEqual([
      503,
      expect.stringMatching(SECONDS),
      page.headers.get('retry-after'),
    ])
    expect(page.text).toContain('順番をお待ちください')
    await w.close()
  })

  it('a lock on the database of the marketplace refuses what writes there, and nothing else', async () => {
    const market = await openMarket({ waitsIn: 'threads' })
    const letGo = holdLock(join(market.directory, 'sandbox.db'))
    const entering = market.call('PUT', '/v1/workers/wrk_003/badges/crd_1', { body: await market.badgeBody('crd_1') })
    expect((await market.call('GET', '/.well-known/jwks.json')).status).toBe(200)
    const refused = await entering
    expect([refused.status, refused.json.code, refused.headers.get('Retry-After')]).toEqual([
      503,
      'busy',
      expect.stringMatching(SECONDS),
    ])
    letGo()
    expect(
      (await market.call('PUT', '/v1/workers/wrk_003/badges/crd_1', { body: await market.badgeBody('crd_1') })).status,
    ).toBeLessThan(300)
    await market.close()
  })

  it.for([
    { what: 'a statement', actOf: ({ write }: Both) => write },
    { what: 'a batch', actOf: ({ batch }: Both) => batch },
  ])(
    '$what that gave up on a lock held too long does not keep later acknowledged writes from being committed',
    async ({ actOf }, context) => {
      const both = await openBoth(context)
      const { db, other, write, batch, committed } = both
      await write('before')
      other.exec('begin immediate')
      await expect(actOf(both)('given up')).rejects.toMatchObject({ cause: { code: 'SQLITE_BUSY' } })
      other.exec('rollback')
      await Promise.all([write('a'), batch('b'), write('c')])
      expect(committed()).toEqual(['a', 'b', 'before', 'c'])
      expect(await db.all(sql`pragma synchronous`)).toEqual([{ synchronous: 2 }])
      expect(await db.all(sql`pragma foreign_keys`)).toEqual([{ foreign_keys: 1 }])
    },
  )
})

// holds up the thread of all databases of this process
it('a disk that does not answer lets nobody wait for ever, and what was refused is not done later', async (context) => {
  const { db, other, write, committed } = await openBoth(context)
  // SQLite itself waits in the thread, and the thread does nothing else meanwhile
  await db.all(sql`pragma busy_timeout = 8000`)
  other.exec('begin immediate')
  const begun = write('begun').catch((error: Error) => error)
  // a PRAGMA is done by itself, so that these come after it
  await Promise.all(
    [1, 2, 3].map((n) => expect(write(`late ${n}`)).rejects.toMatchObject({ cause: { code: 'SQLITE_BUSY' } })),
  )
  expect(await db.select().from(usedTokens)).toEqual([])
  other.exec('rollback')
  await begun
  await write('after')
  expect(committed().filter((jti) => jti.startsWith('late'))).toEqual([])
  expect(committed()).toContain('after')
})
