import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { printKeys } from '../../src/cli/keys/key-store.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { rows } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'
import { readLog } from '../support/read-log.ts'

let w: FixedWorld
const { kentei, out, err } = fakeTerminal(() => w.folder, { now: () => w.clock.now })
const sessions = (...args: string[]) => kentei('sessions', '--lang=en', ...args)

beforeEach(async () => {
  w = await fixedWorld()
  await writeFile(join(w.folder, 'keys.json'), printKeys(w.world.settings.keys as never), { mode: 0o600 })
  await writeFile(join(w.folder, 'session-secret'), w.world.settings.sessionSecret)
})
afterEach(() => w.close())

const isSignedIn = async (token: string) => (await w.call('GET', '/api/me', { token })).status !== 401

it('ends the sessions of one person in the database, and writes it down', async () => {
  const [one, other] = [await w.launch('wrk-1'), await w.launch('wrk-2')]
  expect(await sessions('end', '--worker', 'wrk-1', '--why', 'lost phone', '--data', '.')).toBe(0)
  expect(out).toEqual(['sessions ended: 1'])
  expect([await isSignedIn(one.token), await isSignedIn(other.token)]).toEqual([false, true])
  expect(await readLog(w.db, ['session.ended'])).toEqual([
    expect.objectContaining({ actor: 'machine', subject: 'wrk-1', why: 'lost phone' }),
  ])
})

it('ends the sessions of a role', async () => {
  const [one, other] = [await w.launch('opr-1', { role: 'operator' }), await w.launch('wrk-2')]
  expect(await sessions('end', '--role', 'operator', '--why', 'keys leaked', '--data', '.')).toBe(0)
  expect([await isSignedIn(one.token), await isSignedIn(other.token)]).toEqual([false, true])
  expect(await readLog(w.db, ['session.ended'])).toEqual([
    expect.objectContaining({ actor: 'machine', object: 'operator', why: 'keys leaked' }),
  ])
})

it('makes no key in the log for somebody who was erased', async () => {
  await w.launch('wrk-1')
  must(await eraseWorker(w.world, 'wrk-1'))
  expect(await sessions('end', '--worker', 'wrk-1', '--why', 'x', '--data', '.')).toBe(0)
  expect(out).toEqual(['sessions ended: 0'])
  expect(await rows(w, "select * from audit_people where person = 'wrk-1'")).toEqual([])
})

it('ends those of a running service with its service key', async () => {
  const { token } = await w.launch('wrk-1')
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const headers = { authorization: String(request.headers.authorization), 'content-type': 'application/json' }
    const reply = await w.app.request(`${w.world.settings.origin}${request.url}`, {
      method: 'POST',
      headers,
      body: Buffer.concat(chunks),
    })
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(await reply.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    // the token is for the origin that is named: this service is another
    expect(await sessions('end', '--worker', 'wrk-1', '--why', 'x', '--data', '.', '--to', origin)).toBe(1)
    expect(err.join()).toContain('answered 401')
    expect(await isSignedIn(token)).toBe(true)
    Object.assign(w.world.settings, { origin })
    expect(await sessions('end', '--worker', 'wrk-1', '--why', 'x', '--data', '.', '--to', origin)).toBe(0)
    expect(out).toEqual(['sessions ended: 1'])
    Object.assign(w.world.settings, { origin: PLUGIN })
    expect(await isSignedIn(token)).toBe(false)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})

it.each([
  [[], /kentei sessions end/],
  [['end', '--why', 'x'], /whose sessions/],
  [['end', '--worker', 'a', '--role', 'operator', '--why', 'x'], /whose sessions/],
  [['end', '--role', 'king', '--why', 'x'], /--role must be one of/],
  [['end', '--worker', 'a'], /say why/],
  [['end', '--worker', 'a', '--why', 'x', '--data', 'nowhere'], /is not there/],
  [['end', '--worker', 'a', '--why', 'x', '--to', 'http://elsewhere.example'], /must be an https origin/],
])('says what is missing: %s', async (args, complaint) => {
  expect(await sessions(...args)).toBe(2)
  expect(err.join('\n')).toMatch(complaint)
})
