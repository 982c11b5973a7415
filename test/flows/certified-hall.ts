import { minutes, plus } from '../../src/kernel/instant.ts'
import { drainForDays, operator, pass, rows, sendWebhook } from '../support/exam-hall.ts'
import type { TradeEvent } from '../support/fake-trade.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { type Act, type MarketAct, type StaffAct, WORKERS } from './market-log.ts'

/** The plugin with its twelve certified workers, and the marketplace beside it. */
export interface Hall {
  readonly w: FixedWorld
  readonly credentials: ReadonlyMap<string, string>
}

export async function openHall(): Promise<Hall> {
  const w = await fixedWorld()
  const credentials = new Map<string, string>()
  for (const worker of WORKERS) credentials.set(worker, (await pass(w, worker)).credential)
  await w.drain()
  return { w, credentials }
}

/** An operator of the plugin acts, in a session of the moment. */
export async function actAsStaff({ w, credentials }: Hall, act: StaffAct): Promise<void> {
  const [path, body] =
    act.act === 'suspect'
      ? ['case', { policy: 'outside-help', note: 'two voices' }]
      : ['status', { status: act.status, why: 'looked into' }]
  await w.call('POST', `/api/staff/credentials/${credentials.get(act.worker)}/${path}`, {
    token: await operator(w),
    body,
  })
}

/** An appeal never ends in anything harsher. */
const milder = (action: string): string => (action === 'restrict' ? 'no-action' : 'suspend-credential')

function happen({ w: { market }, credentials }: Hall, act: MarketAct): TradeEvent {
  const { trade } = market
  const caseOf = (worker: string) => {
    const known = trade.caseOf(credentials.get(worker) ?? '')
    if (!known) throw new Error(`the case of ${worker} was never reported`)
    return known.case
  }
  switch (act.act) {
    case 'standing':
      return trade.event('worker.standing_changed', {
        worker: act.worker,
        version: market.decide(act.worker, act.status).version,
      })
    case 'form':
      return trade.form(act.contract, {
        worker: act.worker,
        exam: act.certified ? 'tiny' : 'other',
        client: `client-${act.client}`,
      })
    case 'release':
    case 'reveal':
    case 'refund':
      return trade[act.act](act.contract)
    case 'decide':
      return trade.decideCase(caseOf(act.worker), act.action)
    case 'appeal':
      return trade.decideAppeal(
        caseOf(act.worker),
        act.outcome,
        act.outcome === 'modify' ? milder(act.decided) : undefined,
      )
    case 'finish':
      return trade.decideCase(caseOf(act.worker), act.decided, true)
    default:
      return act satisfies never
  }
}

/** Runs the log; `between` says what is delivered after each act. @returns all that was announced. */
export async function runLog(
  hall: Hall,
  log: readonly Act[],
  between: (announced: TradeEvent[]) => Promise<void>,
): Promise<TradeEvent[]> {
  const { clock } = hall.w
  const all: TradeEvent[] = []
  for (const act of log) {
    clock.now = plus(clock.now, minutes(10))
    if (act.act === 'suspect' || act.act === 'status') await actAsStaff(hall, act)
    else all.push(happen(hall, act))
    // the marketplace must have a case before its people can decide it
    if (act.act === 'suspect') await hall.w.drain()
    await between(all)
  }
  return all
}

export const deliverEvent = ({ w }: Hall, event: TradeEvent) => sendWebhook(w, { ...event, data: { ...event.data } })

export const settle = ({ w }: Hall) => drainForDays(w, 2)

/** The state of both sides, in names that are the same in every run. */
export async function stateOf(hall: Hall) {
  const { w, credentials } = hall
  const owner = new Map([...credentials].map(([worker, credential]) => [credential, worker]))
  const named = (text: string) =>
    [...owner].reduce((named, [credential, worker]) => named.replaceAll(credential, `certificate of ${worker}`), text)
  const caseNames = new Map(
    (await rows(w, 'select id, credential_id from integrity_cases')).map(({ id, credential_id }) => [
      id,
      `case of ${owner.get(credential_id)}`,
    ]),
  )
  const holds = (await rows(w, 'select credential_id, cause, ref, since, until from credential_holds')).map(
    ({ credential_id, cause, ref, since, until }) => ({
      worker: owner.get(credential_id),
      cause,
      ref: caseNames.get(ref) ?? ref,
      // when the standing was heard of depends on the post
      ...(cause === 'standing' ? { open: until === null } : { since, until, open: undefined }),
    }),
  )
  // a standing that came after a revocation holds nothing any more
  const revoked = new Set(
    (await rows(w, "select worker from credentials where status = 'revoked'")).map(({ worker }) => worker),
  )
  const open = holds.filter((hold) => hold.open !== false && !(hold.cause === 'standing' && revoked.has(hold.worker)))
  const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  return JSON.parse(
    named(
      JSON.stringify({
        plugin: {
          workers: await rows(w, 'select worker, standing, standing_version from workers order by worker'),
          credentials: (await rows(w, 'select id, status, status_cause from credentials'))
            .map((row) => ({ ...row }))
            .sort(byText),
          holds: open.sort(byText),
          contracts: (
            await rows(
              w,
              'select worker, contract, exam, formed_at, credential_id, frozen_at is not null as frozen, client, amount_bucket, released_at, refunded, status, reviewed, version from contract_evidence order by worker, contract',
            )
          ).map((row) => ({ ...row })),
          reviews: (await rows(w, 'select * from review_evidence order by worker')).map((row) => ({ ...row })),
          cases: (
            await rows(
              w,
              'select credential_id, policy, opened_at, marketplace_case, status, action, decided_at, appeal_outcome, appeal_decided_at, final, version from integrity_cases',
            )
          )
            .map((row) => ({ ...row }))
            .sort(byText),
          undelivered: (
            await rows(
              w,
              "select kind, status, last_error from outbox where status <> 'delivered' and kind not in ('standing', 'recheck', 'badge', 'signal')",
            )
          ).map((row) => ({ ...row })),
        },
        marketplace: {
          badges: [...w.market.badges].map(([id, { body }]) => [id, body.status]).sort(byText),
          signals: [...w.market.signals].map(([id, { body }]) => [id, body.withdrawn ?? body.priorMean]).sort(byText),
          contexts: [...w.market.trade.contexts].sort(byText),
          cases: [...w.market.trade.cases.values()].sort(byText),
        },
      }),
    ),
  )
}
