import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createLocalJWKSet, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { type DatedKey, PUBLISHED_AHEAD, STAYS_AFTER } from '../../src/credential/key-life.ts'
import { openKeyRing, signingKey } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { insertCredentialStatement } from '../../src/credential/store.ts'
import { days, hours, instant, plus } from '../../src/kernel/instant.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'
import { input, issuedAt, origin, validUntil } from '../support/sample-credential.ts'

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi']

let now: number
let agrees: boolean
let whileAsked: () => Promise<void>

const { path, read, write, kentei, out, err, printed, env } = terminalOfEachTest({
  now: () => now,
  async confirm() {
    await whileAsked()
    return agrees
  },
})
const keys = (...args: string[]) => kentei('keys', '--lang=en', ...args)
const file = () => path('.data/keys.json')
const text = () => readFile(file(), 'utf8')
const stored = async () => JSON.parse(await text()) as DatedKey[]
const states = async (use: string) =>
  (await stored()).filter((key) => key.use === use).map(({ state, jwk }) => `${state} ${jwk.alg}`)
const find = async (use: string, state: string) =>
  (await stored()).find((key) => key.use === use && key.state === state) as DatedKey
const refused = async (...args: string[]) => {
  const before = await text().catch(() => undefined)
  expect(await keys(...args)).toBe(2)
  expect(await text().catch(() => undefined)).toBe(before)
  return err.at(-1)
}

beforeEach(async () => {
  now = Date.parse('2026-11-25T03:00:00Z')
  agrees = true
  whileAsked = async () => {}
})

describe('kentei keys generate', () => {
  it('makes a key to sign with and one to publish for every use, readable by their owner only, and prints no private member', async () => {
    expect(await keys('generate')).toBe(0)
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    for (const use of ['credential', 'service']) expect(await states(use)).toEqual(['active ES256', 'next ES256'])
    expect(await states('webhook')).toEqual(['active Ed25519', 'next Ed25519'])
    for (const { jwk } of await stored()) expect(printed.join('\n')).not.toContain(jwk.d)
    expect(await refused('generate')).toContain('holds keys already')
  })

  it('works in the folder of the service of the same environment, unless another is named', async () => {
    env.DATA_DIR = 'elsewhere'
    expect(await keys('generate')).toBe(0)
    expect(await stat(path('elsewhere/keys.json'))).toBeTruthy()
    expect(await keys('generate', '--data', '.data')).toBe(0)
    expect(await stored()).toHaveLength(8)
  })

  it('announces a key of another algorithm, which signs once verifiers know it', async () => {
    await keys('generate')
    expect(await keys('generate', '--use', 'credential', '--alg', 'RS256')).toBe(0)
    expect(await states('credential')).toEqual(['active ES256', 'next RS256'])
    expect(await refused('rotate', '--use', 'credential')).toContain('2026-11-25T04:00:00.000Z')
    now += PUBLISHED_AHEAD
    expect(await keys('rotate', '--use', 'credential')).toBe(0)
    expect((await states('credential')).sort()).toEqual(['active RS256', 'next RS256', 'retired ES256'])
    const [, signed] = [
      await openKeyRing(origin, await stored()),
      await signCredential(input, await openKeyRing(origin, await stored())),
    ]
    expect(JSON.parse(atob(signed.split('.')[0] as string)).alg).toBe('RS256')
  })

  it('makes the pair of a use that is missing', async () => {
    await keys('generate')
    await writeFile(file(), JSON.stringify((await stored()).filter(({ use }) => use !== 'webhook')), { mode: 0o600 })
    expect(await keys('generate', '--use', 'webhook')).toBe(0)
    expect(await states('webhook')).toEqual(['active Ed25519', 'next Ed25519'])
  })

  it.each([
    ['an unknown use', ['--use', 'wallet']],
    ['an algorithm the use has none of', ['--use', 'service', '--alg', 'RS256']],
    ['one that signs no badges', ['--use', 'credential', '--alg', 'Ed25519']],
    ['an algorithm without a use', ['--alg', 'RS256']],
    ['a use that has its keys', ['--use', 'service']],
  ])('refuses %s', async (_, args) => {
    await keys('generate')
    await refused('generate', ...args)
  })
})

describe('kentei keys generate for a tool', () => {
  const mine = () => path('ben.json')

  it.each(['author', 'statistics'])(
    'writes the private half of an %s key into a file of its own, and the public half to the keys of the service',
    async (use) => {
      await keys('generate')
      expect(await keys('generate', '--use', use, '--to', 'ben.json'), err.join()).toBe(0)
      expect((await stat(mine())).mode & 0o777).toBe(0o600)
      const [own, ...others] = JSON.parse(await readFile(mine(), 'utf8')) as DatedKey[]
      expect(others).toEqual([])
      expect(own).toMatchObject({ use, state: 'active', jwk: { alg: 'ES256' } })
      expect(own?.jwk.d).toBeTruthy()
      const known = await find(use, 'active')
      expect(known.jwk.kid).toBe(own?.jwk.kid)
      expect(Object.keys(known.jwk).filter((member) => PRIVATE.includes(member))).toEqual([])
      expect(printed.join()).not.toContain(own?.jwk.d)
      // the service starts with such a file, and signs nothing with the key
      const ring = await openKeyRing(origin, await stored())
      expect(ring.keys.find((key) => key.use === use)?.privateKey).toBeUndefined()
      // each person has a key of their own
      expect(await keys('generate', '--use', use, '--to', 'eve.json')).toBe(0)
      expect(await states(use)).toEqual(['active ES256', 'active ES256'])
    },
  )

  it('of a person says whose it is', async () => {
    await keys('generate')
    expect(await keys('generate', '--use', 'author', '--as', 'aut_ben', '--to', 'ben.json')).toBe(0)
    expect((await find('author', 'active')).person).toBe('aut_ben')
    expect(out.join('\n')).toMatch(/author .*aut_ben/)
  })

  it('writes over nothing, and adds no key whose private half it could not write', async () => {
    await keys('generate')
    await writeFile(mine(), 'precious')
    expect(await refused('generate', '--use', 'author', '--to', 'ben.json')).toContain('is there already')
    expect(await readFile(mine(), 'utf8')).toBe('precious')
  })

  it('leaves no private half behind whose public half could not be written', async () => {
    await keys('generate')
    await writeFile(`${file()}.lock`, '')
    expect(await refused('generate', '--use', 'author', '--to', 'ben.json')).toContain('another kentei')
    await expect(stat(mine())).rejects.toThrow()
  })

  it.each([
    ['without a file', ['--use', 'author']],
    ['with the keys of a variable', ['--use', 'author', '--to', 'ben.json', '--env']],
    ['of another algorithm', ['--use', 'author', '--to', 'ben.json', '--alg', 'RS256']],
    ['for nobody that there can be', ['--use', 'author', '--to', 'ben.json', '--as', 'no body']],
    ['of statistics for a person', ['--use', 'statistics', '--to', 'ben.json', '--as', 'aut_ben']],
  ])('refuses one %s', async (_, args) => {
    await keys('generate')
    env.KENTEI_KEYS = await text()
    await refused('generate', ...args)
    await expect(stat(mine())).rejects.toThrow()
  })

  it('refuses to add to a folder without keys, which is not that of a service', async () => {
    expect(await keys('generate', '--use', 'author', '--to', 'ben.json')).toBe(2)
    await expect(stat(mine())).rejects.toThrow()
  })

  it('makes one that is blocked alone, dropped by prune, and not rotated', async () => {
    await keys('generate')
    await keys('generate', '--use', 'author', '--to', 'ben.json')
    expect(await refused('rotate', '--use', 'author')).toContain('no key follows')
    const before = (await stored()).length
    expect(await keys('block', '--kid', (await find('author', 'active')).jwk.kid as string)).toBe(0)
    expect(await states('author')).toEqual(['blocked ES256'])
    expect(await stored()).toHaveLength(before)
    expect(await keys('prune', '--valid-for', '2y')).toBe(0)
    expect(await states('author')).toEqual([])
  })

  it('stays when every key of the service is blocked: its private half lies elsewhere', async () => {
    await keys('generate')
    await keys('generate', '--use', 'author', '--to', 'ben.json')
    expect(await keys('block', '--all')).toBe(0)
    expect(await states('author')).toEqual(['active ES256'])
    expect(await states('service')).toContain('blocked ES256')
  })

  it('is refused among the keys of the service with its private half', async () => {
    await keys('generate')
    await keys('generate', '--use', 'author', '--to', 'ben.json')
    const [own] = JSON.parse(await readFile(mine(), 'utf8'))
    await writeFile(file(), JSON.stringify([...(await stored()).filter(({ use }) => use !== 'author'), own]), {
      mode: 0o600,
    })
    expect(await refused('list')).toContain('belongs into a file of its own')
  })
})

describe('kentei keys rotate', () => {
  it('lets no key sign that verifiers may not have heard of', async () => {
    await keys('generate')
    now += PUBLISHED_AHEAD - 1
    expect(await refused('rotate', '--use', 'credential')).toContain('--now')
    now += 1
    expect(await keys('rotate', '--use', 'credential')).toBe(0)
    // the key that is published now has its own hour to wait
    expect(await refused('rotate', '--use', 'credential')).toContain('published')
  })

  it('does it at once with --now, and says what follows', async () => {
    await keys('generate')
    expect(await keys('rotate', '--use', 'service', '--now')).toBe(0)
    expect(err.join('\n')).toContain('refuse what it signs until they ask again')
  })

  it('asks for --now where nobody knows since when the next key is published', async () => {
    await keys('generate')
    await writeFile(file(), JSON.stringify((await stored()).map(({ since, ...key }) => key)), { mode: 0o600 })
    now += 1_000 * PUBLISHED_AHEAD
    expect(await refused('rotate', '--use', 'credential')).toContain('not known since when')
    expect(await keys('rotate', '--use', 'credential', '--now')).toBe(0)
  })

  it('keeps the old key published without its private half, and publishes another', async () => {
    await keys('generate')
    const [old, next] = [await find('credential', 'active'), await find('credential', 'next')]
    now += PUBLISHED_AHEAD
    await keys('rotate', '--use', 'credential')
    expect((await find('credential', 'active')).jwk.kid).toBe(next.jwk.kid)
    const retired = await find('credential', 'retired')
    expect(retired).toMatchObject({
      jwk: { kid: old.jwk.kid },
      since: { active: '2026-11-25T03:00:00.000Z', retired: '2026-11-25T04:00:00.000Z' },
    })
    expect(Object.keys(retired.jwk).filter((member) => PRIVATE.includes(member))).toEqual([])
    expect(await states('service')).toEqual(['active ES256', 'next ES256'])
  })

  it('changes nothing when the operator thinks better of it', async () => {
    await keys('generate')
    const before = await text()
    agrees = false
    expect(await keys('rotate', '--use', 'service', '--now')).toBe(1)
    expect(await text()).toBe(before)
  })

  it('loses no key when several rotate at once', async () => {
    await keys('generate')
    const before = await stored()
    const outcomes = await Promise.all(
      ['credential', 'service', 'webhook', 'credential'].map((use) => keys('rotate', '--use', use, '--now')),
    )
    expect(outcomes.filter((code) => code === 0)).toHaveLength(1)
    expect(outcomes.every((code) => code === 0 || code === 2)).toBe(true)
    const after = new Set((await stored()).map(({ jwk }) => jwk.kid))
    expect(before.every(({ jwk }) => after.has(jwk.kid))).toBe(true)
    expect(await readdir(path('.data'))).toEqual(['keys.json'])
  })

  it('notices that somebody rotated while it was asking', async () => {
    await keys('generate')
    let other = 0
    whileAsked = async () => {
      whileAsked = async () => {}
      other = await keys('rotate', '--use', 'service', '--now')
    }
    expect(await keys('rotate', '--use', 'credential', '--now')).toBe(2)
    expect(other).toBe(0)
    expect(err.at(-1)).toContain('changed meanwhile')
    expect(await states('credential')).toEqual(['active ES256', 'next ES256'])
  })

  it('waits for nobody who holds the lock, and says which file to remove', async () => {
    await keys('generate')
    await writeFile(`${file()}.lock`, '')
    expect(await refused('rotate', '--use', 'service', '--now')).toContain('keys.json.lock')
  })
})

describe('kentei keys block', () => {
  it('takes a key out of trust for good, and the next one signs', async () => {
    await keys('generate')
    const [stolen, next] = [await find('credential', 'active'), await find('credential', 'next')]
    now += PUBLISHED_AHEAD
    expect(await keys('block', '--kid', String(stolen.jwk.kid))).toBe(0)
    expect((await states('credential')).sort()).toEqual(['active ES256', 'blocked ES256', 'next ES256'])
    expect((await find('credential', 'active')).jwk.kid).toBe(next.jwk.kid)
    expect((await find('credential', 'blocked')).jwk).not.toHaveProperty('d')
    expect(err.join('\n')).not.toContain('refuse what it signs')
    expect(await refused('block', '--kid', String(stolen.jwk.kid))).toContain('blocked already')
    expect(await refused('block', '--kid', 'unknown')).toContain('no key')
    expect(await refused('block')).toContain('no key')
  })

  it('replaces a waiting key, and leaves the one that signs', async () => {
    await keys('generate')
    const [active, stolen] = [await find('credential', 'active'), await find('credential', 'next')]
    expect(await keys('block', '--kid', String(stolen.jwk.kid))).toBe(0)
    expect((await states('credential')).sort()).toEqual(['active ES256', 'blocked ES256', 'next ES256'])
    expect((await find('credential', 'active')).jwk.kid).toBe(active.jwk.kid)
  })

  it('replaces every key that a leaked file held', async () => {
    await keys('generate')
    const leaked = new Set((await stored()).map(({ jwk }) => jwk.kid))
    expect(await keys('block', '--all')).toBe(0)
    const after = await stored()
    expect(after.filter(({ state }) => state === 'blocked')).toHaveLength(leaked.size)
    expect(after.filter(({ state, jwk }) => state !== 'blocked' && leaked.has(jwk.kid))).toEqual([])
    const ring = await openKeyRing(origin, after)
    for (const use of ['credential', 'service', 'webhook'] as const) expect(signingKey(ring, use)).toBeDefined()
    expect(err.join('\n')).toContain('refuse what it signs')
  })
})

describe('kentei keys prune', () => {
  const record = async (end: number) => {
    const ring = await openKeyRing(origin, await stored())
    const jwt = await signCredential({ ...input, validUntil: instant(end) }, ring)
    const { db, close } = await openEmbeddedDatabase(path('.data/kentei.db'), 'migrations', 'process')
    const { id, subject, status, exam } = input
    const row = {
      id,
      attemptId: 'att_1',
      worker: 'w1',
      exam: exam.id,
      level: exam.level,
      examVersion: 1,
      title: exam.title,
      holderName: 'みなと',
      subject,
      issuedAt,
      validUntil: instant(end),
    }
    await db.batch([
      insertCredentialStatement(db, {
        ...row,
        statusList: status.list,
        statusIndex: status.index,
        jwt,
        bankHash: 'hash',
      }),
    ])
    await close()
  }

  it('drops a retired key two days after its last badge has ended, and not before', async () => {
    await keys('generate')
    await record(validUntil)
    const old = (await find('credential', 'active')).jwk.kid
    now += PUBLISHED_AHEAD
    await keys('rotate', '--use', 'credential')
    now = validUntil + STAYS_AFTER - 1
    expect(await refused('prune')).toContain('still needed')
    await keys('list', '--json')
    const listed = JSON.parse(out.join('\n')).find(({ kid }: { kid: string }) => kid === old)
    expect(listed).toMatchObject({
      state: 'retired',
      badges: 1,
      lastEnd: new Date(validUntil).toISOString(),
      stays: new Date(validUntil + STAYS_AFTER).toISOString(),
    })
    now += 1
    expect(await keys('prune')).toBe(0)
    expect((await stored()).some(({ jwk }) => jwk.kid === old)).toBe(false)
    expect((await states('credential')).sort()).toEqual(['active ES256', 'next ES256'])
  })

  it('knows without a database only what the longest validity allows', async () => {
    await keys('generate')
    await keys('rotate', '--use', 'credential', '--now')
    now = plus(instant(now), days(800))
    expect(await refused('prune')).toContain('--valid-for')
    expect(await refused('prune', '--valid-for', 'long')).toContain('90d')
    expect(await refused('prune', '--valid-for', '3y')).toContain('still needed')
    expect(await keys('prune', '--valid-for', '2y')).toBe(0)
    expect(await states('credential')).toEqual(['active ES256', 'next ES256'])
  })

  it('drops old keys of tokens and events after two days, and a blocked key of badges never', async () => {
    await keys('generate')
    for (const use of ['service', 'webhook']) await keys('rotate', '--use', use, '--now')
    await keys('block', '--kid', String((await find('credential', 'active')).jwk.kid))
    now = plus(instant(now), days(1))
    expect(await refused('prune')).toContain('still needed')
    now = plus(instant(now), days(900))
    expect(await keys('prune')).toBe(0)
    expect((await stored()).filter(({ state }) => state === 'retired')).toEqual([])
    expect((await stored()).filter(({ state }) => state === 'blocked')).toHaveLength(1)
  })
})

describe('kentei keys export-public', () => {
  it('writes the key set and the DID document of an origin, with no private member', async () => {
    await keys('generate')
    await keys('block', '--kid', String((await find('service', 'next')).jwk.kid))
    await keys('export-public', '--origin', origin)
    const published = JSON.parse(out.join('\n')) as JSONWebKeySet
    const active = await find('service', 'active')
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: String(active.jwk.kid) })
      .sign(active.jwk as JWK)
    await expect(jwtVerify(token, createLocalJWKSet(published))).resolves.toBeDefined()
    await keys('export-public', '--origin', origin, '--format', 'did', '--to', 'did.json')
    const document = JSON.parse(await read('did.json'))
    expect(document).toMatchObject({ id: 'did:web:kentei.example', assertionMethod: Array(4).fill(expect.any(String)) })
    JSON.stringify([published, document], (member, value) => {
      expect(PRIVATE).not.toContain(member)
      return value
    })
    for (const args of [
      [],
      ['--origin', 'kentei.example'],
      ['--origin', `${origin}/`],
      ['--origin', origin, '--format', 'pem'],
    ])
      await refused('export-public', ...args)
  })
})

describe('where keys are', () => {
  it('reads KENTEI_KEYS and writes what has changed to a file of its own', async () => {
    await keys('generate')
    env.KENTEI_KEYS = await text()
    await rm(file())
    expect(await keys('list', '--env')).toBe(0)
    expect(out).toHaveLength(8)
    expect(await keys('rotate', '--env', '--use', 'credential', '--now')).toBe(2)
    expect(await keys('rotate', '--env', '--use', 'credential', '--now', '--to', 'new-keys.json')).toBe(0)
    const written = await read('new-keys.json')
    expect((await stat(path('new-keys.json'))).mode & 0o777).toBe(0o600)
    expect(JSON.parse(written)).toHaveLength(9)
    for (const { jwk } of JSON.parse(written)) if (jwk.d) expect(printed.join('\n')).not.toContain(jwk.d)
    expect(err.at(-1)).toContain('wrangler secret put KENTEI_KEYS < new-keys.json')
    // it would overwrite somebody's keys
    expect(await keys('rotate', '--env', '--use', 'credential', '--now', '--to', 'new-keys.json')).toBe(2)
    delete env.KENTEI_KEYS
    expect(await keys('list', '--env')).toBe(2)
  })

  it('says when a file has grown beyond what a Worker takes', async () => {
    await keys('generate')
    await keys('generate', '--use', 'credential', '--alg', 'RS256')
    await keys('rotate', '--use', 'credential', '--now')
    expect(err.join('\n')).toContain("a Worker's secret may have 5120")
  })

  it('has room in a Worker when a machine leaks that has rotated before', async () => {
    await keys('generate')
    for (const use of ['credential', 'credential', 'service', 'webhook']) await keys('rotate', '--use', use, '--now')
    await keys('block', '--all')
    expect(err.at(-1)).toContain('`kentei keys prune`')
    expect(await keys('prune', '--valid-for', '2y')).toBe(0)
    expect(Buffer.byteLength(await text())).toBeLessThan(5_120)
    expect((await states('credential')).sort()).toEqual([
      'active ES256',
      'blocked ES256',
      'blocked ES256',
      'next ES256',
      'retired ES256',
      'retired ES256',
    ])
    expect((await stored()).filter(({ use, state }) => use !== 'credential' && state === 'blocked')).toEqual([])
  })

  it('has room in a Worker for several rotations', async () => {
    await keys('generate')
    for (let n = 0; n < 6; n++) await keys('rotate', '--use', 'credential', '--now')
    expect(Buffer.byteLength(await text())).toBeLessThan(5_120)
  })

  it.each([
    ['is not JSON', () => '{'],
    ['is no list', () => '{}'],
    ['names an unknown state', (all: DatedKey[]) => JSON.stringify(all.map((key) => ({ ...key, state: 'lost' })))],
    ['holds a key twice', (all: DatedKey[]) => JSON.stringify([...all, all[0]])],
    ['has two active keys', (all: DatedKey[]) => JSON.stringify(all.map((key) => ({ ...key, state: 'active' })))],
    [
      'has lost a private half',
      (all: DatedKey[]) => JSON.stringify(all.map((key) => ({ ...key, jwk: { ...key.jwk, d: undefined } }))),
    ],
    [
      'names a key by something else than its thumbprint',
      (all: DatedKey[]) => JSON.stringify(all.map((key, n) => ({ ...key, jwk: { ...key.jwk, kid: `k${n}` } }))),
    ],
    [
      'holds a secret of another kind',
      () => JSON.stringify([{ jwk: { kty: 'oct', k: 'AAAA', kid: 'x' }, use: 'service', state: 'active' }]),
    ],
  ])('refuses a file that %s, and leaves it alone', async (_, broken) => {
    await keys('generate')
    await writeFile(file(), broken(await stored()))
    for (const args of [['list'], ['generate'], ['rotate', '--use', 'service', '--now'], ['block', '--all'], ['prune']])
      await refused(...args)
    expect(printed.join('\n')).not.toMatch(/"d"|AAAA/)
  })

  it.each([
    ['list'],
    ['rotate', '--use', 'credential'],
    ['block', '--all'],
    ['prune'],
    ['export-public', '--origin', origin],
  ])('does not act as if it had done something where there are no keys: %s', async (...args) => {
    expect(await refused(...args)).toContain('holds no keys')
    expect(await readdir(path())).toEqual([])
  })

  it.each([
    ['block', '--all', '--use', 'webhook'],
    ['rotate', '--use', 'service', '--now', '--kid', 'x'],
    ['rotate', '--use', 'service', '--now', '--to', 'elsewhere.json'],
    ['list', '--use', 'service'],
  ])('passes no option over: %s', async (...args) => {
    await keys('generate')
    expect(await refused(...args)).toContain('does not take')
  })

  it('says what cannot be written', async () => {
    await keys('generate')
    expect(await refused('export-public', '--origin', origin, '--to', 'nowhere/did.json')).toContain(
      'nowhere/did.json cannot be written (ENOENT)',
    )
    await write('file', '')
    expect(await keys('generate', '--data', 'file/in')).toBe(2)
  })

  it('refuses what is no plain file of the owner alone', async () => {
    await keys('generate')
    await chmod(file(), 0o644)
    expect(await refused('list')).toContain('chmod 600')
    await rm(file())
    await symlink('/etc/passwd', file())
    expect(await refused('list')).toContain('no plain file')
    await rm(file())
    await mkdir(file())
    expect(await keys('list')).toBe(2)
  })

  it('lists since when each key is in its state', async () => {
    await keys('generate')
    now = plus(instant(now), hours(1))
    await keys('rotate', '--use', 'credential')
    await keys('list')
    expect(out.filter((line) => line.startsWith('credential active'))).toEqual([
      expect.stringContaining('since 2026-11-25T04:00:00.000Z'),
    ])
    expect(out.filter((line) => line.startsWith('credential retired'))).toEqual([
      expect.stringContaining('stays until its last badge has ended'),
    ])
  })
})
