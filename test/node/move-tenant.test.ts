import { existsSync, rmSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import Sqlite from 'libsql'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { TenantSettings } from '../../src/cli/start-service.ts'
import { moveTenant } from '../../src/move-tenant.ts'
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
