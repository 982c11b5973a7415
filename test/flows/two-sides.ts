import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { drainOutbox } from '../../src/flows/drain-outbox.ts'
import { reconcile } from '../../src/flows/reconcile.ts'
import { hours, instant, minutes, plus } from '../../src/kernel/instant.ts'
import { signWebhook } from '../../src/platform/outbox/webhook.ts'
import { createSandbox } from '../../src/sandbox/app.ts'
import { changeStanding } from '../../src/sandbox/flows/change-standing.ts'
import { drainSandbox } from '../../src/sandbox/flows/drain-sandbox.ts'
import { seedSandbox } from '../../src/sandbox/flows/seed-sandbox.ts'
import { openSandboxWorld } from '../../src/sandbox/open-sandbox.ts'
import { webhookPublicKey } from '../../src/sandbox/trust/plugin-trust.ts'
import type { World } from '../../src/world/world.ts'
import { rows } from '../support/exam-hall.ts'
import { MARKET, PLUGIN, WEBHOOK_SECRET } from '../support/fake-market.ts'
import { fixedWorld } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { detector, laySeededMarket } from '../support/sandbox/open-market.ts'
import { tinyBank } from '../support/tiny-bank.ts'
import { actAsStaff, type Hall } from './certified-hall.ts'
import { type Act, type MarketAct, WORKERS } from './market-log.ts'

/** An event of the sandbox on its way. */
export interface Announced {
  readonly id: string
  readonly body: string
}

const EXAM = 'business-admin'
/** The sandbox's own name of a worker of the log. */
const seeded = (worker: string): string => `wrk_0${worker.slice(2)}`

export async function certify(w: Awaited<ReturnType<typeof fixedWorld>>, worker: string): Promise<string> {
  const { token } = await w.launch(worker)
  const { json } = await w.call('POST', `/api/exams/${EXAM}/attempts`, { token, body: { locale: 'ja' } })
  await w.call('PUT', `/api/attempts/${json.id}/responses`, {
    token,
    body: { lease: json.lease, saves: modelSaves(w.bank, json.sections) },
  })
  return (await w.call('POST', `/api/attempts/${json.id}/submit`, { token, body: { lease: json.lease } })).json
    .credential
}

/** Plugin and sandbox in one process, each with its own database, talking by HTTP requests that never touch the network. */
export async function openBothSides({ workers = WORKERS }: { workers?: readonly string[] } = {}) {
  const w = await fixedWorld({ bank: tinyBank({ exam: { id: EXAM } }) })
  const announced: Announced[] = []
  const webhookKey = w.world.settings.keys.find(({ use }) => use === 'webhook')?.jwk.x as string
  const directory = join(w.folder, 'sandbox')
  await mkdir(directory, { mode: 0o700 })
  const isSeeded = await laySeededMarket(directory)
  const market = await openSandboxWorld({
    directory,
    detect: detector.score,
    origin: MARKET,
    pluginOrigin: PLUGIN,
    pluginSharesClock: true,
    waitsIn: 'process',
    pluginWebhookKeys: [webhookPublicKey(webhookKey)],
    now: () => w.clock.now,
    fetch: async (url, init) => {
      if (!url.endsWith('/webhooks/marketplace')) return plugin.request(url, init)
      // kept back: the tests deliver it, when and as often as they like
      const body = String(init.body)
      announced.push({ id: JSON.parse(body).id, body })
      return new Response(null, { status: 200 })
    },
  })
  if (!isSeeded) await seedSandbox(market)
  const sandbox = createSandbox(() => market)
  const world: World = {
    ...w.world,
    settings: { ...w.world.settings, marketplace: { ...w.world.settings.marketplace } },
    fetch: async (url, init) => sandbox.request(url, init),
  }
  const plugin = createApp({ openWorld: () => world })
  const credentials = new Map<string, string>()
  for (const worker of workers) credentials.set(worker, await certify(w, seeded(worker)))
  const drain = () => drainOutbox(world)
  await drain()

  const deliver = async ({ id, body }: Announced) => {
    const headers = await signWebhook({ id, at: w.clock.now, body, signers: [{ secret: WEBHOOK_SECRET }] })
    const response = await plugin.request(`${PLUGIN}/webhooks/marketplace`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    })
    if (!response.ok) throw new Error(`the plugin refused ${body}: ${response.status} ${await response.text()}`)
  }
  const ask = async (user: string, method: string, path: string, body?: unknown) => {
    const signedIn = await sandbox.request(`${MARKET}/demo/session`, { method: 'POST', body: JSON.stringify({ user }) })
    const { session } = (await signedIn.json()) as { session: string }
    const response = await sandbox.request(`${MARKET}${path}`, {
      method,
      headers: { authorization: `Bearer ${session}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
    return { status: response.status, json: (await response.json()) as any }
  }
  const close = async () => {
    await market.close()
    await w.close()
    await rm(w.folder, { recursive: true, force: true })
  }
  const hall: Hall = { w, credentials }
  return {
    hall,
    w,
    world,
    plugin,
    market,
    sandbox,
    credentials,
    announced,
    drain,
    deliver,
    ask,
    close,
    contracts: new Map<string, { id: string; client: string; worker: string }>(),
  }
}

export type BothSides = Awaited<ReturnType<typeof openBothSides>>

const marketRows = (both: BothSides, query: string, args: readonly unknown[] = []) =>
  rows({ db: both.market.db } as never, query, args)

const stars = { quality: 5, schedule: 4, communication: 5, partnership: 4 }
const rest = { comment: '丁寧でした。', hidden: { again: 9, safe: 'yes', note: '' } }

async function form(both: BothSides, act: Extract<MarketAct, { act: 'form' }>): Promise<void> {
  const client = `cli_0${act.client + 1}`
  const body = {
    worker: seeded(act.worker),
    title: act.contract,
    category: act.certified ? EXAM : 'web-writer',
    amount: 20_000,
  }
  const proposed = await both.ask(client, 'POST', '/v1/contracts', body)
  // nobody makes a contract with a suspended worker
  if (proposed.status !== 201) return
  both.contracts.set(act.contract, { id: proposed.json.id, client, worker: seeded(act.worker) })
  await both.ask(client, 'POST', `/v1/contracts/${proposed.json.id}/fund`, {})
}

async function work(both: BothSides, act: Extract<MarketAct, { act: 'release' | 'reveal' | 'refund' }>): Promise<void> {
  const contract = both.contracts.get(act.contract)
  if (!contract) return
  const { id, client, worker } = contract
  const steps = {
    release: [
      [worker, 'start', {}],
      [worker, 'deliver', {}],
      [client, 'accept', {}],
    ],
    refund: [['opr_demo', 'correct', { to: 'client', amount: 100, reason: '手数料の返金' }]],
    reveal: [
      [client, 'reviews', { axes: { skill: 5, ...stars }, ...rest }],
      [worker, 'reviews', { axes: { request: 4, ...stars }, ...rest }],
    ],
  } as const
  for (const [user, step, body] of steps[act.act]) {
    const done = await both.ask(user, 'POST', `/v1/contracts/${id}/${step}`, body)
    if (done.status >= 300) throw new Error(`${user} could not ${step}: ${JSON.stringify(done.json)}`)
  }
}

async function judge(both: BothSides, act: Extract<MarketAct, { act: 'decide' | 'appeal' | 'finish' }>): Promise<void> {
  const [known] = await marketRows(
    both,
    "select id, decision from moderation_subjects where kind = 'credential' and ref = ?",
    [both.credentials.get(act.worker)],
  )
  if (!known) throw new Error(`the case of ${act.worker} was never reported`)
  if (act.act === 'decide') {
    const duration = act.action === 'restrict' ? { duration: null } : {}
    const decided = await both.ask('opr_demo', 'POST', `/v1/operators/subjects/${known.id}/decide`, {
      action: act.action,
      facts: '記録を確かめました。',
      ...duration,
    })
    if (decided.status !== 201) throw new Error(JSON.stringify(decided.json))
    return
  }
  const appealed = await both.ask(seeded(act.worker), 'POST', `/v1/decisions/${known.decision}/appeal`, {
    text: '誤解です。',
  })
  if (appealed.status !== 201) throw new Error(JSON.stringify(appealed.json))
  // the six months of an appeal do not pass in this story: what becomes final does so by an appeal that is dismissed
  const outcome = act.act === 'finish' ? 'uphold' : act.outcome
  const milder =
    outcome === 'modify' && act.decided === 'revoke-credential'
      ? { outcome, action: 'suspend-credential' }
      : { outcome: outcome === 'modify' ? 'uphold' : outcome }
  const judged = await both.ask('opr_second', 'POST', `/v1/appeals/${appealed.json.appeal}/decide`, {
    reasons: '読み直しました。',
    ...milder,
  })
  if (judged.status !== 200) throw new Error(JSON.stringify(judged.json))
}

async function happen(both: BothSides, act: Act): Promise<void> {
  switch (act.act) {
    case 'suspect':
    case 'status':
      await actAsStaff(both.hall, act)
      // the sandbox must have a case before its people can decide it
      if (act.act === 'suspect') await both.drain()
      return
    case 'standing':
      await changeStanding(both.market, seeded(act.worker), act.status)
      return
    case 'form':
      return form(both, act)
    case 'release':
    case 'reveal':
    case 'refund':
      return work(both, act)
    case 'decide':
    case 'appeal':
    case 'finish':
      return judge(both, act)
    default:
      return act satisfies never
  }
}

/** Runs the log through the sandbox's own doors; `between` says what is delivered after each act. */
export async function runBothSides(
  both: BothSides,
  log: readonly Act[],
  between: (announced: readonly Announced[]) => Promise<void>,
): Promise<readonly Announced[]> {
  for (const act of log) {
    both.w.clock.now = plus(both.w.clock.now, minutes(10))
    await happen(both, act)
    while ((await drainSandbox(both.market)).delivered > 0);
    await between(both.announced)
  }
  return both.announced
}

/** Lets the plugin's post go out until nothing waits for less than two days. */
export async function settleBothSides({ w, drain }: BothSides): Promise<void> {
  for (;;) {
    await drain()
    const [due] = await rows(w, "select min(max(next_at, lease_until)) as at from outbox where status = 'pending'")
    if (due?.at == null || due.at > w.clock.now + 2 * 86_400_000) return
    w.clock.now = instant(Math.max(Number(due.at), w.clock.now + 1))
  }
}

/** A night with its reconciliation, and the post of the day after. */
export async function passNight(both: BothSides): Promise<void> {
  await reconcile(both.world)
  both.w.clock.now = plus(both.w.clock.now, hours(24))
  await reconcile(both.world)
  await settleBothSides(both)
}

/**
 * What both sides hold about the same things, in names that are the same in every run. The sandbox freezes no certificate
 * that it shows as suspended since before the contract, and since when it does depends on the post: so contracts of workers
 * whose certificate ends suspended or revoked are compared without what was frozen.
 */
export async function pictureOf(both: BothSides) {
  const { w } = both
  const clients = (await rows(w, 'select contract, client from contract_evidence where client is not null')).map(
    ({ contract, client }) => {
      const known = [...both.contracts.values()].find(({ id }) => id === contract)
      return [client, `client ${known?.client}`] as const
    },
  )
  const names = new Map([
    ...(await marketRows(both, "select id, ref from moderation_subjects where kind = 'credential'")).map(
      ({ id, ref }) => [id, `case of ${ref}`] as const,
    ),
    ...[...both.credentials].map(([worker, credential]) => [credential, `certificate of ${worker}`] as const),
    ...[...both.contracts].map(([name, { id }]) => [id, name] as const),
    ...clients,
  ])
  const standing = new Set((await rows(w, "select id from credentials where status = 'active'")).map(({ id }) => id))
  const contracts = await rows(
    w,
    'select worker, contract, exam, formed_at, credential_id, frozen_at is not null as frozen, client, amount_bucket, released_at, refunded, status, reviewed, version from contract_evidence',
  )
  const plain = (found: readonly object[]) => found.map((row) => JSON.stringify({ ...row })).sort()
  const picture = {
    plugin: {
      workers: plain(
        await rows(w, 'select worker, standing, standing_version from workers where standing is not null'),
      ),
      credentials: plain(await rows(w, 'select id, status, status_cause from credentials')),
      contracts: plain(
        contracts.map(({ frozen, ...row }) => ({ ...row, ...(standing.has(row.credential_id) ? { frozen } : {}) })),
      ),
      reviews: plain(await rows(w, 'select * from review_evidence')),
      cases: plain(
        await rows(
          w,
          'select credential_id, opened_at, marketplace_case, status, action, decided_at, appeal_outcome, appeal_decided_at, final, version from integrity_cases',
        ),
      ),
      undelivered: plain(
        await rows(
          w,
          "select kind, status, last_error from outbox where status <> 'delivered' and kind not in ('standing', 'recheck', 'badge', 'signal', 'skill-context')",
        ),
      ),
    },
    sandbox: {
      standings: plain(
        await marketRows(
          both,
          'select id, standing, standing_version from workers where id in (select worker from badges)',
        ),
      ),
      badges: plain(await marketRows(both, 'select worker, credential, status from badges')),
      signals: plain(await marketRows(both, 'select worker, exam, withdrawn from ranking_signals')),
      contexts: plain(
        (await marketRows(both, 'select contract, credential from skill_contexts')).filter(({ credential }) =>
          standing.has(credential),
        ),
      ),
      cases: plain(
        await marketRows(
          both,
          "select ref, status, action, final, version from moderation_subjects where kind = 'credential'",
        ),
      ),
    },
  }
  const named = JSON.parse(
    [...names].reduce((text, [id, name]) => text.replaceAll(id, name), JSON.stringify(picture)),
  ) as typeof picture
  for (const side of Object.values(named)) for (const lines of Object.values(side)) lines.sort()
  return named
}
