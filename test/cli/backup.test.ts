import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { packTar } from 'modern-tar'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { printKeys } from '../../src/cli/keys/key-store.ts'
import { minutes } from '../../src/kernel/instant.ts'
import { backups } from '../../src/node/backup.ts'
import { notBackedUpSince } from '../../src/node/machine-state.ts'
import { noteServer } from '../../src/world/database-note.ts'
import { holdFolder } from '../../src/world/embedded/hold-folder.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { operator, pass } from '../support/exam-hall.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
let recipient: string
const { kentei, out, err } = fakeTerminal(() => w.folder, { now: () => w.clock.now, openBackups: async () => backups })
const run = (...args: string[]) => kentei(...args, '--lang=en')
const at = (name: string) => join(w.folder, name)

beforeEach(async () => {
  w = await fixedWorld()
  await writeFile(at('keys.json'), printKeys(w.world.settings.keys as never), { mode: 0o600 })
  await writeFile(at('session-secret'), w.world.settings.sessionSecret)
  await writeFile(at('erasure-secret'), w.world.settings.tombstoneSecrets.join('\n'))
  const identity = await generateIdentity()
  recipient = await identityToRecipient(identity)
  await writeFile(at('identity'), `# created today\n${identity}\n`)
})
afterEach(() => w.close())

const backup = (...args: string[]) => run('backup', '--data', '.', '--to', 'b.age', '--recipient', recipient, ...args)
const restore = (...args: string[]) =>
  run('restore', '--data', 'new', '--from', 'b.age', '--identity', 'identity', ...args)

describe('a backup', () => {
  it('comes back as it was at its moment, with keys and secrets, for its owner only', async () => {
    const { credential } = await pass(w, 'wrk_1')
    expect([await backup(), err]).toEqual([0, []])
    await pass(w, 'wrk_2')
    expect([await restore(), err]).toEqual([0, []])
    expect(out.at(-1)).toMatch(/1 person/)

    expect(await notBackedUpSince(w.folder)).toBe(w.clock.now)
    for (const name of ['keys.json', 'session-secret', 'erasure-secret'])
      expect(await readFile(at(`new/${name}`), 'utf8')).toBe(await readFile(at(name), 'utf8'))
    const there = (await readdir(at('new'))).filter((name) => !/^kentei\.db-|^service\.lock/.test(name))
    expect(there.sort()).toEqual(['erasure-secret', 'keys.json', 'kentei.db', 'session-secret'].sort())
    for (const name of ['b.age', 'new/keys.json', 'new/kentei.db']) expect((await stat(at(name))).mode & 0o077).toBe(0)
    const copy = await openEmbeddedDatabase(at('new/kentei.db'), 'migrations', 'process')
    expect(await copy.db.all('select id from credentials')).toEqual([{ id: credential }])
    await copy.close()
  })

  it('is restored so that the marketplace believes what comes after', async () => {
    const { credential } = await pass(w, 'wrk_1')
    await w.drain()
    expect(await backup()).toBe(0)
    const decide = async (status: string) => {
      const body = { status, why: 'looked into' }
      await w.call('POST', `/api/staff/credentials/${credential}/status`, { token: await operator(w), body })
      await w.drain()
    }
    w.clock.advance(minutes(1))
    for (const status of ['suspended', 'active', 'suspended']) await decide(status)
    const shown = () => w.market.badges.get(`wrk_1 ${credential}`)
    const before = shown()

    w.clock.advance(minutes(1))
    expect(await restore()).toBe(0)
    const copy = await openEmbeddedDatabase(at('new/kentei.db'), 'migrations', 'process')
    Object.assign(w.world, { db: copy.db })
    await w.drain()
    expect(shown()?.body.status).toBe('active')
    expect(shown()?.version).toBeGreaterThan(before?.version as number)
    await decide('suspended')
    expect(shown()?.body.status).toBe('suspended')
    await copy.close()
  })

  it('is opened by age and tar alone', async () => {
    expect(await backup()).toBe(0)
    const hasAge = await promisify(execFile)('age', ['--version']).then(
      () => true,
      () => false,
    )
    if (!hasAge) return console.warn('NOT RUN: opening a backup with Debian’s age, which is not installed')
    const open = `age -d -i identity b.age | tar -tz`
    const { stdout } = await promisify(execFile)('sh', ['-c', open], { cwd: w.folder })
    expect(stdout.split('\n').filter(Boolean).sort()).toEqual(
      ['backup.json', 'erasure-secret', 'keys.json', 'kentei.db', 'session-secret'].sort(),
    )
  })

  it('is taken while others write', async () => {
    const writing = Promise.all(['wrk_1', 'wrk_2', 'wrk_3'].map((worker) => pass(w, worker)))
    expect([await backup(), err]).toEqual([0, []])
    await writing
    expect([await restore(), err]).toEqual([0, []])
  })
})

describe('a database that was moved to a server', () => {
  beforeEach(() =>
    w.world.db.run(
      "create trigger sealed_attempts_insert before insert on attempts begin select raise(abort, 'no'); end",
    ),
  )

  it('is not taken for the one of the folder: each command says where the data are', async () => {
    expect(await backup()).not.toBe(0)
    expect(err.join()).toMatch(/was moved to another engine/)
    await noteServer(w.folder, 'libsql://db.example/north?authToken=s3cret')
    for (const command of ['audit verify', 'keys list', 'sessions end --worker wrk_1 --why x']) {
      expect(await run(...command.split(' '), '--data', '.')).not.toBe(0)
      expect(err.join()).toMatch(/are at libsql:\/\/db\.example\/north, not in .*kentei\.db$/)
    }
  })

  it('is backed up there; its keys and secrets are here, and come back', async () => {
    await noteServer(w.folder, 'libsql://db.example')
    expect([await backup(), err]).toEqual([0, []])
    expect(out.at(-1)).toContain('libsql://db.example')
    expect([await restore(), err]).toEqual([0, []])
    expect(out.at(-1)).toContain('libsql://db.example')
    expect(await readFile(at('new/keys.json'), 'utf8')).toBe(await readFile(at('keys.json'), 'utf8'))
    // where there is none, none is made
    expect(await run('publish', resolve('test/support/tiny-exam'), '--data', 'new')).not.toBe(0)
    expect(err.join()).toMatch(/libsql:/)
    expect(existsSync(at('new/kentei.db'))).toBe(false)
  })
})

describe('what is in the clear', () => {
  const nothingElse = async () => {
    expect((await readdir(w.folder)).filter((name) => /b\.age|staging/.test(name) && name !== 'b.age')).toEqual([])
  }

  it('lies in the data folder alone while a backup is made, and goes with the next one', async () => {
    await mkdir(at('backup-staging/staged'), { recursive: true })
    await writeFile(at('backup-staging/staged/keys.json'), 'left by one that was killed')
    await writeFile(at('.b.age.partial'), 'left as well')
    expect([await backup(), err]).toEqual([0, []])
    await nothingElse()
  })

  it('goes at once where a signal ends the backup', async () => {
    const killed = vi.spyOn(process, 'kill').mockReturnValue(true)
    const made = backup().catch(() => 'ended')
    await vi.waitUntil(() => existsSync(at('backup-staging/staged')), { timeout: 60_000, interval: 1 })
    process.emit('SIGTERM', 'SIGTERM')
    expect(existsSync(at('backup-staging'))).toBe(false)
    expect(killed).toHaveBeenCalledWith(process.pid, 'SIGTERM')
    killed.mockRestore()
    await made
    await nothingElse()
  })

  it('is in no folder that another backup clears', async () => {
    await mkdir(at('backup-staging'))
    const letGo = await holdFolder(at('backup-staging'), 0)
    expect(await backup()).not.toBe(0)
    expect(err.join()).toMatch(/another backup/)
    letGo?.()
  })
})

describe('no backup is made', () => {
  it.each([
    ['without anybody who could open it', ['--recipient', ''], /--recipient/],
    ['for somebody who is none', ['--recipient', 'age1nobody'], /no public key of age/],
    ['of a folder without a database', ['--data', 'empty'], /kentei\.db is not there/],
  ])('%s', async (_, args, said) => {
    expect(await backup(...args)).not.toBe(0)
    expect(err.join('\n')).toMatch(said)
    expect((await readdir(w.folder)).filter((name) => name.includes('b.age'))).toEqual([])
  })

  it('over another', async () => {
    await writeFile(at('b.age'), 'kept')
    expect(await backup()).not.toBe(0)
    expect(await readFile(at('b.age'), 'utf8')).toBe('kept')
  })
})

describe('nothing is restored', () => {
  const refused = async (said: RegExp) => {
    expect(await restore()).not.toBe(0)
    expect(err.join('\n')).toMatch(said)
    if (existsSync(at('new')))
      expect((await readdir(at('new'))).filter((name) => !name.startsWith('service.lock'))).toEqual([])
  }

  it('of a backup that was cut short', async () => {
    await backup()
    await truncate(at('b.age'), (await stat(at('b.age'))).size - 100)
    await refused(/cut short/)
  })

  it('with another key', async () => {
    await backup()
    await writeFile(at('identity'), await generateIdentity())
    await refused(/another key/)
  })

  it('with a file that holds no key, and the file is not repeated', async () => {
    await backup()
    await writeFile(at('identity'), 'AGE-SECRET-KEY-1NEARLY')
    await refused(/no secret key of age/)
    expect(err.join('\n')).not.toContain('NEARLY')
  })

  it.each<[string, () => Promise<Uint8Array>]>([
    ['of something else that the key opens', async () => Buffer.from('no backup at all')],
    [
      'of a file whose list cannot be read',
      async () => gzipSync(await packTar([{ header: { name: 'backup.json', size: 1 }, body: '{' }])),
    ],
  ])('%s', async (_, content) => {
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    await writeFile(at('b.age'), await encrypter.encrypt(await content()))
    await refused(/cannot be read as a backup/)
  })

  it('into a folder that a service has, and one that was broken off at its end is only ended', async () => {
    await backup()
    await mkdir(at('new/finished'), { recursive: true })
    await writeFile(at('new/finished/keys.json'), 'the last to be moved')
    const letGo = await holdFolder(at('new'), 0)
    expect(await restore()).not.toBe(0)
    expect(err.join()).toMatch(/a service runs on/)
    letGo?.()
    expect([await restore(), err]).toEqual([0, []])
    expect(await readFile(at('new/keys.json'), 'utf8')).toBe('the last to be moved')
    expect(existsSync(at('new/finished'))).toBe(false)
  })

  it('into a folder that holds something', async () => {
    await backup()
    await mkdir(at('new'))
    await writeFile(at('new/kentei.db'), 'kept')
    expect(await restore()).not.toBe(0)
    expect(err.join('\n')).toMatch(/not empty/)
    expect(await readFile(at('new/kentei.db'), 'utf8')).toBe('kept')
  })
})
