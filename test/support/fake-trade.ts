import { type Instant, toRfc3339 } from '../../src/kernel/instant.ts'
import type { MarketCall } from './fake-market.ts'

interface Contract {
  readonly contract: string
  readonly worker: string
  readonly exam: string
  readonly client: string
  readonly formedAt: string
  releasedAt: string | null
  refunded: boolean
  reviewed: boolean
  status: string
  version: number
}

interface Case {
  readonly case: string
  readonly subject: { readonly type: string; readonly id: string; readonly worker: string }
  readonly policy: string
  status: string
  decision: { action: string; decidedAt: string } | null
  appeal: { outcome: string; decidedAt: string } | null
  final: boolean
  version: number
}

/** An event as the marketplace announces it. */
export interface TradeEvent {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: Record<string, unknown>
}

const PAGE = 3
const refusal = (status: number, code: string) => Response.json({ title: code, status, code }, { status })
const lastButOne = (path: string) => decodeURIComponent(path.split('/').at(-2) ?? '')

/** The trade of the marketplace in memory, behind the escrow, review and moderation calls of the contract. */
export class FakeTrade {
  readonly contracts = new Map<string, Contract>()
  readonly cases = new Map<string, Case>()
  /** Certificates by contract: the first one stays. */
  readonly contexts = new Map<string, string>()
  readonly #revealed = new Map<string, number>()
  readonly #keys = new Map<string, Case>()
  readonly #now: () => Instant
  #events = 0

  constructor(now: () => Instant) {
    this.#now = now
  }

  get #time(): string {
    return toRfc3339(this.#now())
  }

  /** An event of now, as it will be delivered. */
  event(type: string, data: Record<string, unknown>): TradeEvent {
    this.#events += 1
    return { id: `trade-${this.#events}`, type, timestamp: this.#time, data }
  }

  form(contract: string, of: { worker: string; exam: string; client: string }): TradeEvent {
    this.contracts.set(contract, {
      contract,
      ...of,
      formedAt: this.#time,
      releasedAt: null,
      refunded: false,
      reviewed: false,
      status: 'in-progress',
      version: 1,
    })
    return this.event('contract.formed', { contract, worker: of.worker, exam: of.exam, version: 1 })
  }

  #contract(id: string): Contract {
    const contract = this.contracts.get(id)
    if (!contract) throw new Error(`there is no contract ${id}`)
    contract.version += 1
    return contract
  }

  release(id: string): TradeEvent {
    const contract = this.#contract(id)
    Object.assign(contract, { releasedAt: this.#time, status: 'released' })
    return this.event('escrow.released', { contract: id, worker: contract.worker, version: contract.version })
  }

  refund(id: string): TradeEvent {
    const contract = this.#contract(id)
    contract.refunded = true
    return this.event('escrow.refunded', { contract: id, worker: contract.worker, version: contract.version })
  }

  reveal(id: string): TradeEvent {
    const contract = this.contracts.get(id)
    if (!contract) throw new Error(`there is no contract ${id}`)
    contract.reviewed = true
    const version = (this.#revealed.get(contract.worker) ?? 0) + 1
    this.#revealed.set(contract.worker, version)
    return this.event('review.revealed', { contract: id, worker: contract.worker, exam: contract.exam, version })
  }

  #case(id: string): Case {
    const open = this.cases.get(id)
    if (!open) throw new Error(`there is no case ${id}`)
    open.version += 1
    return open
  }

  /** Decides a case that the plugin reported, or one of the marketplace's own about a certificate. */
  decideCase(id: string, action: string, final = false): TradeEvent {
    const judged = this.#case(id)
    Object.assign(judged, {
      status: 'closed',
      decision: { action, decidedAt: judged.decision?.decidedAt ?? this.#time },
      final,
    })
    return this.event('moderation.case_decided', {
      case: id,
      subject: judged.subject,
      worker: judged.subject.worker,
      version: judged.version,
    })
  }

  decideAppeal(id: string, outcome: string, action?: string): TradeEvent {
    const judged = this.#case(id)
    judged.appeal = { outcome, decidedAt: this.#time }
    judged.final = true
    if (judged.decision && action !== undefined) judged.decision = { ...judged.decision, action }
    return this.event('moderation.appeal_decided', {
      case: id,
      subject: judged.subject,
      worker: judged.subject.worker,
      version: judged.version,
    })
  }

  caseOf(credential: string): Case | undefined {
    return [...this.cases.values()].find(({ subject }) => subject.id === credential)
  }

  openCase(subject: Case['subject'], policy = 'own'): Case {
    const opened: Case = {
      case: `case-${this.cases.size + 1}`,
      subject,
      policy,
      status: 'open',
      decision: null,
      appeal: null,
      final: false,
      version: 1,
    }
    this.cases.set(opened.case, opened)
    return opened
  }

  answer({ method, path, query, headers, body }: MarketCall): Response | undefined {
    if (method === 'GET' && path === '/v1/escrow/contracts') return this.#list(query)
    if (method === 'GET' && path === '/v1/reviews/aggregates')
      return Response.json(this.#aggregates(query.get('worker') ?? ''))
    if (method === 'PUT' && path.endsWith('/skill-context'))
      return this.#freeze(lastButOne(path), String(body?.credential))
    if (method === 'POST' && path === '/v1/moderation/cases') {
      const key = headers.get('idempotency-key') ?? ''
      const opened = this.#keys.get(key) ?? this.openCase(body?.subject as Case['subject'], String(body?.policy))
      this.#keys.set(key, opened)
      return Response.json({ case: opened.case, status: opened.status, version: opened.version }, { status: 201 })
    }
    if (method === 'GET' && path.startsWith('/v1/moderation/cases/')) {
      const found = this.cases.get(decodeURIComponent(path.split('/').at(-1) ?? ''))
      return found ? Response.json({ ...found, automated: false }) : refusal(404, 'not-found')
    }
    return undefined
  }

  #list(query: URLSearchParams): Response {
    const own = [...this.contracts.values()]
      .filter(({ worker, releasedAt }) => worker === query.get('worker') && releasedAt !== null)
      .sort((a, b) => (a.contract < b.contract ? -1 : 1))
    const left = own.filter(({ contract }) => contract > (query.get('after') ?? ''))
    const page = left.slice(0, PAGE)
    return Response.json({
      contracts: page.map((contract) => ({ ...contract, amountBucket: '10000-50000' })),
      next: left.length > PAGE ? page.at(-1)?.contract : null,
    })
  }

  #aggregates(worker: string) {
    const reviewed = [...this.contracts.values()].filter((contract) => contract.worker === worker && contract.reviewed)
    const clients = new Set(reviewed.map(({ client }) => client)).size
    const axes = { skill: 4.5, quality: 4, schedule: 5, communication: 4, partnership: 4.2 }
    return {
      worker,
      revealed: { count: reviewed.length, clients, axes: reviewed.length ? axes : null },
      hidden: clients >= 5 ? { n: clients, againMean: 8.2, safeShare: 1, batches: 1, asOf: '2026-11' } : null,
      version: this.#revealed.get(worker) ?? 0,
    }
  }

  #freeze(contract: string, credential: string): Response {
    if (!this.contracts.has(contract)) return refusal(404, 'not-found')
    const first = this.contexts.get(contract)
    if (first !== undefined && first !== credential) return refusal(409, 'already-done')
    this.contexts.set(contract, credential)
    return Response.json({ contract, credential, frozenAt: this.#time, applied: first === undefined })
  }
}
