import type { JWK } from 'jose'
import { instant } from '../../src/kernel/instant.ts'
import { FakeMarket } from '../support/fake-market.ts'
import type { TradeEvent } from '../support/fake-trade.ts'
import type { Fault } from './faults.ts'
import type { Instances } from './instances.ts'
import type { Owner } from './scheduler.ts'

/** An event of the service as the marketplace heard it. */
export interface Heard {
  readonly id: string
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** How often the marketplace announces what it could not deliver. */
const MOST_TRIES = 4

/** The marketplace of a seed: it keeps what it is told unless it forgets it, and announces what its people do as well as it can. */
export class Market {
  readonly fake: FakeMarket
  /** What it was told, and what it asked for in the end. */
  readonly heard: Heard[] = []
  readonly pulled: Heard[] = []
  /** What reached it, whatever it did with it, in order. */
  readonly reached: {
    readonly method: string
    readonly path: string
    readonly body: { status?: string } | undefined
  }[] = []
  /** Ids of what it said that it took, and did not. */
  readonly lied = new Set<string>()
  readonly #instances: Instances
  readonly #owner: Owner = { name: 'market', isAlive: true }

  constructor(instances: Instances, { key, jwk }: { readonly key: CryptoKey; readonly jwk: JWK }) {
    this.#instances = instances
    this.fake = new FakeMarket(() => instant(instances.scheduler.now), key, jwk)
    instances.counterpart = (url, init, fault) => this.#take(url, init, fault)
  }

  async #take(url: string, init: RequestInit, fault: Fault | undefined): Promise<Response> {
    const { pathname } = new URL(url)
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    this.reached.push({ method: init.method ?? 'GET', path: pathname, body })
    if (fault === 'false-success' && pathname === '/webhooks/kentei') this.lied.add(body.id)
    if (fault === 'false-success')
      return pathname.startsWith('/webhooks/')
        ? new Response(null, { status: 204 })
        : Response.json({ version: Number(body?.version), applied: true })
    if (pathname === '/webhooks/kentei') this.heard.push({ id: body.id, type: body.type, data: body.data })
    return this.fake.fetch(url, init)
  }

  /** Asks for all events, as who may have missed some. */
  async pull(): Promise<void> {
    for (let after = '0'; ; ) {
      const token = await this.fake.serviceToken('events:read', { claims: { jti: this.#instances.newId('jti') } })
      const [machine] = this.#instances.machines
      const headers = { authorization: `Bearer ${token}` }
      const asked = { method: 'GET', path: `/api/events?after=${after}`, headers }
      const reply = machine && (await this.#instances.callPlainly(machine, asked))
      if (reply?.status !== 200) throw new Error(`the events cannot be read: ${reply?.status} ${reply?.text}`)
      for (const { id, type, data } of reply.json.events) this.pulled.push({ id, type, data })
      if (reply.json.events.length === 0) return
      after = reply.json.next
    }
  }

  /** Loses what it was told last of a badge and of a signal, as after a restored backup. */
  forget(): void {
    const { random } = this.#instances.scheduler
    for (const shelf of [this.fake.badges, this.fake.signals]) {
      const names = [...shelf.keys()]
      const name = names[random.below(Math.max(1, names.length))]
      if (name !== undefined) shelf.delete(name)
    }
    this.#instances.note('market', 'forgets')
  }

  /** Tells the service of an event: perhaps late, perhaps twice, perhaps never. */
  announce(event: TradeEvent): void {
    const { scheduler, weather } = this.#instances
    const { random } = scheduler
    const fate = weather.draw(`event ${event.type}`, ['fails-before', 'delay', 'duplicate'])
    if (fate === 'fails-before') return
    const wait = fate === 'delay' ? random.below(60_000) : random.below(500)
    void this.#deliver(event, wait)
    if (fate === 'duplicate') void this.#deliver(event, random.below(30_000))
  }

  async #deliver(event: TradeEvent, wait: number): Promise<void> {
    const { scheduler, machines } = this.#instances
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await scheduler.sleep(this.#owner, tries === 0 ? wait : 5_000)
      const { headers, body } = await this.fake.webhook({ ...event, data: { ...event.data } })
      const machine = machines[scheduler.random.below(machines.length)]
      if (!machine) return
      const asked = { method: 'POST', path: '/webhooks/marketplace', headers, body }
      const reply = await this.#instances.call(this.#owner, machine, asked)
      if (reply && reply.status < 300) return
    }
  }
}
