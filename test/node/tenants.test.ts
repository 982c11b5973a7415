import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import Sqlite from 'libsql'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readServiceSettings } from '../../src/cli/read-service-settings.ts'
import type { Service, TenantSettings } from '../../src/cli/start-service.ts'
import { readTenants } from '../../src/cli/tenants-folder.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { openKentei } from '../../src/node/open-plugin.ts'
import { serveKentei } from '../../src/serve-kentei.ts'
import { tenantTools } from '../../src/tenant-tools.ts'
import { built } from '../support/built.ts'
import { WEBHOOK_SECRET } from '../support/fake-market.ts'
import { freePort } from '../support/free-port.ts'
import { startHranaServer } from '../support/hrana-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Ask, expectNoCrossing, openSide, type Side } from '../support/two-tenants.ts'

// One service for two marketplaces, as an operator lays out their folders; and a third whose database is gone.

const folder = temporaryFolder('all tests')
let [port, metricsPort] = [0, 0]
let sides: readonly [Side, Side]
let service: Service
const markets: Server[] = []

/** Lets a marketplace be reached over the network. */
async function serveMarket(at: number, side: () => Side): Promise<void> {
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming)
    const answer = await side().answer(`http://127.0.0.1:${at}${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers: incoming.headers as Record<string, string>,
      ...(body ? { body } : {}),
    })
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  }).listen(at, '127.0.0.1')
  await once(server, 'listening')
  markets.push(server)
}

async function layTenant(side: Side, more: Record<string, string> = {}): Promise<void> {
  const own = folder.path('tenants', side.name)
  await mkdir(own, { recursive: true })
  const told = { ...side.environment, MARKETPLACE_WEBHOOK_KEYS: JSON.stringify([WEBHOOK_SECRET]), ...more }
  await writeFile(
    `${own}/kentei.env`,
    Object.entries(told)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
  )
  if (more.LIBSQL_URL) return
  await mkdir(`${own}/data`, { recursive: true })
  const { world, close } = await openKentei({
    dataFolder: `${own}/data`,
    migrationsFolder: 'migrations',
    buildFolder: 'dist',
    environment: told,
    waitsIn: 'process',
  })
  await publishExam(world, side.bank)
  await close()
}

beforeAll(async () => {
  await built()
  ;[port, metricsPort] = [await freePort(), await freePort()]
  const [one, other] = [await freePort(), await freePort()]
  sides = [
    await openSide('north', `http://north.localhost:${port}`, `http://127.0.0.1:${one}`),
    await openSide('south', `http://south.localhost:${port}`, `http://127.0.0.1:${other}`),
  ]
  for (const [at, side] of [
    [one, sides[0]],
    [other, sides[1]],
  ] as const)
    await serveMarket(at, () => side)
  for (const side of sides) await layTenant(side)
  // its database takes what is asked, and never answers
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  markets.push(silent)
  await layTenant(await openSide('gone' as never, `http://gone.localhost:${port}`, 'http://127.0.0.1:9'), {
    LIBSQL_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
  })
  service = await serveKentei(
    process.cwd(),
    await readServiceSettings({
      args: { tenants: folder.path('tenants'), listen: `127.0.0.1:${port}`, metrics: `127.0.0.1:${metricsPort}` },
      env: { KENTEI_LOG: 'error' },
      cwd: process.cwd(),
    }),
  )
  for (const { name } of sides)
    await vi.waitUntil(
      async () =>
        (await send(port, { path: '/readyz', headers: { host: `${name}.localhost:${port}` } })).status === 200,
      { timeout: 240_000, interval: 100 },
    )
})
afterAll(async () => {
  await service?.close()
  for (const server of markets) server.close().closeAllConnections()
})

const send = (
  at: number,
  { method = 'GET', path, headers, body }: { method?: string; path: string; headers: object; body?: string },
) =>
  new Promise<{ status: number; headers: string; text: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port: at, method, path, setHost: false, headers: { ...headers } })
      .on('response', (answer) =>
        text(answer).then(
          (read) => resolve({ status: answer.statusCode ?? 0, headers: JSON.stringify(answer.headers), text: read }),
          reject,
        ),
      )
      .on('error', reject)
      .end(body)
  })

const isJson = (headers: string): boolean => /"content-type":"application\/([a-z]+\+)?json/.test(headers)

const ask: Ask = async (of, method, path, { token, body, accept } = {}) => {
  const headers = {
    host: `${of}.localhost:${port}`,
    ...(accept ? { accept } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const answered = await send(port, {
    method,
    path,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    ...answered,
    json: isJson(answered.headers) ? JSON.parse(answered.text) : undefined,
  }
}

describe('a service for two marketplaces', () => {
  it('tells neither, in any answer to anybody, anything of the other, though people and exams are called alike', async () => {
    await expectNoCrossing(sides, ask)
  })

  it.each([
    ['a host that nobody has', { host: 'east.localhost' }],
    ['the names of the machine', { host: 'localhost' }],
    [
      'a host that only a header of a proxy names',
      { host: 'east', 'x-forwarded-host': 'north.localhost', forwarded: 'host=north.localhost' },
    ],
  ])('answers 421 with nothing of anybody to %s', async (_, headers) => {
    const {
      status,
      text: said,
      headers: told,
    } = await send(port, {
      path: '/',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}:${port}`])),
    })
    expect([status, JSON.parse(said)]).toEqual([
      421,
      { type: 'urn:kentei:problem:misdirected', title: expect.any(String), status: 421, code: 'misdirected' },
    ])
    expect(told).toContain('application/problem+json')
    expect(`${told}${said}`).not.toMatch(/north|south|gone/)
  })

  it('takes no notice of the one whose database is gone, but in its own answers, readiness and figures', async () => {
    const own = await send(port, { path: '/api/exams', headers: { host: `gone.localhost:${port}` } })
    expect([own.status, JSON.parse(own.text).code]).toEqual([503, 'busy'])
    const ready = async (path: string, host = 'balancer', at = metricsPort) => {
      const { status, text: said } = await send(at, { path, headers: { host } })
      return [status, JSON.parse(said).status]
    }
    expect(await ready('/readyz?tenant=gone')).toEqual([503, 'starting'])
    expect(await ready('/readyz', `gone.localhost:${port}`, port)).toEqual([503, 'starting'])
    expect(await ready('/readyz?tenant=north')).toEqual([200, 'ready'])
    const all = await send(metricsPort, { path: '/readyz', headers: { host: 'balancer' } })
    expect([all.status, JSON.parse(all.text)]).toEqual([
      200,
      { status: 'ready', tenants: { gone: 'starting', north: 'ready', south: 'ready' } },
    ])
    const figures = (await send(metricsPort, { path: '/metrics', headers: { host: 'x' } })).text
    for (const figure of [
      'kentei_database_up{tenant="gone"} 0',
      'kentei_database_up{tenant="north"} 1',
      'kentei_attempts_open{tenant="south"} 0',
    ])
      expect(figures).toContain(figure)
    expect(figures).not.toContain('kentei_attempts_open{tenant="gone"}')
  })
})

it('a tenant that is moved to a server while it is served is served from there, and its old database takes nothing more', async () => {
  const server = await startHranaServer(folder.path('moved.db'))
  const tenants = await readTenants(folder.path('tenants'))
  const north = tenants.find(({ name }) => name === 'north')
  const file = folder.path('tenants/north/kentei.env')
  const data = folder.path('tenants/north/data')
  // nobody is woken for a move: of the level of errors there is no line
  const written = vi.spyOn(process.stderr, 'write')
  const moved = await tenantTools('migrations').move({ ...(north as TenantSettings), file }, { url: server.url })
  expect(moved.tables.length).toBeGreaterThan(20)
  expect(await readFile(file, 'utf8')).toContain(`LIBSQL_URL='${server.url}'`)
  expect(await readFile(`${data}/database-elsewhere`, 'utf8')).toBe(`${server.url}/\n`)
  const before = server.pipelines()
  const asked = { path: '/readyz', headers: { host: `north.localhost:${port}` } }
  // until the other one is open, the old one may answer that it is there
  const isOpen = () => server.pipelines() > before && !existsSync(`${data}/time-given-until`)
  await vi.waitUntil(async () => isOpen() && (await send(port, asked)).status === 200, {
    timeout: 240_000,
    interval: 100,
  })
  const lines = written.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('"tenant":"north"'))
  written.mockRestore()
  expect(lines).toEqual([])
  const old = new Sqlite(`${data}/kentei.db`)
  expect(() => old.exec('update exam_publications set exam = exam')).toThrow('kentei-sealed')
  old.close()
  await service.close()
  // settings of before the move do not bring back what was left
  expect(await tenantTools('migrations').look(north as TenantSettings)).toMatchObject({ database: 'moved' })
  await expect(tenantTools('migrations').migrate(north as TenantSettings)).rejects.toThrow(
    'was moved to another engine',
  )
  await server.close()
})
