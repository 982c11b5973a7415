import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { responsesOf } from '../../src/attempt/responses/store.ts'
import { attemptsOfWorker } from '../../src/attempt/store.ts'
import { instant } from '../../src/kernel/instant.ts'
import { signWebhook } from '../../src/platform/outbox/webhook.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { built } from '../support/built.ts'
import { freePort } from '../support/free-port.ts'
import { quickFolder } from '../support/quick-folder.ts'

const has = (command: string): boolean => {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Texts in a value, at any depth. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []

/** What somebody answered in all their attempts, too long to stand on a page by chance. */
async function saidBy(dataFolder: string, worker: string) {
  const { db, close } = await openEmbeddedDatabase(join(dataFolder, 'kentei.db'), 'migrations', 'process')
  try {
    const attempts = await attemptsOfWorker(db, worker)
    const answers = await Promise.all(attempts.map(({ id }) => responsesOf(db, id)))
    const said = answers.flat().flatMap(({ item, response }) => [item, ...textsIn(response)])
    return { attempts: attempts.length, said: said.filter((text) => text.length >= 6) }
  } finally {
    await close()
  }
}

const missing = ['bash', 'curl'].filter((command) => !has(command))
if (missing.length > 0) console.warn(`NOT RUN: the guide's quickstart, because ${missing.join(', ')} is not installed`)

describe.skipIf(missing.length > 0)("the guide's quickstart", () => {
  let data: string
  let service: ChildProcess
  let kentei: string
  let market: string

  beforeAll(async () => {
    await built()
    data = await mkdtemp(join(quickFolder, 'kentei-quickstart-'))
    const [PORT, SANDBOX_PORT] = [await freePort(), await freePort()]
    kentei = `http://localhost:${PORT}`
    market = `http://localhost:${SANDBOX_PORT}`
    service = spawn(process.execPath, ['dist/node.mjs'], {
      env: {
        ...process.env,
        PORT: String(PORT),
        SANDBOX_PORT: String(SANDBOX_PORT),
        DATA_DIR: data,
        DEMO_PAST: 'none',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(service.stdout as NodeJS.ReadableStream, 'data')
  })
  afterAll(async () => {
    service.kill('SIGTERM')
    await once(service, 'exit')
    await rm(data, { recursive: true, force: true })
  })

  it('goes through beside a fresh pair', async () => {
    const env = {
      ...process.env,
      KENTEI: kentei,
      MARKET: market,
      CLI: `${process.execPath} dist/kentei.mjs`,
      DATA_DIR: data,
    }
    const { stdout } = await promisify(execFile)('bash', ['src/docs/examples/quickstart.sh'], { env })
    const lines = stdout.trim().split('\n')
    expect(lines.slice(0, 2)).toEqual([expect.stringMatching(/^1\. /), 'true'])
    expect(lines[lines.findIndex((line) => line.startsWith('3. Anybody')) + 1]).toBe('valid')
    expect(stdout).toMatch(/priorMean 0\.\d+, like \d/)
    expect(lines.slice(-2)).toEqual(['suspended', 'valid'])
  })

  it('leads on for somebody who has reviews, and is not new', async () => {
    const { workers } = (await (await fetch(`${market}/api/workers?category=business-admin&limit=50`)).json()) as {
      workers: { id: string; badges: unknown[] }[]
    }
    const known = workers.find(({ badges }) => badges.length === 0)?.id ?? ''
    const { stdout } = await promisify(execFile)(process.execPath, [
      'dist/kentei.mjs',
      'tour',
      '--lang=en',
      '--marketplace',
      market,
      '--worker',
      known,
      '--data',
      data,
    ])
    expect(stdout).not.toContain('has no reviews')
    expect(stdout).toContain('5. The marketplace has verified the badge')
  })

  it('plays a pass for whoever watches the first page, and sends no answer to a browser', async () => {
    const from = { origin: market }
    const begun = await fetch(`${market}/watch`, { method: 'POST', headers: from, redirect: 'manual' })
    const watch = new URL(begun.headers.get('location') ?? '', market).href
    const act = (name: string) =>
      fetch(watch, { method: 'POST', headers: from, body: new URLSearchParams({ act: name }), redirect: 'manual' })
    await act('skip')
    const seen: string[] = []
    while (!seen.at(-1)?.includes('class="nextstory"')) {
      const page = await fetch(watch)
      seen.push(JSON.stringify([...page.headers]) + (await page.text()))
      expect(seen.at(-1)).not.toContain('role="alert"')
      await new Promise((looked) => setTimeout(looked, 100))
    }
    const worker = /\/workers\/(wrk_\w+)/.exec(seen.at(-1) ?? '')?.[1] ?? ''
    const { badges } = (await (await fetch(`${market}/api/workers/${worker}`)).json()) as {
      badges: { status: string }[]
    }
    expect(badges).toMatchObject([{ status: 'active' }])
    const { attempts, said } = await saidBy(data, worker)
    expect(attempts).toBe(2)
    expect(said.length).toBeGreaterThan(20)
    expect(said.filter((answer) => seen.some((page) => page.includes(answer)))).toEqual([])
    // nor what would let a browser answer: no permission, session or lease
    for (const page of seen) expect(page).not.toMatch(/eyJ|"token|"lease|lse_|att_/)
  })

  it('is not played by the certification service itself', async () => {
    expect((await fetch(`${kentei}/watch`, { method: 'POST', headers: { origin: kentei } })).status).toBe(404)
    expect((await fetch(`${kentei}/watch/ply_1`)).status).toBe(404)
  })

  it('has its events signed in both ways: a shared secret alone is enough on either side', async () => {
    const send = async (to: string, file: string, type: string, ids: object) => {
      const secret = (await readFile(join(data, file), 'utf8')).trim()
      const id = `evt_${file}`
      const body = JSON.stringify({
        id,
        type,
        timestamp: new Date().toISOString(),
        data: { worker: 'wrk_020', version: 1, ...ids },
      })
      const headers = await signWebhook({ id, at: instant(Date.now()), body, signers: [{ secret }] })
      return (await fetch(to, { method: 'POST', headers: { ...headers }, body })).status
    }
    expect(await send(`${kentei}/webhooks/marketplace`, 'webhook-secret', 'worker.standing_changed', {})).toBe(200)
    expect(
      await send(`${market}/webhooks/kentei`, 'subscriber-secret', 'credential.issued', {
        credential: 'crd_1',
        exam: 'business-admin',
      }),
    ).toBe(200)
    // each direction has a secret of its own
    expect(
      await send(`${market}/webhooks/kentei`, 'webhook-secret', 'credential.issued', {
        credential: 'crd_1',
        exam: 'business-admin',
      }),
    ).toBe(401)
  })

  it('is followed by a conformance run, which takes the part of the plugin of the pair by itself and leaves no badge active', async () => {
    const args = ['dist/kentei.mjs', 'conformance', '--lang=en', '--marketplace', market, '--json']
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, DATA_DIR: data },
    })
    expect(stderr).toContain(`The marketplace trusts ${kentei}`)
    const { passed, checks } = JSON.parse(stdout) as {
      passed: boolean
      checks: { id: string; outcome: string; came: string }[]
    }
    expect(checks.filter(({ outcome }) => outcome === 'fails')).toEqual([])
    expect(passed).toBe(true)
    const worker = (await (await fetch(`${market}/api/workers/wrk_003`)).json()) as {
      badges: { status: string }[]
      signals: { withdrawn: boolean }[]
    }
    expect(worker.badges.length).toBeGreaterThan(0)
    expect(worker.badges.filter(({ status }) => status !== 'revoked')).toEqual([])
    expect(worker.signals.filter(({ withdrawn }) => !withdrawn)).toEqual([])
  })

  it('tries all that is required without a key that the pair trusts, through the Kentei of the pair', async () => {
    const args = ['dist/kentei.mjs', 'conformance', '--marketplace', market, '--strict', '--json']
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, DATA_DIR: join(data, 'of-nobody') },
    })
    const { passed, trusted, checks } = JSON.parse(stdout) as {
      passed: boolean
      trusted: boolean
      checks: { id: string; level: string; outcome: string; came: string }[]
    }
    expect([passed, trusted]).toEqual([true, false])
    const required = checks.filter(({ level }) => level === 'required')
    expect(required.length).toBeGreaterThan(15)
    expect(required.filter(({ outcome }) => outcome !== 'holds')).toEqual([])
    expect(checks.find(({ id }) => id === 'badge.revoked')?.came).toBe(`revoked, as ${kentei} has decided`)
    expect(checks.filter(({ outcome }) => outcome === 'fails')).toEqual([])
  })

  it('takes the origin of a plugin whose data folder is named from the marketplace', async () => {
    const args = ['dist/kentei.mjs', 'conformance', '--marketplace', market, '--data', data, '--only=token', '--json']
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(JSON.parse(stdout)).toMatchObject({ plugin: kentei, passed: true })
  })

  it('lets the tour look as somebody for whom certificates count, in an hour in which they do not without sign-in', async () => {
    const arm = async () =>
      ((await (await fetch(`${market}/api/workers?category=web-writer`)).json()) as { readonly arm: string }).arm
    const move = () =>
      fetch(`${market}/demo/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: 'PT1H' }),
      })
    for (let hour = 0; hour < 300 && (await arm()) !== 'held-out'; hour += 1) await move()
    expect(await arm()).toBe('held-out')
    const args = [
      'dist/kentei.mjs',
      'tour',
      '--lang=en',
      '--exam',
      'web-writer',
      '--marketplace',
      market,
      '--data',
      data,
    ]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(stdout).toContain('5. The marketplace has verified the badge')
  })
})
