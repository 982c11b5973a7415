import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { importJWK } from 'jose'
import { freshPair, USES } from './credential/key-life.ts'
import type { Bank } from './item/bank.ts'
import { instant } from './kernel/instant.ts'
import { signServiceToken } from './marketplace/trusted-token.ts'
import { compileExams } from './node/compile-exams.ts'
import { openDataFolder, readOrMake } from './node/data-folder.ts'
import { bindDoor, closeDoor, readPort } from './node/listen.ts'
import { beginRounds, openMarket } from './node/open-market.ts'
import { readBrand } from './node/read-brand.ts'
import { openOrExplain, repeat, report, runUntilStopped, StartError } from './node/run-until-stopped.ts'
import { readAnswer } from './platform/http/read-bounded.ts'
import { createSandbox } from './sandbox/app.ts'
import { operatorIds } from './sandbox/people/staff.data.ts'
import type { SandboxWorld } from './sandbox/sandbox-world.ts'
import { ownWebhookKey } from './sandbox/trust/plugin-trust.ts'
import { signLaunchToken } from './sandbox/trust/sign-token.ts'
import type { StoredKey } from './world/settings.ts'

// The Worker as wrangler runs it, on a local D1, deployed the way a real one is: migrations by wrangler, secrets beside
// it, exams published through its own door. The marketplace runs in this process.

const PATIENCE_MS = 1_500
/** Production sweeps every minute; here nobody wants to wait. */
const CRON_MS = 5_000
const READY_WITHIN_MS = 60_000
const MAX_ANSWER_BYTES = 1_048_576

const root = fileURLToPath(new URL('..', import.meta.url))
const wranglerScript = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin/wrangler.js')

/** Keeps wrangler to itself: no metrics, no error reports, no look-up of where in the world this is. */
const quiet = {
  ...process.env,
  CI: '1',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  NO_COLOR: '1',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
}

const wrangler = (args: readonly string[], stdout: 'ignore' | 'inherit'): ChildProcess =>
  spawn(process.execPath, [wranglerScript, ...args], { cwd: root, env: quiet, stdio: ['ignore', stdout, 'inherit'] })

async function makeSecrets(): Promise<string> {
  const keys = (await Promise.all(USES.map((use) => freshPair(use, instant(Date.now()))))).flat()
  return `KENTEI_SESSION_SECRET='${randomBytes(48).toString('base64url')}'\nKENTEI_ERASURE_SECRET='${randomBytes(48).toString('base64url')}'\nKENTEI_KEYS='${JSON.stringify(keys)}'\n`
}

async function migrate(state: string): Promise<void> {
  const [code] = await once(
    wrangler(['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state], 'ignore'),
    'exit',
  )
  if (code !== 0)
    throw new StartError(
      `wrangler could not bring the database in ${state} up to date; if another release made it, move it away`,
    )
}

async function answers(origin: string): Promise<boolean> {
  return fetch(`${origin}/.well-known/jwks.json`, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  )
}

async function untilReady(origin: string, worker: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(100)) {
    if (worker.exitCode !== null) throw new StartError(`wrangler ended with code ${worker.exitCode}`)
    if (await answers(origin)) return
  }
  throw new StartError(`the Worker did not answer within ${READY_WITHIN_MS / 1_000} seconds`)
}

/** The two people of the demo that a new exam version takes: who made it, and who approves. */
const AUTHOR = 'aut_demo'
const APPROVER = 'opr_demo'

/** An answer of the Worker that must be a success; its fields are its contract's. */
// biome-ignore lint/suspicious/noExplicitAny: read where the contract is at hand
const replyOf = async (reply: Response, what: string): Promise<any> => {
  const text = (await readAnswer(reply, MAX_ANSWER_BYTES)) ?? ''
  if (!reply.ok) throw new StartError(`the Worker refused ${what}: ${reply.status} ${text.slice(0, 300)}`)
  return JSON.parse(text)
}

/** What `kentei publish --to` does, and the approval by another person: an exam that was never live here goes live. */
async function publish(market: SandboxWorld, origin: string, keys: readonly StoredKey[], bank: Bank): Promise<void> {
  const service = keys.find((key) => key.use === 'service' && key.state === 'active')?.jwk
  if (!service?.kid) throw new StartError('there is no active service key in .dev.vars')
  const key = { thumbprint: service.kid, alg: 'ES256', privateKey: (await importJWK(service, 'ES256')) as CryptoKey }
  const token = await signServiceToken({
    key,
    issuer: origin,
    audience: origin,
    jti: crypto.randomUUID(),
    scope: 'exams:publish',
    now: instant(Date.now()),
  })
  const post = (path: string, authorization: string, body: unknown) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: {
        ...(authorization === '' ? {} : { authorization: `Bearer ${authorization}` }),
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  const handedIn = await replyOf(
    await post(`/admin/exams?author=${AUTHOR}`, token, { bank }),
    `the exam ${bank.exam.id}`,
  )
  if (handedIn.state === 'live') return
  const launch = await signLaunchToken(market, {
    sub: APPROVER,
    role: 'operator',
    name: APPROVER,
    locale: 'ja',
    returnUrl: market.settings.origin,
  })
  const { session } = await replyOf(await post('/api/session', '', { token: launch }), 'its operator')
  const { live, versions } = await replyOf(
    await fetch(`${origin}/api/staff/exams/${bank.exam.id}/versions`, {
      headers: { authorization: `Bearer ${session}` },
    }),
    'its operator',
  )
  // what people have since approved or rolled back to outlives a restart
  if (versions.some(({ hash }: { hash: string }) => hash === bank.hash)) {
    await replyOf(
      await post(`/api/staff/proposals/${handedIn.proposal}/return`, session, { why: 'it was live before' }),
      'its operator',
    )
    return
  }
  await replyOf(
    await post(`/api/staff/proposals/${handedIn.proposal}/approve`, session, { against: live ?? '', why: '' }),
    `the exam ${bank.exam.id}`,
  )
}

async function start(): Promise<() => Promise<void>> {
  const ports = { plugin: readPort('PORT', 8787), sandbox: readPort('SANDBOX_PORT', 8788) }
  const exams = await compileExams(resolve(process.env.EXAMS_DIR ?? join(root, 'exams')))
  const banks = exams.map(({ bank }) => bank)
  // bound and let go again: a taken port is told apart from whatever else wrangler may say
  await closeDoor(await bindDoor(ports.plugin, 'PORT'), 0)
  const door = await bindDoor(ports.sandbox, 'SANDBOX_PORT')
  const dataFolder = await openDataFolder(resolve(process.env.DATA_DIR ?? join(root, '.data/worker')))
  const origins = { plugin: `http://localhost:${ports.plugin}`, sandbox: `http://localhost:${ports.sandbox}` }
  const secrets = parseEnv(await readOrMake(join(root, '.dev.vars'), makeSecrets))
  const keys = JSON.parse(secrets.KENTEI_KEYS ?? '[]') as StoredKey[]

  const brand = await readBrand(process.env.MARKETPLACE_BRAND, origins.sandbox)
  const market = await openOrExplain(`the marketplace's data in ${dataFolder}/sandbox`, () =>
    openMarket({
      directory: join(dataFolder, 'sandbox'),
      origin: origins.sandbox,
      pluginOrigin: origins.plugin,
      root,
      brand: brand.read,
      pluginSharesClock: false,
    }),
  )
  const sandbox = createSandbox(() => market)
  door.open((request, bindings) => sandbox.fetch(request, bindings))

  const state = join(dataFolder, 'state')
  await migrate(state)
  const vars = {
    KENTEI_ORIGIN: origins.plugin,
    KENTEI_OPERATORS: process.env.KENTEI_OPERATORS ?? operatorIds,
    ...(process.env.KENTEI_DEMO_BANK ? { KENTEI_DEMO_BANK: process.env.KENTEI_DEMO_BANK } : {}),
    MARKETPLACE_BRAND: brand.json,
    MARKETPLACE_ORIGIN: origins.sandbox,
    MARKETPLACE_WEBHOOK_KEYS: JSON.stringify([ownWebhookKey(market.settings.keys.webhook)]),
    SUBSCRIBERS: JSON.stringify([{ id: 'marketplace', url: `${origins.sandbox}/webhooks/kentei` }]),
  }
  const dev = [
    'dev',
    '--local',
    '--ip',
    '127.0.0.1',
    '--port',
    String(ports.plugin),
    '--inspector-port',
    '0',
    '--persist-to',
    state,
    '--log-level',
    'error',
  ]
  const worker = wrangler(
    [...dev, ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`])],
    'inherit',
  )
  process.on('exit', () => worker.kill())
  await untilReady(origins.plugin, worker)
  for (const bank of banks) await publish(market, origins.plugin, keys, bank)

  const cron = async () => {
    const reply = await fetch(`${origins.plugin}/cdn-cgi/local/scheduled`, { signal: AbortSignal.timeout(10_000) })
    if (!reply.ok) throw new Error(`the cron answered ${reply.status}`)
  }
  const repetitions = [repeat(CRON_MS, cron, report), beginRounds(market, 1_000, report)]
  let stopping = false
  worker.once('exit', (code) => {
    if (stopping) return
    console.error(`kentei: wrangler ended with code ${code}`)
    process.exit(1)
  })

  console.log(`Kentei       ${origins.plugin}  (workerd, local D1)`)
  console.log(`Marketplace  ${origins.sandbox}`)
  console.log(
    `Open ${origins.sandbox}, choose a newcomer and press the button that starts an exam. The cron runs every ${CRON_MS / 1_000} seconds. Ctrl+C stops; the data stays in ${dataFolder}.`,
  )

  return async () => {
    stopping = true
    worker.kill('SIGTERM')
    await Promise.all([closeDoor(door, PATIENCE_MS), worker.exitCode === null ? once(worker, 'exit') : undefined])
    await Promise.all(repetitions.map((repetition) => repetition.stop()))
    await market.close()
  }
}

await runUntilStopped(start)
