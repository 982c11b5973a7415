import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import Sqlite from 'libsql'
import { expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { tenantTools } from '../../src/tenant-tools.ts'
import { holdFolder } from '../../src/world/embedded/hold-folder.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('each test')

const tenants = async (...args: string[]) => {
  const fake = fakeTerminal(folder.path)
  const code = await runCli(['tenants', ...args, '--lang', 'en', '--tenants', folder.path('all')], {
    terminal: fake.terminal,
    openTenants: async () => tenantTools('migrations'),
  })
  return { code, out: fake.out.join('\n'), err: fake.err.join('\n') }
}
const add = (name: string, change: Record<string, string> = {}) =>
  tenants(
    'add',
    name,
    ...Object.entries({
      origin: `https://${name}.example`,
      marketplace: `https://market.${name}.example`,
      'webhook-keys': '["whpk_AA=="]',
      ...change,
    }).flatMap(([option, value]) => [`--${option}`, value]),
  )
const standings = async () => {
  const { code, out } = await tenants('check', '--json')
  return { code, all: JSON.parse(out) as { name: string; database: string; keys: string; pending: number }[] }
}

it('tenants are added with folders that are their owner’s alone, and listed', async () => {
  expect(await add('north')).toMatchObject({ code: 0, err: '' })
  await add('south', { subscribers: '[{"id":"it\'s","url":"https://market.south.example/events"}]' })
  expect((await stat(folder.path('all/north'))).mode & 0o77).toBe(0)
  expect((await stat(folder.path('all/north/kentei.env'))).mode & 0o77).toBe(0)
  expect((await tenants('list')).out.split('\n')).toEqual([
    'north  https://north.example for https://market.north.example',
    'south  https://south.example for https://market.south.example',
  ])
  expect(await readFile(folder.path('all/south/kentei.env'), 'utf8')).toContain("it's")
})

it.each([
  ['a name that is none', 'North', {}, /cannot be a tenant’s name/],
  ['a name that there is', 'north', {}, /north is already in/],
  [
    'the host of another',
    'south',
    { origin: 'https://north.example' },
    /north and south both have|south and north both have/,
  ],
  ['settings that are wrong', 'south', { 'webhook-keys': 'whpk_AA==' }, /^kentei: south: --webhook-keys/],
  ['another scheme', 'south', { origin: 'http://south.localhost:1' }, /begin alike/],
])('a tenant is not added with %s, and nothing is left of it', async (_, name, change, said) => {
  await add('north')
  const { code, err } = await add(name, change as Record<string, string>)
  expect([code, err]).toEqual([2, expect.stringMatching(said)])
  expect((await tenants('list')).out.split('\n')).toHaveLength(1)
})

it.each([
  ['https://db.example', 'libsql://DB.example:443/'],
  ['http://127.0.0.1:8080', 'http://localhost:8080/'],
])('a database is one tenant’s, however its address is written: %s and %s', async (one, other) => {
  await add('north', { libsql: one })
  const { code, err } = await add('south', { libsql: other })
  expect([code, err]).toEqual([2, expect.stringMatching(/north and south both have|south and north both have/)])
  expect(await tenants('move', 'north', '--to', other)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/a tenant is there already/),
  })
})

it('settings of the process in a tenant’s file, and a folder without tenants, are refused by name', async () => {
  await mkdir(folder.path('all'))
  expect((await tenants('list')).err).toMatch(/there is no tenant in/)
  await add('north')
  const file = folder.path('all/north/kentei.env')
  await writeFile(file, `${await readFile(file, 'utf8')}KENTEI_LISTEN=127.0.0.1:1\nKENTEI_LISTN=x\n`)
  expect((await tenants('list')).err).toMatch(
    /^kentei: north: KENTEI_LISTEN is said once for all.*\nnorth: KENTEI_LISTN is no setting/,
  )
})

it('tenants are looked at and brought up to date, one that cannot be keeping the other from nothing', async () => {
  await add('north')
  await add('south')
  expect(await standings()).toMatchObject({ code: 0, all: [{ name: 'north', database: 'none', keys: 'none' }, {}] })
  expect(await tenants('migrate')).toMatchObject({ code: 0, out: 'north: up to date\nsouth: up to date' })
  expect(await standings()).toMatchObject({ code: 0, all: [{ database: 'ok', keys: 'none' }, {}] })
  await writeFile(folder.path('all/south/data/keys.json'), '[]')
  // one that has lost its keys, and one of an earlier release
  const north = new Sqlite(folder.path('all/north/data/kentei.db'))
  north.exec("insert into known_keys (thumbprint, use, state) values ('t', 'badge', 'active')")
  north.close()
  const database = new Sqlite(folder.path('all/south/data/kentei.db'))
  // of all but the first release's migrations it lost the note: they cannot be brought in twice
  const lost = database
    .prepare('delete from __drizzle_migrations where created_at > (select min(created_at) from __drizzle_migrations)')
    .run().changes
  database.close()
  expect(await standings()).toMatchObject({
    code: 1,
    all: [
      { name: 'north', database: 'ok', keys: 'lost', pending: 0 },
      { name: 'south', database: 'ok', keys: 'ok', pending: lost },
    ],
  })
  const letGo = await holdFolder(folder.path('all/north/data'))
  const { code, out, err } = await tenants('migrate')
  letGo?.()
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^north: another service runs on .*\nsouth: /)
})
