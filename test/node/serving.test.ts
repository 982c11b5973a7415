import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { built } from '../support/built.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// The service as an operator runs it: its own process, from a file of settings, asked over HTTP.

const folder = temporaryFolder('all tests')
const MARKET = 'http://127.0.0.1:9'
let [port, metricsPort] = [0, 0]
let service: ChildProcess
const logged: string[] = []

beforeAll(async () => {
  await built()
  await cp('test/support/tiny-exam', folder.path('exams/tiny'), { recursive: true })
  ;[port, metricsPort] = [await freePort(), await freePort()]
  await writeFile(
    folder.path('kentei.env'),
    `KENTEI_ORIGIN=https://kentei.example
KENTEI_LISTEN=127.0.0.1:${port}
KENTEI_METRICS_LISTEN=127.0.0.1:${metricsPort}
KENTEI_PROXY_HOPS=1
DATA_DIR=${folder.path('data')}
EXAMS_DIR=${folder.path('exams')}
MARKETPLACE_ORIGIN=${MARKET}
MARKETPLACE_WEBHOOK_KEYS=["whpk_AA=="]
`,
  )
  service = spawn(process.execPath, ['dist/kentei.mjs', 'serve', '--settings', folder.path('kentei.env')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  service.stderr?.on('data', (chunk) => logged.push(...String(chunk).split('\n').filter(Boolean)))
  await vi.waitUntil(
    () =>
      ask('/readyz').then(
        ({ status }) => status === 200,
        () => false,
      ),
    { timeout: 240_000, interval: 200 },
  )
})
afterAll(() => service?.kill('SIGKILL'))

/** Asks as a proxy does: by a host of its own choice. */
const ask = (path: string, headers: Record<string, string> = {}, at = port) =>
  new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }>(
    (resolve, reject) => {
      request({ host: '127.0.0.1', port: at, path, setHost: false, headers: { host: 'kentei.example', ...headers } })
        .on('response', (answer) =>
          text(answer).then(
            (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
            reject,
          ),
        )
        .on('error', reject)
        .end()
    },
  )

const linesOf = (event: string) =>
  logged
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter((line) => line.event === event)

describe('kentei serve', () => {
  it('says that it lives and that it is ready, by whatever name it is asked, and answers nothing else so', async () => {
    expect(await ask('/healthz', { host: '10.1.2.3:80' })).toMatchObject({ status: 200, body: '{"status":"alive"}' })
    const ready = await ask('/readyz', { host: 'balancer' })
    expect(JSON.parse(ready.body)).toEqual({
      status: 'ready',
      checks: { database: 'ok', migrations: 'ok', keys: 'ok', sweep: 'ok' },
    })
    expect((await ask('/api/exams', { host: '10.1.2.3:80' })).status).toBe(421)
    expect((await ask('/metrics')).status).toBe(404)
    expect((await ask('/readyz', {}, metricsPort)).status).toBe(200)
    expect((await ask('/api/exams', {}, metricsPort)).status).toBe(404)
  })

  it('gives each client behind the proxy its own allowance, whatever it writes into the header', async () => {
    const left = async (forwarded: string) => {
      const { headers } = await ask('/api/exams', { 'x-forwarded-for': forwarded, forwarded: 'for=192.0.2.99' })
      return Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1])
    }
    const first = await left('203.0.113.7')
    expect([await left('1.1.1.1, 203.0.113.7'), await left('2.2.2.2, 203.0.113.7')]).toEqual([first - 1, first - 2])
    expect(await left('203.0.113.7, 203.0.113.8')).toBe(first)
    const v6 = await left('2001:db8:1:2::1')
    expect(await left('2001:db8:1:2:ffff::2')).toBe(v6 - 1)
    expect(await left('2001:db8:1:3::1')).toBe(v6)
  })

  it('takes requests as sent under TLS, which ends before it', async () => {
    const { headers } = await ask('/')
    expect(headers['strict-transport-security']).toMatch(/max-age=/)
  })

  it('writes one line of JSON for a request, with its id and its trace, and nothing of what was asked', async () => {
    const id = '0af7651916cd43dd8448eb211c80319c'
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    const { headers } = await ask('/credentials/crd_s3cret?s3cret=s3cret', { 'x-request-id': id, traceparent })
    expect(headers['x-request-id']).toBe(id)
    await expect.poll(() => linesOf('request').filter(({ request }) => request === id)).toHaveLength(1)
    expect(linesOf('request').find(({ request }) => request === id)).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      event: 'request',
      method: 'GET',
      route: expect.stringMatching(/^\/credentials\/:/),
      status: 404,
      ms: expect.any(Number),
      request: id,
      trace: '4bf92f3577b34da6a3ce929d0e0e4736',
    })
    expect(logged.join()).not.toContain('s3cret')
  })

  it('tells its figures in OpenMetrics: each family once, with its type and help, and no path among the labels', async () => {
    const { headers, body } = await ask('/metrics', {}, metricsPort)
    expect(headers['content-type']).toMatch(/^application\/openmetrics-text; version=1\.0\.0/)
    const lines = body.trimEnd().split('\n')
    expect(lines.at(-1)).toBe('# EOF')
    const types = new Map<string, string>()
    const sample = /^([a-z_][a-z0-9_]*)(?:\{(?:[a-z_]+="[^"\\\n]*",?)*\})? (?:-?[\d.]+(?:e[+-]?\d+)?|NaN|[+-]Inf)$/
    for (const line of lines.slice(0, -1)) {
      const [, kind, family = '', rest = ''] = /^# (TYPE|HELP) (\S+) (.+)$/.exec(line) ?? []
      if (kind === 'TYPE') {
        expect(types.has(family), family).toBe(false)
        types.set(family, rest)
      } else if (kind === undefined) {
        const [, name = ''] = sample.exec(line) ?? []
        expect(name, line).not.toBe('')
        const suffixes = { counter: /_total$/, histogram: /_(bucket|sum|count)$/, gauge: /$^/, summary: /$^/ } as const
        const of = [...types].some(
          ([family, type]) => name === family || name.replace(suffixes[type as keyof typeof suffixes], '') === family,
        )
        expect(of, line).toBe(true)
      }
    }
    for (const name of [
      'kentei_attempts_open 0',
      'kentei_attempts_overdue 0',
      'kentei_database_up 1',
      'kentei_requests_total{method="GET",route="/api/exams",status="401"}',
      'kentei_request_seconds_count{act="other"}',
      'kentei_database_seconds_count{role="writes"}',
      'kentei_key_age_seconds{use="credential"}',
      'kentei_disk_taken_ratio ',
      'kentei_backup_age_seconds ',
      'nodejs_eventloop_lag_p99_seconds ',
    ])
      expect(body).toContain(name)
    expect(body).not.toContain('crd_')
  })

  it('ends within its patience when it is told to, with 0, and what it opened closed', async () => {
    const ended = once(service, 'exit')
    service.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(linesOf('service-stopping')).toHaveLength(1)
    expect(linesOf('service-stopped')).toHaveLength(1)
    await expect(ask('/healthz')).rejects.toThrow()
  })
})

describe('settings that are wrong', () => {
  it('end the command with 2, each with a line of its own', async () => {
    const run = new Promise<{ code: unknown; err: string }>((resolve) =>
      execFile(
        process.execPath,
        ['dist/kentei.mjs', 'serve', '--lang', 'en', '--origin', 'kentei', '--proxy-hops', '99'],
        { cwd: process.cwd(), env: { PATH: process.env.PATH } },
        (error, _, err) => resolve({ code: error?.code, err }),
      ),
    )
    const { code, err } = await run
    expect(code).toBe(2)
    expect(err.trimEnd().split('\n')).toHaveLength(4)
  })
})
