import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import Sqlite from 'libsql'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readServiceSettings } from '../../src/cli/read-service-settings.ts'
import { serveKentei } from '../../src/serve-kentei.ts'
import { noteServer } from '../../src/world/database-note.ts'
import { holdFolder } from '../../src/world/embedded/hold-folder.ts'
import { moveDatabase } from '../../src/world/move-database.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { built } from '../support/built.ts'
import { folderOfLater } from '../support/folder-of-later.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// What keeps the service from starting is one line with the chapter that says what to do, and leaves the data as they are.

const folder = temporaryFolder('all tests')
let at = 'data'
let tests = 0
const data = (name: string) => folder.path(at, name)

/** Brings the database further, as the start of a release does that has a migration more. */
async function laterRelease(statement: string): Promise<void> {
  const migrations = await folderOfLater(folder.path(`later-${tests}`), statement)
  await (await openEmbeddedDatabase(data('kentei.db'), migrations, 'process')).close()
}

const start = async () => {
  const settings = await readServiceSettings({
    args: {
      origin: 'https://kentei.example',
      marketplace: 'http://127.0.0.1:9',
      'webhook-keys': '["whpk_AA=="]',
      listen: `127.0.0.1:${await freePort()}`,
      data: folder.path(at),
      exams: folder.path('exams'),
    },
    env: { KENTEI_LOG: 'error' },
    cwd: process.cwd(),
  })
  return serveKentei(process.cwd(), settings)
}
const refusal = async (): Promise<string> =>
  start().then(
    async (service) => {
      await service.close()
      return 'it started'
    },
    (problem: Error) => problem.message,
  )

// a closed database may stay open in its thread for a while: each test has a copy of its own
beforeAll(async () => {
  await built()
  await cp('test/support/tiny-exam', folder.path('exams/tiny'), { recursive: true })
  expect(await refusal()).toBe('it started')
  // the log beside the database may go while it is copied
  await vi.waitFor(() => cp(folder.path('data'), folder.path('begun'), { recursive: true, force: true }), 60_000)
})
beforeEach(async () => {
  tests += 1
  at = `data-${tests}`
  await cp(folder.path('begun'), folder.path(at), { recursive: true })
})

describe('the service does not start', () => {
  it('where another runs on the same folder, until that one has ended', async () => {
    const letGo = await holdFolder(folder.path(at))
    expect(await refusal()).toMatch(/^another service runs on .*data-1: end it, or set DATA_DIR .*#damaged\)$/)
    letGo?.()
    expect(await refusal()).toBe('it started')
  })

  it('without its keys, and makes no new ones in their place', async () => {
    await rm(data('keys.json'))
    expect(await refusal()).toMatch(/keys\.json is not there, though the database is: put it back from the backup/)
    await expect(readFile(data('keys.json'))).rejects.toThrow('ENOENT')
    await writeFile(data('keys.json'), '[{"s3cret')
    expect(await refusal()).toMatch(/keys\.json is no list of keys: put it back from the backup \(\S+\)$/)
  })

  it('without the secret by which erased people are recognised, and makes no other, but with a new one before it', async () => {
    const secrets = await readFile(data('erasure-secret'), 'utf8')
    await rm(data('erasure-secret'))
    expect(await refusal()).toMatch(/erasure-secret is not the one by which erased people are recognised: put it back/)
    await expect(readFile(data('erasure-secret'))).rejects.toThrow('ENOENT')
    const another = 'x'.repeat(64)
    await writeFile(data('erasure-secret'), another)
    expect(await refusal()).toMatch(/is not the one by which/)
    await writeFile(data('erasure-secret'), `${another} ${secrets}`)
    expect(await refusal()).toBe('it started')
  })

  it('without its keys, unless it never had any', async () => {
    await rm(folder.path(at), { recursive: true })
    await mkdir(folder.path(at))
    await (await openEmbeddedDatabase(data('kentei.db'), 'migrations', 'process')).close()
    expect(await refusal()).toBe('it started')
  })

  it('from a folder that is half restored, and makes no keys in it', async () => {
    await rm(folder.path(at), { recursive: true })
    for (const name of ['unfinished', 'finished']) {
      await mkdir(data(name), { recursive: true })
      expect(await refusal()).toMatch(/is half restored: run "kentei restore" on it again, or empty it \(\S+#backup\)$/)
      await expect(readFile(data('keys.json'))).rejects.toThrow('ENOENT')
      await rm(data(name), { recursive: true })
    }
  })

  it('from a file that is no database', async () => {
    await writeFile(data('kentei.db'), 'this was a database once, before somebody wrote over it with something else')
    expect(await refusal()).toMatch(/kentei\.db is damaged: put a backup back \(\S+#damaged\)$/)
  })

  it('from a file that is damaged in the middle', async () => {
    for (const name of ['kentei.db-wal', 'kentei.db-shm']) await rm(data(name), { force: true })
    await truncate(data('kentei.db'), 20 * 4_096)
    expect(await refusal()).toMatch(/kentei\.db is damaged: put a backup back/)
  })

  it('from a database that a later release has brought so far that this one cannot use it', async () => {
    await laterRelease('alter table attempts rename column worker to person')
    expect(await refusal()).toMatch(
      /^a later release has brought .*kentei\.db further, and this one cannot use it \(it has no column worker text of attempts\): run that one/,
    )
  })

  it('on what is left of a database that was moved away, nor anew where that was deleted', async () => {
    const moved = {
      from: data('kentei.db'),
      now: Date.now,
      patience: 10_000,
      prepare: async () => {},
      settle: async () => {},
    }
    const signal = new AbortController().signal
    await moveDatabase({ ...moved, to: data('elsewhere.db'), givenUp: async () => [], signal })
    await noteServer(folder.path(at), 'libsql://north.example')
    const said = /kentei\.db was moved to another engine, libsql:\/\/north\.example: have the settings name .*#move\)$/
    expect(await refusal()).toMatch(said)
    await rm(data('kentei.db'))
    expect(await refusal()).toMatch(said)
    expect(existsSync(data('kentei.db'))).toBe(false)
    // whoever has put the data there is believed; a log that stands beside a database belongs to it
    for (const left of ['kentei.db-wal', 'kentei.db-shm']) await rm(data(left), { force: true })
    const elsewhere = new Sqlite(data('elsewhere.db'))
    elsewhere.exec(`VACUUM INTO '${data('kentei.db')}'`)
    elsewhere.close()
    expect(await refusal()).toBe('it started')
  })

  it('while another program keeps the database locked', async () => {
    const other = new Sqlite(data('kentei.db'))
    other.exec('BEGIN IMMEDIATE')
    expect(await refusal()).toMatch(/kentei\.db is kept locked by another program/)
    other.exec('ROLLBACK')
    other.close()
    expect(await refusal()).toBe('it started')
  })
})
