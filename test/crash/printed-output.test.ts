import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import Sqlite from 'libsql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { built } from '../support/built.ts'
import { freePort } from '../support/free-port.ts'
import { type Call, MARK, provokeFailures } from '../support/provoke-failures.ts'
import { quickFolder } from '../support/quick-folder.ts'

const BOOT_MS = 180_000

let folder: string
beforeAll(async () => {
  await built()
  folder = await mkdtemp(join(quickFolder, 'kentei-printed-'))
  for (const name of ['exam.md', 'office.ja.md']) {
    const path = join(folder, 'exams/business-admin', name)
    await cp(join('test/support/tiny-exam', name), path)
    await writeFile(path, (await readFile(path, 'utf8')).replace(/^(id|exam): tiny$/m, '$1: business-admin'))
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Starts a process; `printed` is everything that it has written so far. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; printed(): string } {
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  return { child, printed: () => text }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { event: string })

const secretsIn = (text: string, secrets: readonly string[]) =>
  secrets.filter((secret) => secret !== '' && text.includes(secret))

it('a service on Node prints nothing of what is secret, whatever fails', async () => {
  const data = join(folder, 'data')
  const [plugin, sandbox] = [await freePort(), await freePort()]
  const ports = { PORT: String(plugin), SANDBOX_PORT: String(sandbox), DEMO_PAST: 'none' }
  const env = { ...ports, DATA_DIR: data, EXAMS_DIR: join(folder, 'exams') }
  const { child, printed } = start([resolve('dist/node.mjs')], env)
  const ask =
    (origin: string): Call =>
    async (method, path, { token, body, type = 'application/json' } = {}) => {
      const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': type }
      const response = await fetch(`${origin}${path}`, {
        method,
        headers,
        redirect: 'manual',
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return { status: response.status, text: await response.text() }
    }
  const [call, market] = [ask(`http://localhost:${plugin}`), ask(`http://localhost:${sandbox}`)]
  await expect.poll(() => printed().includes('Ctrl+C stops'), { timeout: BOOT_MS }).toBe(true)
  const launch = async (who: object) => {
    const { token } = JSON.parse((await market('POST', '/demo/launch', { body: who })).text) as { token: string }
    return {
      token,
      session: JSON.parse((await call('POST', '/api/session', { body: { token } })).text).session as string,
    }
  }
  const [worker, operator] = [
    await launch({ worker: 'wrk_013', exam: 'business-admin' }),
    await launch({ worker: 'opr_demo', role: 'operator' }),
  ]
  const database = new Sqlite(join(data, 'kentei.db'))
  database.exec('pragma busy_timeout = 60000')
  const change = async (statement: string) => void database.exec(statement)
  const { secrets, failed } = await provokeFailures({
    call,
    change,
    worker: worker.session,
    operator: operator.session,
    exam: 'business-admin',
  })
  // a body that is broken off, and a lock that somebody holds
  const socket = connect(plugin, '127.0.0.1')
  socket.write(
    `POST /api/session HTTP/1.1\r\nHost: localhost:${plugin}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"token":"${MARK}`,
  )
  await once(socket, 'connect')
  socket.destroy()
  // the sweep of a second finds its table gone
  await change('alter table attempts rename to attempts_away')
  await expect.poll(() => printed().includes('"work-failed"')).toBe(true)
  await change('alter table attempts_away rename to attempts')
  await change('begin immediate')
  const held = await call('PUT', '/api/identity', { token: worker.session, body: { email: `${MARK}@example.org` } })
  await change('rollback')
  database.close()
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  const files = await Promise.all(
    ['session-secret', 'erasure-secret', 'webhook-secret', 'subscriber-secret'].map((name) =>
      readFile(join(data, name), 'utf8'),
    ),
  )
  const keys = (JSON.parse(await readFile(join(data, 'keys.json'), 'utf8')) as { jwk: { d?: string } }[]).map(
    ({ jwk }) => jwk.d ?? '',
  )
  const all = [...secrets, worker.token, operator.token, ...files.map((text) => text.trim()), ...keys]
  expect([failed > 20, held.status]).toEqual([true, 503])
  expect(linesOf(printed()).map(({ event }) => event)).toEqual(
    expect.arrayContaining(['request-failed', 'database-busy', 'work-failed']),
  )
  expect(secretsIn(printed(), all)).toEqual([])

  // and one that cannot start over what it finds
  await writeFile(join(data, 'keys.json'), `[{"jwk":{"kty":"${MARK}","d":"${MARK}"},"use":"${MARK}"}]`)
  const broken = start([resolve('dist/node.mjs')], env)
  const [code] = await once(broken.child, 'exit')
  expect([code, secretsIn(broken.printed(), all)]).toEqual([1, []])
  expect(broken.printed()).not.toBe('')
})

it('the Worker and its runtime print nothing of what is secret, whatever fails', async () => {
  const { child, printed } = start(['--import', './src/node/load-texts.ts', 'test/support/printing-worker.ts'])
  const ended = once(child, 'exit')
  const [told] = (await Promise.race([once(child, 'message'), ended.then(() => [undefined])])) as [
    { secrets: string[]; failed: number } | undefined,
  ]
  await ended
  expect(told, printed().slice(-2_000)).toBeDefined()
  expect(told?.failed).toBeGreaterThan(20)
  const events = linesOf(printed()).map(({ event }) => event)
  expect(events).toContain('request-failed')
  expect(events).toContain('work-failed')
  expect(secretsIn(printed(), told?.secrets ?? [])).toEqual([])
})
