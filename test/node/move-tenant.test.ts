import { existsSync, rmSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import Sqlite from 'libsql'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { TenantSettings } from '../../src/cli/start-service.ts'
import { endKilledMove, moveTenant } from '../../src/move-tenant.ts'
import { noteMove } from '../../src/world/database-note.ts'
import { holdFolder } from '../../src/world/embedded/hold-folder.ts'
import { moveDatabase } from '../../src/world/move-database.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { type HranaServer, startHranaServer } from '../support/hrana-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('all tests')
let tenants = 0
let server: HranaServer
let settings: TenantSettings & { readonly file: string }

beforeAll(async () => {
  const { close } = await openEmbeddedDatabase(folder.path('empty.db'), 'migrations', 'at-the-end')
  await close()
})
beforeEach(async () => {
  tenants += 1
  const own = folder.path(String(tenants))
  await mkdir(`${own}/data`, { recursive: true })
  await writeFile(`${own}/data/kentei.db`, await readFile(folder.path('empty.db')))
  await writeFile(`${own}/kentei.env`, "KENTEI_ORIGIN='http://x'\n")
  settings = { dataFolder: `${own}/data`, file: `${own}/kentei.env` } as typeof settings
  await server?.close()
  server = await startHranaServer(`${own}/elsewhere.db`)
})
afterAll(() => server.close())

const write = () => {
  const db = new Sqlite(`${settings.dataFolder}/kentei.db`)
  try {
    db.exec(
      "insert or replace into workers (worker, subject, name, locale, time_multiplier, standing_version, seen_at) values ('w', 's', 'n', 'ja', 1, 0, 1)",
    )
  } finally {
    db.close()
  }
}
const move = (now = () => Date.now()) =>
  moveTenant(settings, { to: { url: server.url }, migrationsFolder: 'migrations', now })

it('a move that is asked for while another is under way, or by what was read before it, is refused, and the seal of that one stays', async () => {
  let second: Promise<unknown> | undefined
  await move(() => {
    second ??= move().catch((problem) => problem)
    return Date.now()
  })
  expect(await second).toMatchObject({ reason: 'held' })
  await expect(move()).rejects.toMatchObject({ reason: 'held' })
  expect(write).toThrow('kentei-sealed')
  expect(await readFile(settings.file, 'utf8')).toContain(server.url)
})

it('a move whose new place cannot be named leaves no note that the database were elsewhere, and its database takes what is written', async () => {
  const broken = move(() => {
    rmSync(settings.file, { force: true })
    return Date.now()
  })
  await expect(broken).rejects.toThrow('ENOENT')
  for (const note of ['database-elsewhere', 'time-given-until'])
    expect(existsSync(`${settings.dataFolder}/${note}`)).toBe(false)
  expect(write).not.toThrow()
})

const START = 1_700_000_000_000
const onFile = <T>(act: (db: InstanceType<typeof Sqlite>) => T): T => {
  const db = new Sqlite(`${settings.dataFolder}/kentei.db`)
  try {
    return act(db)
  } finally {
    db.close()
  }
}
const deadline = () =>
  onFile((db) => (db.prepare('select deadline from attempts').get() as { deadline: number }).deadline)

/** An attempt is open, and a move is killed while writes wait for it. */
async function killMove(): Promise<void> {
  onFile((db) =>
    db.exec(
      `insert into attempts (id, worker, exam, bank_hash, locale, form, status, started_at, deadline, time_multiplier, lease, version)
       values ('att_1', 'w', 'e', 'h', 'ja', '{}', 'open', ${START - 1}, ${START + 1_000}, 1, 'l', 0)`,
    ),
  )
  await noteMove(settings.dataFolder, 'begun')
  await new Promise<void>((sealed) => {
    void moveDatabase({
      from: `${settings.dataFolder}/kentei.db`,
      to: `${settings.dataFolder}/half.db`,
      now: () => START,
      patience: 1_000,
      prepare: () => {
        sealed()
        return new Promise(() => {})
      },
      settle: async () => {},
      givenUp: async () => [],
      signal: new AbortController().signal,
    })
  })
  expect(write).toThrow('kentei-sealed')
}

it('what waits for a move that was killed goes on when the service looks, with the time given back, and once', async () => {
  await killMove()
  await mkdir(`${settings.dataFolder}/move`)
  const letGo = await holdFolder(`${settings.dataFolder}/move`, 0)
  expect(await endKilledMove(settings, () => START + 60_000), 'while one is under way').toBe(false)
  letGo?.()
  expect(write).toThrow('kentei-sealed')
  expect(await endKilledMove(settings, () => START + 90_000)).toBe(true)
  expect(deadline()).toBe(START + 91_000)
  expect(write).not.toThrow()
  expect(await endKilledMove(settings, () => START + 99_000)).toBe(false)
  expect(deadline()).toBe(START + 91_000)
})

it('a database that the settings name no more goes on refusing, whatever became of the move', async () => {
  await killMove()
  await writeFile(settings.file, `LIBSQL_URL='${server.url}'\n`)
  expect(await endKilledMove(settings, () => START + 60_000)).toBe(false)
  expect(write).toThrow('kentei-sealed')
})

it('a move after one that was killed gives back the time that writes waited for that', async () => {
  await killMove()
  let now = START + 30_000
  await move(() => {
    now += 1
    return now
  })
  expect(deadline()).toBeGreaterThanOrEqual(START + 31_000)
})
