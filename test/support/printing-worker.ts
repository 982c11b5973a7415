import { instant } from '../../src/kernel/instant.ts'
import { openDeployedWorker } from './deployed-worker.ts'
import { FakeMarket, PLUGIN } from './fake-market.ts'
import { type Call, MARK, provokeFailures } from './provoke-failures.ts'
import { testEnvironment } from './test-settings.ts'
import { tinyBank } from './tiny-bank.ts'

// A process of its own around workerd, so that its parent hears all that both print: the Worker fails wherever it can be made to.

const market = await FakeMarket.open(() => instant(Date.now()))
const environment = await testEnvironment()
const { miniflare, d1 } = await openDeployedWorker(environment, (request) =>
  request.url.includes('jwks')
    ? market.fetch(request.url, { method: request.method, headers: Object.fromEntries(request.headers) })
    : new Response(MARK, { status: 503, headers: { 'retry-after': MARK } }),
)

const call: Call = async (method, path, { token, body, type = 'application/json' } = {}) => {
  const response = await miniflare.dispatchFetch(`${PLUGIN}${path}`, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': type },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  })
  return { status: response.status, text: await response.text() }
}

async function launch(sub: string, role: string): Promise<{ token: string; session: string }> {
  const token = await market.launchToken({ sub, role, name: `名前 ${MARK}` })
  return { token, session: JSON.parse((await call('POST', '/api/session', { body: { token } })).text).session }
}

const bank = tinyBank()
const [author, operator] = [await launch('aut-1', 'author'), await launch(`opr-${MARK}`, 'operator')]
const { proposal } = JSON.parse((await call('POST', '/admin/exams', { token: author.session, body: { bank } })).text)
await call('POST', `/api/staff/proposals/${proposal}/approve`, {
  token: operator.session,
  body: { against: '', why: MARK },
})
const worker = await launch(`wrk-${MARK}`, 'worker')
const change = async (statement: string) => void (await d1.prepare(statement).run())
const { secrets, failed } = await provokeFailures({
  call,
  change,
  worker: worker.session,
  operator: operator.session,
  exam: 'tiny',
})
const cron = (await miniflare.getWorker()) as unknown as {
  scheduled(options: { scheduledTime: Date; cron: string }): Promise<unknown>
}
for (const table of ['attempts', 'outbox', 'audit_seals']) {
  await change(`alter table ${table} rename to ${table}_away`)
  await cron.scheduled({ scheduledTime: new Date(Date.now() + 86_400_000), cron: '* * * * *' }).catch(() => undefined)
  await change(`alter table ${table}_away rename to ${table}`)
}
await miniflare.dispose()
const keys = (JSON.parse(environment.KENTEI_KEYS) as { jwk: { d?: string } }[]).map(({ jwk }) => jwk.d)
process.send?.({
  secrets: [...secrets, author.token, operator.token, worker.token, environment.KENTEI_SESSION_SECRET, ...keys],
  failed,
})
process.disconnect?.()
