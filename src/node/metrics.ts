import { setTimeout as sleep } from 'node:timers/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client'
import { sinceOf } from '../credential/key-life.ts'
import type { Answered } from '../platform/http/observe.ts'
import type { StoredKey } from '../world/settings.ts'
import type { Fact, MachineState } from '../world/world.ts'

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
  readonly oldest: readonly { readonly destination: string; readonly since: number }[]
  readonly statusListFilled: number
  readonly databaseShare?: number | undefined
}

/** What a service is asked for each time that somebody reads its metrics. */
export interface Sources {
  /** Of the database; undefined while it cannot be read. */
  state(): Promise<Figures | undefined>
  readonly now: () => number
  keys(): readonly StoredKey[]
  readonly machine: () => Promise<MachineState>
}

/** What a read of the database may take before it is taken for one that fails: figures of the others wait for it. */
const PATIENCE_MS = 2_000

const inTime = <T>(asked: Promise<T>): Promise<T | undefined> =>
  Promise.race([asked.catch(() => undefined), sleep(PATIENCE_MS, undefined, { ref: false })])

/** A label's values, of which there are never more than so many: others are `other`. */
function bounded(): (value: string) => string {
  const known = new Set<string>()
  return (value) => {
    if (known.size < MOST_VALUES) known.add(value)
    return known.has(value) ? value : 'other'
  }
}

/** Labels of whose figures they are: none where there is one marketplace alone. */
type Whose = { readonly tenant?: string }

/** Takes what happens in the Kentei of one marketplace. */
export interface TenantMetrics {
  /** Takes a request that was answered. */
  answered(answered: Answered): void
  /** Takes what happened. */
  note(fact: Fact): void
  /** Takes how long the database took. */
  timed(role: 'reads' | 'writes', milliseconds: number): void
  /** Names what is read when somebody asks; before that, and after it ends with undefined, its database cannot be read. */
  watch(sources: Sources | undefined): void
}

/** Figures of a service, in OpenMetrics. Nothing in them is about a person, and no label has values that others choose. */
export class Metrics {
  readonly #gauges: Gauge[] = []
  readonly #registry = new Registry<OpenMetricsContentType>()
  readonly #routes = bounded()
  readonly #destinations = bounded()
  readonly #requests = this.#counter('kentei_requests', 'Requests by the template of their route.', [
    'method',
    'route',
    'status',
  ])
  readonly #durations = this.#histogram(
    'kentei_request_seconds',
    'How long requests took, by what was done.',
    'act',
    LATENCIES,
  )
  readonly #database = this.#histogram(
    'kentei_database_seconds',
    'How long the embedded database took, with the waiting before it.',
    'role',
    DATABASE_LATENCIES,
  )
  readonly #verdicts = this.#counter('kentei_verifications', 'Certificates that were verified, by verdict.', [
    'verdict',
  ])
  readonly #launches = this.#counter('kentei_launches_refused', 'Launches that were refused, by reason.', ['reason'])
  readonly #tries = this.#counter(
    'kentei_outbox_tries',
    'Tries to deliver messages, by destination and how they ended.',
    ['destination', 'outcome'],
  )
  readonly #up = this.#gauge('kentei_database_up', '1 while the database can be read.')
  readonly #open = this.#gauge('kentei_attempts_open', 'Attempts that are under way.')
  readonly #overdue = this.#gauge('kentei_attempts_overdue', 'Attempts under way whose time is over.')
  readonly #messages = this.#gauge(
    'kentei_outbox_messages',
    'Messages that are not delivered, by destination and state.',
    ['destination', 'status'],
  )
  readonly #oldest = this.#gauge('kentei_outbox_oldest_seconds', 'Age of the message that waits longest.', [
    'destination',
  ])
  readonly #filled = this.#gauge(
    'kentei_status_list_filled_ratio',
    'Share of the newest status list that is given away.',
  )
  readonly #sweep = this.#gauge('kentei_sweep_age_seconds', 'Since when no sweep has come to its end.')
  readonly #keyAge = this.#gauge('kentei_key_age_seconds', 'How long the key that signs has signed.', ['use'])
  readonly #clock = this.#gauge('kentei_clock_ahead_seconds', 'How far the clock of the marketplace is ahead of ours.')
  readonly #disk = this.#gauge('kentei_disk_taken_ratio', 'Share of the disk of the data folder that is taken.')
  readonly #share = this.#gauge('kentei_database_used_ratio', 'Share of the limit of the database that is used.')
  readonly #backup = this.#gauge('kentei_backup_age_seconds', 'Since when what happens is in no backup.')
  readonly #reads: (() => Promise<void>)[] = []
  #running: Promise<{ readonly type: string; readonly text: string }> | undefined

  constructor() {
    this.#registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: 20 })
  }

  #counter(name: string, help: string, labels: readonly string[]): Counter {
    return new Counter({ name, help, labelNames: [...labels, 'tenant'], registers: [this.#registry] })
  }

  #histogram(name: string, help: string, label: string, buckets: number[]): Histogram {
    return new Histogram({ name, help, labelNames: [label, 'tenant'], buckets, registers: [this.#registry] })
  }

  #gauge(name: string, help: string, labels: readonly string[] = []): Gauge {
    const gauge = new Gauge({ name, help, labelNames: [...labels, 'tenant'], registers: [this.#registry] })
    this.#gauges.push(gauge)
    return gauge
  }

  /** The figures of one marketplace; undefined where it is alone. */
  of(tenant: string | undefined): TenantMetrics {
    const whose: Whose = tenant === undefined ? {} : { tenant }
    let sources: Sources | undefined
    this.#reads.push(() => this.#read(whose, sources))
    return {
      answered: ({ method, route, status, milliseconds }) => {
        this.#requests.inc({ ...whose, method, route: this.#routes(route), status: String(status) })
        this.#durations.observe({ ...whose, act: ACTS[`${method} ${route}`] ?? 'other' }, milliseconds / 1_000)
      },
      note: (fact) => {
        if (fact.fact !== 'clock-compared') this.#note(whose, fact)
      },
      timed: (role, milliseconds) => this.#database.observe({ ...whose, role }, milliseconds / 1_000),
      watch: (of) => {
        sources = of
      },
    }
  }

  #note(whose: Whose, fact: Exclude<Fact, { readonly fact: 'clock-compared' }>): void {
    switch (fact.fact) {
      case 'verified':
        return this.#verdicts.inc({ ...whose, verdict: fact.verdict })
      case 'launch-refused':
        return this.#launches.inc({ ...whose, reason: fact.reason })
      case 'tried':
        return this.#tries.inc({
          ...whose,
          destination: this.#destinations(fact.destination),
          outcome: fact.outcome,
        })
      default:
        fact satisfies never
    }
  }

  async #read(whose: Whose, sources: Sources | undefined): Promise<void> {
    const [state, machine] = await Promise.all([sources && inTime(sources.state()), sources?.machine()])
    this.#up.set(whose, state ? 1 : 0)
    if (!sources) return
    const now = sources.now()
    if (state) this.#set(whose, state, now)
    for (const key of sources.keys()) {
      const since = key.state === 'active' ? sinceOf(key, 'active') : undefined
      if (since !== undefined) this.#keyAge.set({ ...whose, use: key.use }, (now - since) / 1_000)
    }
    if (machine) this.#setMachine(whose, machine)
  }

  #setMachine(whose: Whose, machine: MachineState): void {
    this.#sweep.set(whose, machine.sweepAgeSeconds)
    if (machine.clockAheadSeconds !== undefined) this.#clock.set(whose, machine.clockAheadSeconds)
    if (machine.diskTaken !== undefined) this.#disk.set(whose, machine.diskTaken)
    if (machine.notBackedUpSeconds !== undefined) this.#backup.set(whose, machine.notBackedUpSeconds)
  }

  #set(whose: Whose, state: Figures, now: number): void {
    this.#open.set(whose, state.open)
    this.#overdue.set(whose, state.overdue)
    this.#filled.set(whose, state.statusListFilled)
    if (state.databaseShare !== undefined) this.#share.set(whose, state.databaseShare)
    for (const { destination, status, n } of state.messages)
      this.#messages.set({ ...whose, destination: this.#destinations(destination), status }, n)
    for (const { destination, since } of state.oldest)
      this.#oldest.set({ ...whose, destination: this.#destinations(destination) }, Math.max(0, now - since) / 1_000)
  }

  /** Everything as text, and its type. */
  text(): Promise<{ readonly type: string; readonly text: string }> {
    // two who ask at once get one answer: each would empty what the other has read
    this.#running ??= this.#collect().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #collect(): Promise<{ readonly type: string; readonly text: string }> {
    // what is no more must not be told on
    for (const gauge of this.#gauges) gauge.reset()
    await Promise.all(this.#reads.map((read) => read()))
    return { type: this.#registry.contentType, text: await this.#registry.metrics() }
  }
}
