import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importJWK, type JWK, SignJWT } from 'jose'
import Sqlite from 'libsql'
import type { Bank } from '../../src/item/bank.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import { compileExams } from '../../src/node/compile-exams.ts'
import { type Story, takeExam } from '../load/candidate.ts'
import { countDiffering } from '../load/exam-day.ts'
import { Line } from '../load/line.ts'
import { freePort } from '../support/free-port.ts'
import { type HranaServer, startHranaServer } from '../support/hrana-server.ts'
import { modelSaves } from '../support/model-answer.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { bundleTestEntry } from '../support/test-bundle.ts'
import { kentei, layCertificate, layExampleMarket, layNginx, layPrometheus, Program, until } from './machine.ts'

// A day of operation on one machine: nginx with TLS before `kentei serve`, two tenants, one with a file and one on a libSQL
// server, the reference marketplace and the guide's, Prometheus with the manual's rules; an exam day, a kill, a restore, a new
// key, a move to another engine. `npm run rehearse [-- --candidates 500]`, as root: nginx takes port 443 of two loopback
// addresses. The certificate is trusted by NODE_EXTRA_CA_CERTS, which a process reads when it begins: the script starts itself again.

const HOSTS = ['127.88.0.2', '127.88.0.3'] as const
const NAMES = ['north', 'south'] as const
const EXAM = 'tiny'
const PASSES = 5

interface Side {
  readonly name: (typeof NAMES)[number]
  readonly origin: string
  readonly market: string
  /** Signs launch tokens. */
  readonly key: JWK
  /** The file in which its database is. */
  readonly file: () => string
}

interface Day {
  readonly folder: string
  readonly candidates: number
  readonly bank: Bank
  readonly sides: readonly [Side, Side]
  readonly prometheus: string
  /** Port of the figures. */
  readonly metrics: number
  /** Whom the marketplaces know, and who have not sat yet. */
  readonly people: Record<Side['name'], string[]>
  service: Program
  start(): Program
}

let began = performance.now()
/** Says what was done, and how long it took. */
function say(what: string): void {
  console.log(`${((performance.now() - began) / 1_000).toFixed(1).padStart(7)} s  ${what}`)
  began = performance.now()
}

function demand(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what)
}

let tokens = 0
async function launchToken({ origin, market, key }: Side, worker: string, more: object = {}): Promise<string> {
  const iat = Math.floor(Date.now() / 1_000)
  tokens += 1
  return new SignJWT({
    sub: worker,
    role: 'worker',
    name: worker,
    locale: 'ja',
    exam: EXAM,
    returnUrl: market,
    ...more,
  })
    .setIssuer(market)
    .setAudience(origin)
    .setIssuedAt(iat)
    .setExpirationTime(iat + 300)
    .setJti(`rehearsal-${tokens}`)
    .setProtectedHeader({ alg: 'ES256', kid: key.kid as string, typ: 'launch+jwt' })
    .sign(await importJWK(key, 'ES256'))
}

const isReady =
  ({ metrics }: Pick<Day, 'metrics'>, { name }: Side) =>
  async () =>
    (await fetch(`http://127.0.0.1:${metrics}/readyz?tenant=${name}`)).ok

/** Somebody passes with everything right. @returns the badge. */
async function passExam(day: Day, side: Side, worker: string): Promise<{ credential: string; jwt: string }> {
  const line = new Line(side.origin)
  const ask = async (method: string, path: string, token?: string, body?: unknown) => {
    const { status, json } = await line.ask({ method, path, ...(token ? { token } : {}), ...(body ? { body } : {}) })
    demand(status < 300, `${worker}: ${method} ${path} ${status} ${JSON.stringify(json)}`)
    return json
  }
  try {
    const { session } = await ask('POST', '/api/session', undefined, { token: await launchToken(side, worker) })
    const { id, lease, sections } = await ask('POST', `/api/exams/${EXAM}/attempts`, session, { locale: 'ja' })
    await ask('PUT', `/api/attempts/${id}/responses`, session, { lease, saves: modelSaves(day.bank, sections) })
    const { credential } = await ask('POST', `/api/attempts/${id}/submit`, session, { lease })
    demand(typeof credential === 'string', `${worker} did not pass`)
    return { credential, jwt: await (await fetch(`${side.origin}/credentials/${credential}.jwt`)).text() }
  } finally {
    line.close()
  }
}

async function verdictOf({ origin }: Side, jwt: string): Promise<string> {
  const response = await fetch(`${origin}/api/credentials/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ credential: jwt }),
  })
  return ((await response.json()) as { verdict: string }).verdict
}

/** Figures of the service, by their name with labels. */
async function figures(metrics: number): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()
  return new Map(
    text.split('\n').flatMap((line) => {
      const at = line.lastIndexOf(' ')
      return line.startsWith('#') || at < 0 ? [] : [[line.slice(0, at), Number(line.slice(at + 1))] as const]
    }),
  )
}

/** Waits until every message has arrived. */
async function delivered(metrics: number): Promise<void> {
  // what the figures tell of the database is up to five seconds old
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  await until('every message is delivered', async () => {
    const all = [...(await figures(metrics))].filter(([name]) => name.startsWith('kentei_outbox_messages{'))
    const waiting = all.filter(([name]) => /status="(pending|dead)"/.test(name))
    return all.length > 0 && waiting.every(([, n]) => n === 0)
  })
}

async function firing(prometheus: string): Promise<string[]> {
  const { data } = (await (await fetch(`${prometheus}/api/v1/alerts`)).json()) as {
    data: { alerts: { state: string; labels: { alertname: string } }[] }
  }
  return data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname)
}

/** Half of the candidates at each side; in the middle of it the service is killed. */
async function examDay(day: Day): Promise<void> {
  const seed = 'da1e0da1e0da1e0da1e0da1e0da1e0da'
  const random = randomFrom(seed)
  const plans = await Promise.all(
    Array.from({ length: day.candidates }, async (_, nth) => {
      const side = day.sides[nth % 2] as Side
      return {
        side,
        plan: {
          origin: side.origin,
          exam: EXAM,
          launchToken: await launchToken(side, `crowd-${nth}`),
          launchAgain: () => launchToken(side, `crowd-${nth}`),
          // a machine that does other things besides is slower than a person is patient
          patienceMs: 900_000,
          name: `crowd-${nth}`,
          random: randomFrom(`${seed.slice(0, 24)}${nth.toString(16).padStart(8, '0')}`),
          comesAfterMs: random.below(20_000),
          answers: 12,
          thinkMs: [1_000, 5_000] as const,
        },
      }
    }),
  )
  const sat = Promise.all(plans.map(async ({ side, plan }) => ({ side, story: await takeExam(plan) })))
  await new Promise((resolve) => setTimeout(resolve, 25_000))
  await day.service.end('SIGKILL')
  day.service = day.start()
  const all = await sat
  const lost = all.flatMap(({ story }) => story.lost ?? [])
  demand(lost.length === 0, `${lost.length} candidates lost: ${[...new Set(lost)].slice(0, 3).join('; ')}`)
  const asked = all.flatMap(({ story }) => story.asked)
  const waited = asked
    .filter(({ step }) => step === 'save')
    .map(({ waitedMs }) => waitedMs)
    .sort((a, b) => a - b)
  const acknowledged = all.reduce((sum, { story }) => sum + story.acknowledged.size, 0)
  let differing = 0
  for (const side of day.sides)
    differing += countDiffering(
      side.file(),
      all.filter((one) => one.side === side).map(({ story }): Story => story),
    )
  demand(differing === 0, `${differing} acknowledged answers were not graded as they were acknowledged`)
  const at = (share: number) => Math.round(waited[Math.floor(waited.length * share)] ?? 0)
  const broken = asked.reduce((sum, one) => sum + one.broken, 0)
  say(
    `${day.candidates} candidates through TLS with a kill in the middle: 0 lost, ${acknowledged} answers acknowledged, 0 graded otherwise; ${broken} connections broken; save median ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  )
}

/** What a marketplace knows of somebody's badges. */
async function shown({ folder }: Day, { name, market }: Side, worker: string): Promise<string> {
  if (name === 'south') return (await fetch(`${market}/workers/${worker}`)).text()
  return JSON.stringify(await askSandbox(folder, 'select credential, status from badges where worker = ?', worker))
}

/** Looks into the database of the reference marketplace. */
async function askSandbox(folder: string, query: string, ...values: string[]): Promise<Record<string, string>[]> {
  const database = new Sqlite(join(folder, 'market-north/sandbox.db'))
  try {
    return database.prepare(query).all(...values) as Record<string, string>[]
  } finally {
    database.close()
  }
}

async function main(args: readonly string[]): Promise<void> {
  const candidates = Number(args[args.indexOf('--candidates') + 1] ?? 500) || 500
  const folder = process.env.REHEARSAL ?? (await mkdtemp(join(quickFolder, 'kentei-rehearsal-')))
  if (process.env.REHEARSAL === undefined) {
    layCertificate(folder, HOSTS)
    const [own, known] = [join(folder, 'kentei.pem'), process.env.NODE_EXTRA_CA_CERTS]
    const trusted = await Promise.all([own, ...(known ? [known] : [])].map((path) => readFile(path, 'utf8')))
    await writeFile(join(folder, 'trusted.pem'), trusted.join('\n'))
    const { spawnSync } = await import('node:child_process')
    const env = { ...process.env, REHEARSAL: folder, NODE_EXTRA_CA_CERTS: join(folder, 'trusted.pem') }
    const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
      env,
      stdio: 'inherit',
    })
    process.exit(status ?? 1)
  }
  const running: Program[] = []
  const servers: HranaServer[] = []
  const run = (name: string, command: readonly string[], cwd?: string, env?: Record<string, string>): Program => {
    const program = new Program(name, command, { folder, ...(cwd ? { cwd } : {}), ...(env ? { env } : {}) })
    running.push(program)
    return program
  }
  try {
    await rehearse({ folder, candidates, run, servers })
    say('the day is over')
    await Promise.all(running.map((program) => program.end()))
    await rm(folder, { recursive: true, force: true })
  } catch (error) {
    console.error(`${error instanceof Error ? error.stack : error}\nwhat everybody said lies in ${folder}`)
    process.exitCode = 1
  } finally {
    await Promise.all(running.map((program) => program.end('SIGKILL')))
    for (const server of servers) void server.close()
    // connections that are kept alive would keep the process
    process.exit()
  }
}

interface Place {
  readonly folder: string
  readonly candidates: number
  readonly servers: HranaServer[]
  run(name: string, command: readonly string[], cwd?: string, env?: Record<string, string>): Program
}

async function rehearse({ folder, candidates, run, servers }: Place): Promise<void> {
  const [port, metrics, prometheusPort, northPort, southPort] = (await Promise.all(
    Array.from({ length: 5 }, freePort),
  )) as [number, number, number, number, number]
  const tenants = join(folder, 'tenants')
  const origins = HOSTS.map((host) => `https://${host}`)
  const markets = [`http://127.0.0.1:${northPort}`, `http://127.0.0.1:${southPort}`]

  // one process, which ends when it is told to
  const nginx = run('nginx', await layNginx(folder, { hosts: HOSTS, port }))
  run('prometheus', await layPrometheus(folder, { metrics, port: prometheusPort }))
  const marketFolder = await layExampleMarket(folder)
  run('market-south', [process.execPath, 'marketplace.mjs'], marketFolder, {
    ORIGIN: markets[1] as string,
    KENTEI: origins[1] as string,
    EXAM,
  })
  const sandbox = await bundleTestEntry('test/rehearsal/sandbox-market.ts', 'node')
  run('market-north', [
    process.execPath,
    sandbox,
    String(northPort),
    join(folder, 'market-north'),
    origins[0] as string,
  ])
  const webhookKeys: string[] = []
  for (const market of markets)
    await until(`${market} answers`, async () => {
      const { keys } = (await (await fetch(`${market}/.well-known/webhook-keys.json`)).json()) as { keys: string[] }
      webhookKeys.push(JSON.stringify(keys))
      return true
    })
  say('nginx, Prometheus and both marketplaces run')

  const remote = await startHranaServer(join(folder, 'south.db'))
  servers.push(remote)
  for (const [nth, name] of NAMES.entries()) {
    const subscribers = JSON.stringify([{ id: 'market', url: `${markets[nth]}/webhooks/kentei` }])
    await kentei([
      ...['tenants', 'add', name, '--tenants', tenants, '--origin', origins[nth] as string],
      ...[
        '--marketplace',
        markets[nth] as string,
        '--webhook-keys',
        webhookKeys[nth] as string,
        '--subscribers',
        subscribers,
      ],
      ...(name === 'south' ? ['--libsql', remote.url] : []),
    ])
    await cp('test/support/tiny-exam', join(tenants, name, 'exams', EXAM), { recursive: true })
  }
  const start = () =>
    run('kentei', [
      ...[process.execPath, 'dist/kentei.mjs', 'serve', '--tenants', tenants, '--listen', `127.0.0.1:${port}`],
      ...['--metrics', `127.0.0.1:${metrics}`, '--proxy-hops', '1'],
    ])
  const keysOf = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as { service: JWK; tokens: JWK }
  const [bank] = (await compileExams(join(tenants, 'north', 'exams'))).map((one) => one.bank)
  if (!bank) throw new Error('there is no exam')
  let northFile = join(tenants, 'north/data/kentei.db')
  const day: Day = {
    folder,
    candidates,
    bank,
    prometheus: `http://127.0.0.1:${prometheusPort}`,
    metrics,
    people: {
      north: (
        await askSandbox(
          folder,
          "select id from workers where standing = 'good' and erased_at is null order by id limit 20",
        )
      ).map(({ id }) => id ?? ''),
      // as the example has them
      south: ['wrk_1', 'wrk_2'],
    },
    sides: [
      {
        name: 'north',
        origin: origins[0] as string,
        market: markets[0] as string,
        key: (await keysOf(join(folder, 'market-north/sandbox-keys.json'))).service,
        file: () => northFile,
      },
      {
        name: 'south',
        origin: origins[1] as string,
        market: markets[1] as string,
        key: (await keysOf(join(marketFolder, 'keys.json'))).tokens,
        file: () => join(folder, 'south.db'),
      },
    ],
    start,
    service: start(),
  }
  for (const side of day.sides) await until(`${side.name} is ready`, isReady(day, side))
  await kentei(['tenants', 'check', '--tenants', tenants])
  demand(nginx.isRunning, 'nginx has ended: see its log')
  say('two tenants are served through TLS')

  await examDay(day)

  const badges: { side: Side; worker: string; jwt: string }[] = []
  for (const side of day.sides)
    for (const worker of day.people[side.name].splice(0, side.name === 'south' ? 1 : PASSES))
      badges.push({ side, worker, ...(await passExam(day, side, worker)) })
  await delivered(day.metrics)
  demand(
    (await shown(day, day.sides[1], 'wrk_1')).includes('"active"'),
    'the guide’s marketplace does not show the badge',
  )
  for (const { side, jwt } of badges)
    demand((await verdictOf(side, jwt)) === 'valid', `a badge of ${side.name} is not valid`)
  say(`${badges.length} people passed: their badges are valid, and both marketplaces have them`)

  await restoreNorth(day, tenants)
  await rotateKeys(day, { tenants, badges })
  northFile = await moveNorth(day, { tenants, servers })
  await outage(day)
}

/** A backup, changes, and the backup put back: both sides agree afterwards. */
async function restoreNorth(day: Day, tenants: string): Promise<void> {
  const [north] = day.sides
  const { execFileSync } = await import('node:child_process')
  const identity = join(day.folder, 'backup-key.txt')
  execFileSync('age-keygen', ['-o', identity], { stdio: 'ignore' })
  const recipient = /age1\w+/.exec(await readFile(identity, 'utf8'))?.[0] ?? ''
  const data = join(tenants, 'north/data')
  const backup = join(day.folder, 'north.age')
  await kentei(['backup', '--data', data, '--to', backup, '--recipient', recipient])
  const late = day.people.north.pop() ?? ''
  const lost = await passExam(day, north, late)
  await delivered(day.metrics)
  await day.service.end()
  await rename(data, `${data}-lost`)
  await kentei(['restore', '--data', data, '--from', backup, '--identity', identity])
  day.service = day.start()
  await until('north is ready again', isReady(day, north))
  await delivered(day.metrics)
  demand((await verdictOf(north, lost.jwt)) !== 'valid', 'what the backup does not have is called valid')
  // who lost theirs may sit again, and the marketplace believes what is new
  const again = await passExam(day, north, late)
  await delivered(day.metrics)
  demand((await verdictOf(north, again.jwt)) === 'valid', 'what came after the restore is not valid')
  demand(
    (await shown(day, north, late)).includes(again.credential),
    'the marketplace does not have what came after the restore',
  )
  say('backup, changes, restore, changes: the marketplace has what came after')
}

/** A new key signs within a second or two; what the old one signed stays valid. */
async function rotateKeys(
  day: Day,
  { tenants, badges }: { readonly tenants: string; readonly badges: readonly { side: Side; jwt: string }[] },
): Promise<void> {
  const kidOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid as string
  for (const side of day.sides) {
    await kentei(['keys', 'rotate', '--use', 'credential', '--now', '--data', join(tenants, side.name, 'data')])
    const old = badges.find((one) => one.side === side)
    // the service looks at its key file twice a second
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    const { jwt } = await passExam(day, side, day.people[side.name].pop() ?? '')
    demand(kidOf(jwt) !== kidOf(old?.jwt ?? ''), `the new key of ${side.name} does not sign`)
    demand((await verdictOf(side, jwt)) === 'valid', 'what the new key signed is not valid')
    demand((await verdictOf(side, old?.jwt ?? '')) === 'valid', 'what the old key signed is not valid any more')
  }
  await delivered(day.metrics)
  say('both tenants sign with new keys, what the old ones signed is valid')
}

/** While candidates sit, the tenant with the file goes to a libSQL server. */
async function moveNorth(
  day: Day,
  { tenants, servers }: { readonly tenants: string; readonly servers: HranaServer[] },
): Promise<string> {
  const [north] = day.sides
  const file = join(day.folder, 'north-moved.db')
  const server = await startHranaServer(file)
  servers.push(server)
  const sitting = Array.from({ length: 20 }, async (_, nth) => {
    const name = `mover-${nth}`
    return takeExam({
      origin: north.origin,
      exam: EXAM,
      launchToken: await launchToken(north, name),
      name,
      random: randomFrom(`0123456789abcdef01234567${nth.toString(16).padStart(8, '0')}`),
      comesAfterMs: 200 * nth,
      answers: 20,
      thinkMs: [500, 1_500],
    })
  })
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  const printed = await kentei(['tenants', 'move', 'north', '--tenants', tenants, '--to', server.url])
  const stories = await Promise.all(sitting)
  const lost = stories.flatMap(({ lost: why }) => why ?? [])
  demand(lost.length === 0, `lost while north was moved: ${lost[0]}`)
  await delivered(day.metrics)
  demand(countDiffering(file, stories) === 0, 'acknowledged answers were not graded as they were acknowledged')
  const put = stories.flatMap(({ asked }) => asked).reduce((sum, one) => sum + one.putOff, 0)
  say(
    `north is on a libSQL server: ${printed.trim().split('\n').at(-1)} 20 candidates sat meanwhile, 0 lost, told to come again ${put} times`,
  )
  return file
}

/** The service is down until Prometheus says so, and well again. */
async function outage(day: Day): Promise<void> {
  const before = await firing(day.prometheus)
  demand(!before.includes('KenteiDown'), 'the alarm rings though the service answers')
  await day.service.end('SIGKILL')
  await until('KenteiDown fires', async () => (await firing(day.prometheus)).includes('KenteiDown'))
  day.service = day.start()
  for (const side of day.sides) await until(`${side.name} is ready again`, isReady(day, side))
  await until('KenteiDown is over', async () => !(await firing(day.prometheus)).includes('KenteiDown'))
  say(
    `Prometheus fired KenteiDown and took it back; else it fired ${before.length === 0 ? 'nothing' : [...new Set(before)].join(', ')}`,
  )
}

if (import.meta.main) await main(process.argv.slice(2))
