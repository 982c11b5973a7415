import { statfs } from 'node:fs/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client'
import { sinceOf } from '../credential/key-life.ts'
import type { Answered } from '../platform/http/observe.ts'
import type { StoredKey } from '../world/settings.ts'
import type { Fact } from '../world/world.ts'

/** What candidates wait for, by route: each has a histogram of its own, all others share one. */
const ACTS: Readonly<Record<string, string>> = {
  'PUT /api/attempts/:id/responses': 'save',
  'POST /attempts/:id': 'save',
  'POST /api/attempts/:id/submit': 'submit',
  'POST /attempts/:id/submit': 'submit',
  'POST /api/exams/:exam/attempts': 'start',
  'POST /exams/:exam/start': 'start',
  'POST /api/session': 'launch',
  'GET /launch': 'launch',
  'POST /launch': 'launch',
  'POST /api/credentials/verify': 'verify',
}

/** Seconds. A save that takes half a second is felt. */
const LATENCIES = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const DATABASE_LATENCIES = [0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5]
/** Names that a label has at most, should it come from elsewhere. */
const MOST_VALUES = 200

/** What lies in the database just now. */
interface Figures {
  readonly open: number
  readonly overdue: number
  readonly messages: readonly { readonly destination: string; readonly status: string; readonly n: number }[]
  readonly oldest: readonly { readonly destination: string; readonly createdAt: number }[]
  readonly statusListFilled: number
}

/** What a service is asked for each time that somebody reads its metrics. */
export interface Sources {
  /** Of the database; undefined while it cannot be read. */
  state(): Promise<Figures | undefined>
  readonly now: () => number
  keys(): readonly StoredKey[]
  /** When the last sweep came to its end. */
  sweptAt(): number | undefined
  readonly dataFolder: string
}

/** A label's values, of which there are never more than so many: others are `other`. */
function bounded(): (value: string) => string {
  const known = new Set<string>()
  return (value) => {
    if (known.size < MOST_VALUES) known.add(value)
    return known.has(value) ? value : 'other'
  }
}

/** Figures of a service, in OpenMetrics. Nothing in them is about a person, and no label has values that others choose. */
export class Metrics {
  readonly #registry = new Registry<OpenMetricsContentType>()
  readonly #routes = bounded()
  readonly #destinations = bounded()
  readonly #requests: Counter<'method' | 'route' | 'status'>
  readonly #durations: Histogram<'act'>
  readonly #database: Histogram<'role'>
  readonly #verdicts: Counter<'verdict'>
  readonly #launches: Counter<'reason'>
  readonly #tries: Counter<'destination' | 'outcome'>
  #aheadMs: number | undefined

  constructor() {
    this.#registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
    const registers = [this.#registry]
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: 20 })
    this.#requests = new Counter({
      name: 'kentei_requests',
      help: 'Requests by the template of their route.',
      labelNames: ['method', 'route', 'status'],
      registers,
    })
    this.#durations = new Histogram({
      name: 'kentei_request_seconds',
      help: 'How long requests took, by what was done.',
      labelNames: ['act'],
      buckets: LATENCIES,
      registers,
    })
    this.#database = new Histogram({
      name: 'kentei_database_seconds',
      help: 'How long the embedded database took, with the waiting before it.',
      labelNames: ['role'],
      buckets: DATABASE_LATENCIES,
      registers,
    })
    this.#verdicts = new Counter({
      name: 'kentei_verifications',
      help: 'Certificates that were verified, by verdict.',
      labelNames: ['verdict'],
      registers,
    })
    this.#launches = new Counter({
      name: 'kentei_launches_refused',
      help: 'Launches that were refused, by reason.',
      labelNames: ['reason'],
      registers,
    })
    this.#tries = new Counter({
      name: 'kentei_outbox_tries',
      help: 'Tries to deliver messages, by destination and how they ended.',
      labelNames: ['destination', 'outcome'],
      registers,
    })
  }

  /** Takes a request that was answered. */
  readonly answered = ({ method, route, status, milliseconds }: Answered): void => {
    this.#requests.inc({ method, route: this.#routes(route), status: String(status) })
    this.#durations.observe({ act: ACTS[`${method} ${route}`] ?? 'other' }, milliseconds / 1_000)
  }

  /** Takes what happened. */
  readonly note = (fact: Fact): void => {
    switch (fact.fact) {
      case 'verified':
        return this.#verdicts.inc({ verdict: fact.verdict })
      case 'launch-refused':
        return this.#launches.inc({ reason: fact.reason })
      case 'tried':
        return this.#tries.inc({ destination: this.#destinations(fact.destination), outcome: fact.outcome })
      case 'clock-compared':
        this.#aheadMs = fact.aheadMs
        return
      default:
        fact satisfies never
    }
  }

  /** Takes how long the database took. */
  readonly timed = (role: 'reads' | 'writes', milliseconds: number): void =>
    this.#database.observe({ role }, milliseconds / 1_000)

  #gauge(name: string, help: string, labelNames: readonly string[] = []): Gauge {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.#registry] })
  }

  /** Names what is read when somebody asks. */
  watch(sources: Sources): void {
    const databaseUp = this.#gauge('kentei_database_up', '1 while the database can be read.')
    const open = this.#gauge('kentei_attempts_open', 'Attempts that are under way.')
    const overdue = this.#gauge('kentei_attempts_overdue', 'Attempts under way whose time is over.')
    const messages = this.#gauge(
      'kentei_outbox_messages',
      'Messages that are not delivered, by destination and state.',
      ['destination', 'status'],
    )
    const oldest = this.#gauge('kentei_outbox_oldest_seconds', 'Age of the message that waits longest.', [
      'destination',
    ])
    const filled = this.#gauge('kentei_status_list_filled_ratio', 'Share of the newest status list that is given away.')
    const sweep = this.#gauge('kentei_sweep_age_seconds', 'Since when no sweep has come to its end.')
    const keyAge = this.#gauge('kentei_key_age_seconds', 'How long the key that signs has signed.', ['use'])
    const clock = this.#gauge('kentei_clock_ahead_seconds', 'How far the clock of the marketplace is ahead of ours.')
    const free = this.#gauge('kentei_disk_free_bytes', 'Room on the disk of the data folder.')
    const size = this.#gauge('kentei_disk_size_bytes', 'Size of the disk of the data folder.')
    const sinceStart = sources.now()
    this.#read = async () => {
      const [state, disk] = await Promise.all([sources.state(), statfs(sources.dataFolder).catch(() => undefined)])
      const now = sources.now()
      databaseUp.set(state ? 1 : 0)
      if (state) {
        open.set(state.open)
        overdue.set(state.overdue)
        filled.set(state.statusListFilled)
        for (const gauge of [messages, oldest]) gauge.reset()
        for (const { destination, status, n } of state.messages)
          messages.set({ destination: this.#destinations(destination), status }, n)
        for (const { destination, createdAt } of state.oldest)
          oldest.set({ destination: this.#destinations(destination) }, Math.max(0, now - createdAt) / 1_000)
      }
      sweep.set((now - (sources.sweptAt() ?? sinceStart)) / 1_000)
      for (const key of sources.keys()) {
        const since = key.state === 'active' ? sinceOf(key, 'active') : undefined
        if (since !== undefined) keyAge.set({ use: key.use }, (now - since) / 1_000)
      }
      if (this.#aheadMs !== undefined) clock.set(this.#aheadMs / 1_000)
      if (disk) {
        free.set(disk.bavail * disk.bsize)
        size.set(disk.blocks * disk.bsize)
      }
    }
  }

  #read: () => Promise<void> = async () => {}

  /** Everything as text, and its type. */
  async text(): Promise<{ readonly type: string; readonly text: string }> {
    await this.#read()
    return { type: this.#registry.contentType, text: await this.#registry.metrics() }
  }
}
