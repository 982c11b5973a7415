import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Move, type Moved, type MovePlace, moveDatabase } from '../../src/world/move-database.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { startHranaServer } from '../support/hrana-server.ts'
import { quickFolder } from '../support/quick-folder.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(quickFolder, 'kentei-move-'))
  await fill(join(folder, 'filled.db'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
let places = 0
const newPlace = (): string => {
  places += 1
  return join(folder, `${places}.db`)
}
/** A copy of the filled database. */
const filled = async (): Promise<string> => {
  const file = newPlace()
  await copyFile(join(folder, 'filled.db'), file)
  return file
}

/** Everything in a file, but what a move leaves. */
function contentOf(file: string): unknown {
  const db = new Sqlite(file)
  const schema = (
    db.prepare('select type, name, sql from sqlite_master order by type, name').all() as {
      type: string
      name: string
      sql: string | null
    }[]
  ).filter(({ name }) => !name.startsWith('sealed_'))
  const rows = schema
    .filter(({ type }) => type === 'table')
    .map(({ name }) => [name, db.prepare(`select * from "${name}"`).all()])
  db.close()
  return { schema: schema.map(({ name }) => name), rows }
}

/** A database with some rows of many kinds, as the service makes it. */
async function fill(file: string): Promise<void> {
  const { close } = await openEmbeddedDatabase(file, 'migrations', 'process')
  await close()
  const sql = new Sqlite(file)
  sql.exec('begin')
  for (let n = 0; n < 450; n += 1) write(sql, n)
  sql.exec('commit')
  sql.pragma('wal_checkpoint(TRUNCATE)')
  sql.close()
}

function write(db: InstanceType<typeof Sqlite>, n: number): void {
  db.prepare(
    `insert into outbox (id, destination, stream, chain, kind, request, status, attempts, next_at, not_before, lease_until, created_at)
     values (?, ?, 's', 'c', 'badge', ?, 'pending', 0, ${1_795_000_000_000 + n}, 1, 0, 1)`,
  ).run(`msg_${n}`, n % 2 ? 'marketplace' : 'subscriber:あ', `{"path":"/${'x'.repeat(n)}"}`)
  if (n % 5 === 0) db.prepare("update outbox set status = 'dead', attempts = 8 where id = ?").run(`msg_${n}`)
  if (n % 7 === 0) db.prepare('delete from outbox where id = ?').run(`msg_${n - 1}`)
}

interface Trial {
  readonly from: MovePlace
  readonly to: MovePlace
  readonly settle?: () => Promise<void>
  readonly patience?: number
  readonly givenUp?: Move['givenUp']
  readonly prepare?: () => Promise<void>
  readonly signal?: AbortSignal
}
const move = ({
  from,
  to,
  settle = async () => {},
  patience = 60_000,
  givenUp = async () => [],
  prepare = async () => {},
  signal = new AbortController().signal,
}: Trial): Promise<Moved> =>
  moveDatabase({ from, to, now: () => Date.now(), patience, prepare, settle, givenUp, signal })

it('a database is moved to a server and back while others write to it, and nothing that was acknowledged is lost', async () => {
  const [file, remote, back] = [await filled(), newPlace(), newPlace()]
  const server = await startHranaServer(remote)
  const place = { url: server.url }
  // a writer that goes on until it is refused
  const writer = new Sqlite(file, { timeout: 5_000 })
  let n = 1_000
  let refusal = ''
  const writing = setInterval(() => {
    try {
      for (let some = 0; some < 5; some += 1) write(writer, n + some)
      n += 5
    } catch (error) {
      refusal = String((error as Error).message)
      clearInterval(writing)
    }
  }, 5)
  const moved = await move({ from: file, to: place })
  clearInterval(writing)
  expect(n).toBeGreaterThan(1_000)
  expect(moved.tables.find(({ table }) => table === 'outbox')?.rows).toBeGreaterThan(300)
  expect(contentOf(remote)).toEqual(contentOf(file))
  // the old one is sealed for good, and says so
  expect(() => write(writer, 99_999)).toThrow('kentei-sealed')
  if (refusal !== '') expect(refusal).toContain('kentei-sealed')
  writer.close()

  const there = new Sqlite(remote)
  write(there, 5_000)
  there.close()
  await move({ from: place, to: back })
  await server.close()
  expect(contentOf(back)).toEqual(contentOf(remote))
  const opened = await openEmbeddedDatabase(back, 'migrations', 'process')
  expect(await opened.standing()).toBe('known')
  await opened.close()
})

const ended = new AbortController()

it.each<[string, Partial<Trial>]>([
  ['that is broken off at its end', { settle: () => Promise.reject(new Error('no room')) }],
  ['that is ended while writes wait', { signal: ended.signal, prepare: async () => ended.abort(new Error('ended')) }],
  ['that would keep writes waiting for too long', { patience: -1 }],
])('a move %s leaves the source the database, and can be done again', async (_, broken) => {
  const [file, to] = [await filled(), newPlace()]
  const before = contentOf(file)
  // what was taken from whoever writes is given back before anybody else can write
  const givenUp = vi.fn(async (_: number) => {
    const sealed = new Sqlite(file)
    expect(() => sealed.exec('update outbox set attempts = attempts')).toThrow('kentei-sealed')
    sealed.close()
    return [{ sql: 'create table given_back (id integer)', args: [] }]
  })
  const began = Date.now()
  await expect(move({ from: file, to, ...broken, givenUp })).rejects.toThrow()
  expect(givenUp.mock.settledResults).toMatchObject([{ type: 'fulfilled' }])
  expect(givenUp.mock.calls[0]?.[0]).toBeGreaterThanOrEqual(began)
  const given = new Sqlite(file)
  given.exec('drop table given_back')
  given.close()
  expect(contentOf(file)).toEqual(before)
  const db = new Sqlite(file)
  write(db, 7_001)
  db.close()
  if (broken.settle) await expect(move({ from: file, to })).rejects.toMatchObject({ reason: 'occupied' })
  const next = broken.settle ? newPlace() : to
  await move({ from: file, to: next })
  expect(contentOf(next)).toEqual(contentOf(file))
})

it('a move that was ended in the middle, with the source sealed and half of it copied, is done again', async () => {
  const [file, to] = [await filled(), newPlace()]
  const source = new Sqlite(file)
  source.exec(
    "create trigger sealed_outbox_insert before insert on outbox begin select raise(abort, 'kentei-sealed'); end",
  )
  source.exec(
    'create table moving_rows (id integer primary key autoincrement, of text not null, place integer not null)',
  )
  source.close()
  const half = new Sqlite(to)
  half.exec('create table moving_here (id integer primary key); create table attempts (id text primary key)')
  half.close()
  await move({ from: file, to })
  expect(contentOf(to)).toEqual(contentOf(file))
})

it('a move that was killed while writes waited is told since when they did when it is taken up again, before they go on', async () => {
  const [file, killed] = [await filled(), newPlace()]
  const leaveAsKilled = async () => {
    for (const part of ['', '-wal']) if (existsSync(file + part)) await copyFile(file + part, killed + part)
  }
  const { sealedAt } = await move({ from: file, to: newPlace(), prepare: leaveAsKilled })
  const asked: number[] = []
  const givenUp: Move['givenUp'] = async (since) => {
    asked.push(since)
    return [{ sql: "update outbox set last_error = 'given back' where id = ?", args: ['msg_1'] }]
  }
  const broken = move({ from: killed, to: await filled(), givenUp })
  await expect(broken).rejects.toMatchObject({ reason: 'occupied' })
  expect(asked).toEqual([sealedAt])
  const source = new Sqlite(killed)
  write(source, 9_000)
  expect(source.prepare("select last_error from outbox where id = 'msg_1'").get()).toMatchObject({
    last_error: 'given back',
  })
  source.close()
  // once: nothing waits any more
  const target = newPlace()
  await move({ from: killed, to: target, givenUp })
  expect(asked).toEqual([sealedAt])
  expect(contentOf(target)).toEqual(contentOf(killed))
})

it('a place where something lies is not overwritten', async () => {
  const [file, to] = [await filled(), await filled()]
  const before = contentOf(to)
  await expect(move({ from: file, to })).rejects.toMatchObject({ reason: 'occupied' })
  expect(contentOf(to)).toEqual(before)
})

it('a server that does not answer is not waited for', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const within = AbortSignal.timeout
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => within.call(AbortSignal, 20))
  const place = { url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` }
  await expect(move({ from: place, to: newPlace() })).rejects.toThrow()
  expect(spy).toHaveBeenCalledWith(10_000)
  spy.mockRestore()
  silent.close().closeAllConnections()
})
