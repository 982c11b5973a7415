import { drainOutbox } from '../../src/flows/drain-outbox.ts'
import type { PresentedItem, PresentedSection } from '../../src/form/form.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import type { World } from '../../src/world/world.ts'
import type { FixedWorld, Reply } from './fixed-world.ts'
import { modelSaves } from './model-answer.ts'

export const TIME_LIMIT = 2_700_000

/** An attempt that somebody sits, seen through the HTTP API. */
export interface Sitting {
  readonly id: string
  readonly token: string
  readonly lease: string
  readonly sections: readonly PresentedSection[]
  readonly items: readonly PresentedItem[]
  readonly startedAt: Instant
  readonly deadline: Instant
  readonly reply: Reply
}

export const at = (time: string): Instant => instant(Date.parse(time))

export const startCall = (w: FixedWorld, token: string, headers: Record<string, string> = {}): Promise<Reply> =>
  w.call('POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja' }, headers })

/** Sends a worker over and starts the tiny exam. */
export async function sit(w: FixedWorld, worker: string, claims: Record<string, unknown> = {}): Promise<Sitting> {
  const { token } = await w.launch(worker, claims)
  const reply = await startCall(w, token)
  if (reply.status !== 201) throw new Error(`${worker} could not start: ${reply.status} ${reply.text}`)
  const { id, lease, sections, startedAt, deadline } = reply.json
  return {
    id,
    token,
    lease,
    sections,
    items: sections.flatMap((section: PresentedSection) => section.items),
    startedAt: at(startedAt),
    deadline: at(deadline),
    reply,
  }
}

type Saves = readonly { readonly item: string; readonly revision: number; readonly response: unknown }[]

export const save = (
  w: FixedWorld,
  sitting: Sitting,
  saves: Saves,
  change: { lease?: string; token?: string; headers?: Record<string, string> } = {},
): Promise<Reply> =>
  w.call('PUT', `/api/attempts/${sitting.id}/responses`, {
    token: change.token ?? sitting.token,
    body: { lease: change.lease ?? sitting.lease, saves },
    ...(change.headers ? { headers: change.headers } : {}),
  })

export const submit = (w: FixedWorld, sitting: Sitting, headers: Record<string, string> = {}): Promise<Reply> =>
  w.call('POST', `/api/attempts/${sitting.id}/submit`, {
    token: sitting.token,
    body: { lease: sitting.lease },
    headers,
  })

export const resultOf = (w: FixedWorld, sitting: Sitting): Promise<Reply> =>
  w.call('GET', `/api/attempts/${sitting.id}/result`, { token: sitting.token })

/** Saves a right answer to every item. */
export const answerAll = (w: FixedWorld, sitting: Sitting): Promise<Reply> =>
  save(w, sitting, modelSaves(w.bank, sitting.sections))

/** Sits the exam and passes with everything right. */
export async function pass(
  w: FixedWorld,
  worker: string,
  claims: Record<string, unknown> = {},
): Promise<Sitting & { readonly credential: string; readonly result: Reply }> {
  const sitting = await sit(w, worker, claims)
  await answerAll(w, sitting)
  const result = await submit(w, sitting)
  if (!result.json.passed) throw new Error(`${worker} did not pass: ${result.text}`)
  return { ...sitting, credential: result.json.credential, result }
}

/** Sits the exam and fails with an empty paper. */
export async function flunk(w: FixedWorld, worker: string): Promise<Sitting & { readonly result: Reply }> {
  const sitting = await sit(w, worker)
  return { ...sitting, result: await submit(w, sitting) }
}

/** A session of an operator. */
export const operator = async (w: FixedWorld): Promise<string> =>
  (await w.launch('op-1', { role: 'operator', name: 'Sato' })).token

/** All rows of a table, as the database has them. */
// biome-ignore lint/suspicious/noExplicitAny: rows are looked at by column name
export async function rows(w: FixedWorld, query: string, args: readonly unknown[] = []): Promise<any[]> {
  // the driver under drizzle is libSQL's own client
  const client = (
    w.db as unknown as {
      $client: { execute(statement: { sql: string; args: readonly unknown[] }): Promise<{ rows: unknown[] }> }
    }
  ).$client
  return (await client.execute({ sql: query, args })).rows
}

/** The marketplace changes its mind about a worker and says so. */
export async function decideStanding(
  w: FixedWorld,
  worker: string,
  status: 'good' | 'restricted' | 'suspended',
): Promise<Reply> {
  const { version } = w.market.decide(worker, status)
  return sendWebhook(w, { id: `evt-${worker}-${version}`, type: 'worker.standing_changed', data: { worker, version } })
}

export async function sendWebhook(
  w: FixedWorld,
  event: { id: string; type: string; data: Record<string, unknown>; timestamp?: string },
): Promise<Reply> {
  const { headers, body } = await w.market.webhook(event)
  return w.call('POST', '/webhooks/marketplace', { headers, body })
}

/** Delivers whatever becomes due while the clock jumps from one due letter to the next. */
export async function drainForDays(w: FixedWorld, days: number, world: World = w.world): Promise<void> {
  const end = w.clock.now + days * 86_400_000
  for (;;) {
    await drainOutbox(world)
    const [due] = await rows(
      w,
      "select min(max(next_at, lease_until)) as at from outbox where status = 'pending' and next_at > ?",
      [w.clock.now],
    )
    if (due?.at == null || due.at > end) break
    w.clock.now = instant(Number(due.at))
  }
  w.clock.now = instant(end)
}
