import type { Instances } from './instances.ts'
import type { Market } from './market.ts'

/** What the service and the marketplace hold of the same things, where it differs after everything has come to rest. */
export function findDisagreements(
  { instances, market }: { readonly instances: Instances; readonly market: Market },
  breach: (what: string) => void,
): void {
  const { standings, badges, signals, trade } = market.fake
  const open = instances.rows(
    "select kind, status, last_error as error from outbox where status in ('pending', 'dead') and kind <> 'skill-context'",
  )
  for (const { kind, status, error } of open) breach(`a message of kind ${kind} is ${status} after all: ${error}`)
  const workers = instances.rows<{ worker: string; standing: string | null; standing_version: number }>(
    'select worker, standing, standing_version from workers where worker in (select worker from credentials)',
  )
  for (const { worker, standing, standing_version } of workers) {
    const at = standings.get(worker) ?? { status: 'good', version: 1 }
    if (standing !== at.status || standing_version !== at.version)
      breach(`${worker} is ${at.status} ${at.version} there, and ${standing} ${standing_version} here`)
  }
  const credentials = instances.rows<{ id: string; worker: string; status: string; given_at: number | null }>(
    'select id, worker, status, given_at from credentials',
  )
  for (const { id, worker, status, given_at } of credentials) {
    const shown = badges.get(`${worker} ${id}`)?.body.status
    const isHeldBack = shown === undefined && given_at === null
    const standing = standings.get(worker)?.status ?? 'good'
    if (
      status === 'active'
        ? // new evidence is given on a good standing only
          !(shown === 'active' || (given_at === null && standing !== 'good'))
        : shown !== status && !isHeldBack
    )
      breach(`${id} is ${status} here, and shown as ${shown} there, of who is ${standing}`)
    const signal = signals.get(`${worker} tiny`)?.body
    const counts = signal !== undefined && signal.withdrawn !== true
    const isBearing = status === 'active' && shown === 'active'
    if (counts !== isBearing)
      breach(`the signal of ${worker} ${counts ? 'counts' : 'does not count'}, with a badge that is ${status}`)
  }
  const cases = instances.rows<{
    credential_id: string
    message_id: string | null
    marketplace_case: string | null
    action: string | null
    version: number
  }>('select credential_id, message_id, marketplace_case, action, version from integrity_cases')
  for (const { credential_id, marketplace_case, action, version } of cases) {
    const there = trade.cases.get(marketplace_case ?? '')
    if (!there) breach(`the case about ${credential_id} is not there`)
    // what was never decided need not have been asked for
    else if (there.decision !== null && (there.decision.action !== action || there.version !== version))
      breach(`${there.case} is ${there.decision.action} ${there.version} there, and ${action} ${version} here`)
  }
  if (trade.cases.size !== cases.length) breach(`${trade.cases.size} cases are there, and ${cases.length} here`)
  const evidence = new Map(
    instances
      .rows<{ contract: string; credential_id: string | null; frozen_at: number | null; version: number }>(
        'select contract, credential_id, frozen_at, version from contract_evidence',
      )
      .map((row) => [row.contract, row]),
  )
  for (const { contract, worker, releasedAt, version } of trade.contracts.values()) {
    if (releasedAt === null || !credentials.some((one) => one.worker === worker)) continue
    const here = evidence.get(contract)
    if (here?.version !== version) breach(`${contract} has version ${version} there, and ${here?.version} here`)
  }
  for (const [contract, credential] of trade.contexts) {
    const here = evidence.get(contract)
    if (here?.credential_id !== credential)
      breach(`${contract} was made with ${credential} there, with ${here?.credential_id} here`)
  }
}
