import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import Database from 'libsql'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { instant } from '../../src/kernel/instant.ts'
import { spendToken } from '../../src/marketplace/store.ts'
import { usedTokens } from '../../src/marketplace/tables.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../src/world/open-node.ts'

let folder: string
let embedded: EmbeddedDatabase
let other: InstanceType<typeof Database>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kentei-busy-'))
  embedded = await openEmbeddedDatabase(join(folder, 'kentei.db'), 'migrations')
  other = new Database(join(folder, 'kentei.db'))
})
afterEach(async () => {
  other.close()
  embedded.close()
  await rm(folder, { recursive: true })
})

const write = (jti: string) => spendToken(embedded.db, { jti, expiresAt: instant(1) })
const batch = (jti: string) => embedded.db.batch([embedded.db.insert(usedTokens).values({ jti, expiresAt: 1 })])
/** What a process sees that opens the file now: all that would be left after a crash. */
function committed(): string[] {
  const fresh = new Database(join(folder, 'kentei.db'))
  const rows = fresh.prepare('select jti from used_tokens order by jti').raw(true).all() as string[][]
  fresh.close()
  return rows.flat()
}

it.each([
  ['a statement', write],
  ['a batch', batch],
])('%s that gave up on a lock held too long does not keep later acknowledged writes from being committed', async (_, act) => {
  await write('before')
  other.exec('begin immediate')
  await expect(act('given up')).rejects.toMatchObject({ cause: { code: 'SQLITE_BUSY' } })
  other.exec('rollback')
  await Promise.all([write('a'), batch('b'), write('c')])
  expect(committed()).toEqual(['a', 'b', 'before', 'c'])
  expect(await embedded.db.all(sql`pragma synchronous`)).toEqual([{ synchronous: 2 }])
  expect(await embedded.db.all(sql`pragma foreign_keys`)).toEqual([{ foreign_keys: 1 }])
})
