import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { type RingKey, signingKey } from '../../src/credential/keys.ts'
import { keyRingOf } from '../../src/flows/key-ring.ts'
import { instant } from '../../src/kernel/instant.ts'
import { signServiceToken } from '../../src/marketplace/trusted-token.ts'
import { openPlugin } from '../../src/node/open-plugin.ts'
import { signWebhook } from '../../src/platform/outbox/webhook.ts'

const EXAMPLES = join(process.cwd(), 'src/docs/examples')
const SECRET = 'whsec_Z3VpZGUtZXhhbXBsZXMtc2VjcmV0LTEyMw=='

const listening = async (server: {
  listen(port: number, host: string, done: () => void): unknown
  address(): unknown
}): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The real service, and a marketplace that is nothing but a published key. */
async function openPair() {
  const folder = await mkdtemp(join(tmpdir(), 'kentei-guide-'))
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const kid = await calculateJwkThumbprint(jwk)
  const { d: _d, ...publicJwk } = jwk
  const marketServer = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ keys: [{ ...publicJwk, kid, alg: 'ES256' }] })),
  )
  const market = await listening(marketServer)
  const served = { fetch: async (_: Request): Promise<Response> => new Response(null, { status: 503 }) }
  const pluginServer = createAdaptorServer({ fetch: (request: Request) => served.fetch(request) })
  const kentei = await listening(pluginServer)
  const plugin = await openPlugin({
    operators: 'role=operator',
    dataFolder: folder,
    migrationsFolder: 'migrations',
    buildFolder: 'dist',
    origin: kentei,
    marketplaceOrigin: market,
    webhookKeys: [SECRET],
    subscriberUrl: `${market}/webhooks/kentei`,
  })
  const app = createApp({ openWorld: () => plugin.world })
  served.fetch = async (request) => app.fetch(request)
  await writeFile(join(folder, 'key.jwk'), JSON.stringify({ ...jwk, kid }))
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  for (const name of ['admit.mjs', 'tokens.mjs', 'send.mjs', 'receive.mjs'])
    await copyFile(join(EXAMPLES, name), join(folder, name))
  const close = async () => {
    marketServer.close()
    pluginServer.close()
    await plugin.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { folder, market, kentei, world: plugin.world, close }
}

let pair: Awaited<ReturnType<typeof openPair>>

beforeAll(async () => {
  pair = await openPair()
})
afterAll(() => pair.close())

const run = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, args, { cwd: pair.folder })).stdout

/** Waits until the receiver takes connections. */
async function answers(url: string): Promise<void> {
  for (;;) {
    if (
      await fetch(url, { method: 'POST' })
        .then(() => true)
        .catch(() => false)
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

describe("the guide's programs for tokens and webhooks", () => {
  it('make tokens that Kentei takes', async () => {
    const said = await run('tokens.mjs', pair.market, pair.kentei, 'key.jwk')
    const [address = ''] = said.split('\n')
    const arrived = await fetch(address, { redirect: 'manual' })
    expect(arrived.status).toBe(303)
    expect(arrived.headers.get('set-cookie')).toContain('HttpOnly')
    expect(said).toContain('200 {"events":[')
  })

  it('send an event that Kentei takes once', async () => {
    expect(await run('send.mjs', pair.kentei, SECRET, '{"worker":"wrk_1","version":7}')).toContain(
      '200 {"applied":true}',
    )
  })

  it('send nothing that Kentei takes under another secret', async () => {
    expect(await run('send.mjs', pair.kentei, 'whsec_d3Jvbmc=', '{"worker":"wrk_1","version":7}')).toContain('401 ')
  })

  describe('admit', () => {
    let server: ChildProcess
    let door: string
    const ask = async (token?: string) =>
      (await fetch(door, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })).status
    const tokenOf = async (
      scope: 'standing:read' | 'badges:write',
      change: { audience?: string; ahead?: number } = {},
    ) => {
      const { thumbprint, alg, privateKey } = signingKey(await keyRingOf(pair.world), 'service') as RingKey & {
        privateKey: CryptoKey
      }
      return signServiceToken({
        key: { thumbprint, alg, privateKey },
        issuer: pair.kentei,
        audience: change.audience ?? pair.market,
        jti: pair.world.newId('jti'),
        scope,
        now: instant(pair.world.now() + (change.ahead ?? 0)),
      })
    }

    beforeAll(async () => {
      const spare = createServer()
      door = await listening(spare)
      await new Promise((resolve) => spare.close(resolve))
      server = spawn(process.execPath, ['admit.mjs', pair.market, pair.kentei, new URL(door).port], {
        cwd: pair.folder,
      })
      await answers(door)
    })
    afterAll(() => server.kill())

    it('Kentei once with each token, for what it is for', async () => {
      const token = await tokenOf('standing:read')
      expect(await ask(token)).toBe(200)
      expect(await ask(token)).toBe(401)
      expect(await ask(await tokenOf('badges:write'))).toBe(403)
    })

    it('nobody with a token for another, of the future, or with none', async () => {
      expect(await ask(await tokenOf('standing:read', { audience: 'https://elsewhere.example' }))).toBe(401)
      expect(await ask(await tokenOf('standing:read', { ahead: 20_000 }))).toBe(401)
      expect(await ask(await tokenOf('standing:read', { ahead: 2_000 }))).toBe(200)
      expect(await ask()).toBe(401)
    })
  })

  describe('receive', () => {
    let receiver: ChildProcess
    let heard = ''
    let door: string
    const deliver = async (event: { id: string; body: string }, change: { body?: string } = {}) => {
      const key = signingKey(await keyRingOf(pair.world), 'webhook')
      const headers = await signWebhook({
        id: event.id,
        at: pair.world.now(),
        body: event.body,
        signers: key ? [{ privateKey: key.privateKey }] : [],
      })
      return (await fetch(door, { method: 'POST', headers: { ...headers }, body: change.body ?? event.body })).status
    }
    const event = {
      id: 'evt_1',
      body: '{"id":"evt_1","type":"credential.issued","timestamp":"2026-11-25T03:00:00.000Z","data":{"credential":"crd_1","worker":"wrk_1","exam":"business-admin","version":1}}',
    }

    beforeAll(async () => {
      const spare = createServer()
      door = await listening(spare)
      await new Promise((resolve) => spare.close(resolve))
      receiver = spawn(process.execPath, ['receive.mjs', pair.kentei, new URL(door).port], {
        cwd: pair.folder,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      receiver.stdout?.on('data', (chunk: Buffer) => {
        heard += chunk.toString()
      })
      await answers(door)
    })
    afterAll(() => receiver.kill())

    it('what Kentei signed, once', async () => {
      expect(await deliver(event)).toBe(204)
      expect(await deliver(event)).toBe(204)
      expect(heard).toBe('credential.issued crd_1 1\n')
    })

    it('nothing that was changed on the way', async () => {
      expect(await deliver({ ...event, id: 'evt_2' }, { body: event.body.replace('crd_1', 'crd_2') })).toBe(401)
    })
  })
})
