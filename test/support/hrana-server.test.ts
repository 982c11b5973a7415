import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client/web'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HranaServer, startHranaServer } from './hrana-server.ts'

let folder: string
let server: HranaServer
let client: Client
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kentei-hrana-'))
  server = await startHranaServer(join(folder, 'a.db'), { authToken: 'secret' })
  client = createClient({ url: server.url, authToken: 'secret' })
  await client.execute('create table t (id integer primary key, text text, number real, bytes blob)')
})
afterAll(async () => {
  client.close()
  await server.close()
  await rm(folder, { recursive: true })
})

it('carries every kind of value there and back', async () => {
  const row = await client.execute({
    sql: 'insert into t (text, number, bytes) values (?, ?, ?) returning *',
    args: ['日本', 1.5, new Uint8Array([0, 255])],
  })
  expect(row.rows[0]).toMatchObject({ id: 1, text: '日本', number: 1.5 })
  expect(new Uint8Array(row.rows[0]?.bytes as ArrayBuffer)).toEqual(new Uint8Array([0, 255]))
  expect((await client.execute({ sql: 'select :a as a, null as b', args: { a: 'x' } })).rows[0]).toMatchObject({
    a: 'x',
    b: null,
  })
})

it('runs a batch as one transaction', async () => {
  await expect(client.batch(['insert into t (id) values (7)', 'insert into t (id) values (7)'])).rejects.toThrow(
    /UNIQUE constraint failed/,
  )
  expect((await client.execute('select count(*) as n from t where id = 7')).rows[0]?.n).toBe(0)
})

it('keeps a transaction to its stream, and makes other writers wait', async () => {
  const transaction = await client.transaction('write')
  await transaction.execute('insert into t (id) values (8)')
  const other = client.execute('insert into t (id) values (9)')
  expect((await client.execute('select count(*) as n from t where id = 8')).rows[0]?.n).toBe(0)
  await transaction.commit()
  await other
  expect((await client.execute('select count(*) as n from t where id in (8, 9)')).rows[0]?.n).toBe(2)
})

it('loses no update of two hundred concurrent ones', async () => {
  await client.execute('insert into t (id, number) values (100, 0)')
  await Promise.all(
    Array.from({ length: 200 }, () => client.execute('update t set number = number + 1 where id = 100')),
  )
  expect((await client.execute('select number from t where id = 100')).rows[0]?.number).toBe(200)
})

it('lets nobody in without the token', async () => {
  await expect(createClient({ url: server.url }).execute('select 1')).rejects.toThrow()
})
