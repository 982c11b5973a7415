import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, randomFrom } from '../../src/kernel/random.ts'
import { type Composed, compose, routesOf } from './compose.ts'
import { openMarketService, openPluginService, type Service } from './services.ts'

// Asks every route of both services with values of every kind, as everybody: `npm run fuzz [requests] [seed] [seconds]`.
// A failure of ours, or a request that is not answered, is printed with what it takes to send it again.

const PATIENCE_MS = 10_000
const RENEWED_EVERY = 200
const MOST_SHOWN = 20

const [count = 20_000, seed = 1, seconds = 3_600] = process.argv.slice(2).map(Number)

interface Finding {
  readonly what: string
  readonly request: Composed
}

async function ask(service: Service, { method, path, headers, body }: Composed): Promise<number | 'hang' | Error> {
  try {
    const request = new Request(`${service.origin}${path}`, {
      method,
      headers,
      ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
    })
    const answered = Promise.resolve(service.app.request(request)).then(async (response) => {
      await response.arrayBuffer()
      return response.status
    })
    return await Promise.race([answered, sleep(PATIENCE_MS, 'hang' as const, { ref: false })])
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** What is wrong with an answer, if anything is. */
function faultOf(answer: Awaited<ReturnType<typeof ask>>, failures: readonly string[]): string | undefined {
  if (answer === 'hang') return `no answer within ${PATIENCE_MS} ms`
  if (answer instanceof Error) return answer.stack
  // a service that is not there for the moment says so with 503, and oEmbed wants 501 for a format that is not made
  return answer >= 500 && answer !== 503 && answer !== 501 ? `${answer} ${failures.join('\n')}` : undefined
}

async function fuzz(open: () => Promise<Service>, random: Random): Promise<number> {
  const service = await open()
  const routes = (await routesOf(service.app as never, service.origin)).filter(
    ({ path }) => !service.leftOut.test(path),
  )
  const findings: Finding[] = []
  const [statuses, slowest] = [new Map<number, number>(), { ms: 0, path: '' }]
  const until = Date.now() + seconds * 1_000
  let known = await service.renew(0)
  let sent = 0
  for (; sent < count && Date.now() < until; sent++) {
    if (sent % RENEWED_EVERY === 0) known = await service.renew(sent / RENEWED_EVERY + 1)
    const request = await compose(random, routes, known)
    const began = performance.now()
    const answer = await ask(service, request)
    const ms = performance.now() - began
    if (ms > slowest.ms) Object.assign(slowest, { ms, path: `${request.method} ${request.path.slice(0, 80)}` })
    if (typeof answer === 'number') statuses.set(answer, (statuses.get(answer) ?? 0) + 1)
    const what = faultOf(answer, service.failures())
    if (what !== undefined) findings.push({ what, request })
  }
  await service.close()
  const told = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`)
  console.log(
    `${service.name}: ${sent} requests to ${routes.length} routes, seed ${seed}; ${told.join(', ')}; the slowest took ${Math.round(slowest.ms)} ms (${slowest.path}); ${findings.length} failures`,
  )
  for (const { what, request } of findings.slice(0, MOST_SHOWN))
    console.log(JSON.stringify(request).slice(0, 1_500), '\n ', what.slice(0, 1_500))
  return findings.length
}

const randomOf = (service: number): Random =>
  randomFrom(`${(seed >>> 0).toString(16).padStart(8, '0')}${String(service).padStart(24, '5')}`)

let found = 0
for (const [nth, open] of [openPluginService, openMarketService].entries()) found += await fuzz(open, randomOf(nth))
process.exit(found === 0 ? 0 : 1)
