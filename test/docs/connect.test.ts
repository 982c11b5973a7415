import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { answerFromBank } from '../../src/cli/answer-paper.ts'
import type { PresentedItem } from '../../src/form/form.ts'
import { compileExams } from '../../src/node/compile-exams.ts'
import { built, builtPackage } from '../support/built.ts'
import { freePort } from '../support/free-port.ts'
import { openLocalRegistry } from '../support/local-registry.ts'

// The guide's way from a bare folder to a marketplace that Kentei is connected with, as it is typed.

const missing = ['bash', 'curl'].filter((command) => {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return false
  } catch {
    return true
  }
})
if (missing.length > 0)
  console.warn(`NOT RUN: the guide's way to connect, because ${missing.join(', ')} is not installed`)

/** Steps of the script. */
const STEPS = 6
const PATIENCE_MS = 240_000

describe.skipIf(missing.length > 0)("the guide's marketplace in a bare folder", () => {
  let folder: string
  let registry: Awaited<ReturnType<typeof openLocalRegistry>>
  let script: ChildProcess
  let [kentei, market] = ['', '']
  const lines: string[] = []

  beforeAll(async () => {
    await Promise.all([built(), builtPackage()])
    registry = await openLocalRegistry()
    folder = await mkdtemp(join(tmpdir(), 'kentei-connect-'))
    await mkdir(join(folder, 'exams'))
    await cp('test/support/tiny-exam', join(folder, 'exams/tiny'), { recursive: true })
    kentei = `http://localhost:${await freePort()}`
    market = `http://localhost:${await freePort()}`
    const staging = {
      STAGING: `http://localhost:${await freePort()}`,
      STAND_IN: `http://127.0.0.1:${await freePort()}`,
    }
    const env = {
      ...process.env,
      ...staging,
      ...{ KENTEI: kentei, MARKET: market, FOLDER: folder, EXAM: 'tiny', EXAMS_DIR: join(folder, 'exams') },
      // this run has built already, and asks no registry of the world
      ...{ BUILD: 'no', npm_config_registry: registry.url, npm_config_cache: join(folder, 'npm-cache') },
    }
    script = spawn('bash', ['src/docs/examples/connect.sh'], { env, stdio: ['pipe', 'pipe', 'inherit'] })
    createInterface({ input: script.stdout as NodeJS.ReadableStream }).on('line', (line) => lines.push(line))
    const isUp = () => script.exitCode !== null || lines.some((line) => line.includes('Enter stops'))
    await vi.waitUntil(isUp, { timeout: PATIENCE_MS, interval: 50 })
  })
  afterAll(async () => {
    script.stdin?.end('\n')
    if (script.exitCode === null) await once(script, 'exit')
    registry.close()
    await rm(folder, { recursive: true, force: true })
  })

  const callKentei = async (method: string, path: string, { token, body }: { token?: string; body?: unknown }) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
    const response = await fetch(`${kentei}${path}`, {
      ...{ method, headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true)
    return (await response.json()) as {
      session: string
      id: string
      lease: string
      sections: { items: PresentedItem[] }[]
    }
  }

  it('stands after six steps, passes the strict conformance kit, and says how long each took', () => {
    const steps = lines.filter((line) => /^\d\. /.test(line))
    const took = lines.filter((line) => /^ {3}\d+ s$/.test(line))
    expect([steps.length, took.length]).toEqual([STEPS, STEPS])
    expect(lines).toContain(`   303 ${kentei}/exams/tiny?lang=ja`)
    console.log(steps.map((step, at) => `${step}: ${took[at]?.trim()}`).join('\n'))
  })

  it('shows the badge and the signal of somebody who passes', async () => {
    const [{ bank } = { bank: undefined }] = await compileExams(join(folder, 'exams'))
    const launched = await fetch(`${market}/exam/wrk_1`, { redirect: 'manual' })
    const token = new URL(launched.headers.get('location') ?? '').searchParams.get('token')
    const { session } = await callKentei('POST', '/api/session', { body: { token } })
    const as = { token: session }
    const { id, lease, sections } = await callKentei('POST', '/api/exams/tiny/attempts', {
      ...as,
      body: { locale: 'ja' },
    })
    const items = sections.flatMap((section) => section.items)
    const saves = items.map((item) => ({ item: item.ref, revision: 1, response: answerFromBank(item, bank as never) }))
    await callKentei('PUT', `/api/attempts/${id}/responses`, { ...as, body: { lease, saves } })
    await callKentei('POST', `/api/attempts/${id}/submit`, { ...as, body: { lease } })
    const shown = async () => (await fetch(`${market}/workers/wrk_1`)).json()
    await vi.waitFor(
      async () =>
        expect(await shown()).toMatchObject({
          badges: [{ exam: 'tiny', status: 'active' }],
          signals: [{ exam: 'tiny', counted: true }],
        }),
      { timeout: PATIENCE_MS, interval: 100 },
    )
    // and the event came, signed
    await vi.waitFor(
      async () => expect(await readFile(join(folder, 'market.log'), 'utf8')).toContain('credential.issued'),
      {
        ...{ timeout: PATIENCE_MS, interval: 100 },
      },
    )
  })

  it('answers to its own name alone', async () => {
    const asked = { headers: { host: 'elsewhere.example' } }
    const { request } = await import('node:http')
    const status = await new Promise((resolve) =>
      request(kentei, asked, (response) => resolve(response.resume().statusCode)).end(),
    )
    expect(status).toBe(421)
  })
})
