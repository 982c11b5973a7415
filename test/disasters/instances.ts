import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { IdKind } from '../../src/kernel/id.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { Connection, failureOf } from '../../src/world/embedded/connection.ts'
import type { Holder, Listener } from '../../src/world/embedded/holders.ts'
import type { Act, Failure, Order, Role } from '../../src/world/embedded/messages.ts'
import type { Answer } from '../../src/world/world.ts'
import { type Fault, Weather } from './faults.ts'
import { holdCrypto } from './held-crypto.ts'
import { type Held, heldIn } from './held-in.ts'
import type { Instance } from './open-instance.ts'
import { BEGIN, type Prepared } from './prepared.ts'
import { type Owner, Scheduler } from './scheduler.ts'
import { Shelf } from './shelf.ts'

/** One of the instances, from its start to its crash. */
interface Incarnation extends Owner {
  readonly instance: Instance
  /** Those who wait for its answers. */
  readonly callers: Set<() => void>
  readonly connections: Connection[]
  /** Until then nobody is answered. */
  isOpen: boolean
}

/** Whoever has connections to a file, and may die at each call. */
interface Site {
  readonly owner: Owner
  readonly connections: Connection[]
  readonly file: string
  /** It sees an older copy of it. */
  readonly isCopy: boolean
  /** It makes hundreds of calls, of which one that fails ends all. */
  readonly isMove?: boolean
  crash(): void
  /** Called with what was done there, before anybody does anything else. */
  did?(act: Act): void
}

/** A machine that an instance runs on. Its clock may be off. */
export interface Machine {
  readonly name: string
  /** How far its clock is ahead of the time that passes, in milliseconds, and by how much more each second. */
  offset: number
  drift: number
  running: Incarnation | undefined
}

export interface Reply {
  readonly status: number
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: actors look at whatever came back
  readonly json: any
  readonly retryAfter: string | null
}

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

const DATABASE_FAULTS: Readonly<Record<Role, readonly Fault[]>> = {
  reads: ['fails-before', 'fails-after', 'delay', 'lock', 'crash-before', 'crash-after'],
  writes: ['fails-before', 'fails-after', 'delay', 'lock', 'full', 'crash-before', 'crash-after'],
}
const CALL_FAULTS: readonly Fault[] = ['fails-before', 'fails-after', 'delay', 'late', 'duplicate']
const MARKET_FAULTS: readonly Fault[] = [
  'fails-before',
  'fails-after',
  'delay',
  'late',
  'duplicate',
  'refused',
  'garbage-before',
  'garbage-after',
  'crash-before',
  'crash-after',
]

const REFUSED: Readonly<Partial<Record<Fault, Failure>>> = {
  lock: { code: 'SQLITE_BUSY', message: 'database is locked', rawCode: 5 },
  full: { code: 'SQLITE_FULL', message: 'database or disk is full', rawCode: 13 },
  'fails-before': { code: 'SQLITE_IOERR', message: 'disk I/O error', rawCode: 10 },
}
const UNHEARD: Failure = { code: 'SERVER_ERROR', message: 'the server did not answer' }

/** A statement that has writes to a database wait for a move. */
const SEALS = /^create trigger "sealed_/
/** So seldom anything may happen to a call of a move. */
const MOVE_IS_HIT_ONCE_IN = 20
/** How long a full disk stays full. */
const FULL_FOR_MS = 8_000
/** How long until a crashed instance runs again, at most. */
const DOWN_FOR_MS = 15_000
/** After this a caller hangs up. */
export const PATIENCE_MS = 10_000

const shortOf = (sql: string): string => {
  const [, verb = 'other', table = ''] =
    /^\s*(insert into|update|delete from|select)\b(?:.*?\bfrom)?\s+"?([a-z_]+)/is.exec(sql) ?? []
  return `${verb.split(' ')[0]} ${table}`.toLowerCase()
}
/** A route's template, so that its calls are counted together. */
export const routeOf = (path: string): string =>
  path
    .replace(/\?.*$/, '')
    .replace(/\/[a-z]{3}_[a-zA-Z0-9]+/g, '/{id}')
    .replace(/\/(worker|contract|case|op)-[^/]+/g, '/{id}')

/** What a marketplace does with a call that reaches it. */
export type Counterpart = (url: string, init: RequestInit, fault: Fault | undefined) => Promise<Response>

const json = (value: unknown, status: number, headers?: Record<string, string>) =>
  new Response(typeof value === 'string' ? value : JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })

/** Answers that are none. */
const GARBAGE: readonly (() => Response)[] = [
  () => new Response('<!doctype html><title>Maintenance</title>', { headers: { 'content-type': 'text/html' } }),
  () => json('{"version": 3, "appl', 200),
  () => json({}, 200),
  () => json([null], 200),
  () => new Response(null, { status: 204 }),
]
const REFUSALS: readonly (() => Response)[] = [
  () => json({ title: 'broken', status: 500, code: 'internal' }, 500),
  () => json({ title: 'later', status: 503, code: 'busy' }, 503, { 'retry-after': '20' }),
  () => json({ title: 'slower', status: 429, code: 'rate-limited' }, 429, { 'retry-after': '7' }),
  () => json({ title: 'nobody', status: 401, code: 'unauthenticated' }, 401),
  () => json({ title: 'under way', status: 409, code: 'idempotency-in-flight' }, 409),
]

/** Two machines with the service on one database, and whoever calls them. */
export class Instances {
  readonly scheduler: Scheduler
  readonly weather: Weather
  readonly machines: readonly Machine[]
  /** Reads an older copy of the database, and is asked for verdicts only. */
  readonly replica: Machine = { name: 'replica', offset: 0, drift: 0, running: undefined }
  /** Versions of the certificates in that copy. */
  copied: ReadonlyMap<string, number> = new Map()
  readonly log: object[] = []
  readonly shelf = new Shelf()
  /** Whether work is archived as soon as it may be, while everything else goes on. */
  readonly isArchiving: boolean
  /** Where the database is. */
  file: string
  /** Since when writes waited for a move, by the clock of whoever moved it. */
  readonly waits = new Set<number>()
  /** Databases that were moved away: what each held when it was sealed, and what the other held when it took its place. */
  readonly left: { readonly file: string; readonly held: Held; readonly follower: Held }[] = []
  /** While a move goes on and whoever serves the database has not gone after it, everybody acts more often. */
  isHasty = false
  /** Ids of this seed begin with it: modules remember papers by their ids, and how long a message waits follows from its. */
  readonly mark: string
  counterpart: Counterpart = () => Promise.reject(new TypeError('fetch failed'))
  readonly #prepared: Prepared
  readonly #network: Owner = { name: 'network', isAlive: true }
  #looker: Connection | undefined
  readonly #files: string[] = []
  /** A move is under way, or was begun and nobody knows how it ended. */
  #move: 'none' | 'under-way' | 'begun' = 'none'
  /** Who ends a move that was killed. */
  #ending: Owner | undefined
  /** Until when a move gave time back, while nobody has opened the file since. */
  #timeGiven: Instant | undefined
  #ids = 0
  #fullUntil = 0
  static #runs = 0

  constructor(prepared: Prepared, seed: number, tell?: (line: string) => void) {
    this.#prepared = prepared
    this.mark = `s${String(seed).padStart(7, '0')}x`
    Instances.#runs += 1
    this.file = join(prepared.folder, `${Instances.#runs}.db`)
    this.#files.push(this.file)
    copyFileSync(prepared.image, this.file)
    const hex = seed.toString(16).padStart(8, '0')
    this.scheduler = new Scheduler({
      seed: `${hex}9e3779b97f4a7c15f39cc060`,
      begin: BEGIN,
      tell: tell && ((line) => tell(line.replaceAll(this.mark, ''))),
    })
    this.weather = new Weather(this.scheduler.random)
    const { random } = this.scheduler
    this.isArchiving = random.below(3) > 0
    this.machines = ['a', 'b'].map((name) => ({
      name,
      offset: random.below(1_001) - 500,
      drift: random.below(3) - 1,
      running: undefined,
    }))
    holdCrypto((act) => this.scheduler.after(this.#network, '', random.below(3), act))
  }

  /** What may not differ between two runs of the seed, without the mark of this one. */
  note(who: string, what: string): void {
    this.scheduler.note(who, what.replaceAll(this.mark, ''))
  }

  close(): void {
    for (const machine of [...this.machines, this.replica]) this.#end(machine)
    this.#looker?.close()
    holdCrypto(undefined)
    for (const file of this.#files)
      for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true })
  }

  /** Calls as somebody whom nothing happens to. */
  async callPlainly(machine: Machine, { method, path, headers = {} }: Asked): Promise<Reply | undefined> {
    const request = new Request(`${this.#prepared.settings.origin}${path}`, { method, headers })
    const response = await machine.running?.instance.request(request)
    const text = (await response?.text()) ?? ''
    return response && { status: response.status, text, json: JSON.parse(text), retryAfter: null }
  }

  /** Asks an instance for what no request asks for. @returns undefined where it was not there, died meanwhile or failed. */
  async consult<T>({ running }: Machine, ask: (instance: Instance) => Promise<T>): Promise<T | undefined> {
    if (!running?.isOpen) return undefined
    return new Promise((resolve) => {
      const hangUp = () => resolve(undefined)
      running.callers.add(hangUp)
      ask(running.instance)
        .then(resolve, hangUp)
        .finally(() => running.callers.delete(hangUp))
    })
  }

  /** What the database holds now, whoever would be asked for it. */
  // biome-ignore lint/suspicious/noExplicitAny: rows are looked at by column name
  rows<Row = any>(sql: string): Row[] {
    this.#looker ??= new Connection(this.file, 'reads')
    const [found] = this.#looker.runAlone({ kind: 'transaction', statements: [{ sql, args: [] }] })
    const { columns, cells } = found ?? { columns: [], cells: [] }
    return cells.map((row) => Object.fromEntries(row.map((cell, nth) => [columns[nth], cell])) as Row)
  }

  /** Lets the instances work and time pass, from one thing that is due to the next, until nothing waits to be sent. */
  async settle(latest: number): Promise<void> {
    const { scheduler } = this
    for (;;) {
      for (const { running } of this.machines) {
        await running?.instance.sweep()
        await running?.instance.deliver()
      }
      // what is due now waits for what is due later
      const [next] = this.rows<{ at: number | null }>(
        `select min(max(next_at, lease_until)) as at from outbox where status = 'pending' and max(next_at, lease_until) > ${scheduler.now}`,
      )
      if (next?.at == null || next.at > latest) return
      scheduler.now = next.at
    }
  }

  /** The time on a machine's clock. */
  clockOf({ offset, drift }: Machine) {
    const { now } = this.scheduler
    return instant(Math.floor(now + offset + (drift * (now - BEGIN)) / 1_000))
  }

  newId = (kind: string): string => {
    this.#ids += 1
    return `${kind}_${this.mark}${String(this.#ids).padStart(9, '0')}`
  }

  start(machine: Machine): void {
    const { scheduler } = this
    const { random } = scheduler
    const connections: Connection[] = []
    const owner: Owner = { name: machine.name, isAlive: true }
    const { openInstance } = this.#prepared.modules[[...this.machines, this.replica].indexOf(machine)] ?? {}
    if (!openInstance) throw new Error('there are no modules for this machine')
    const site: Site = {
      owner,
      connections,
      file: this.file,
      isCopy: machine === this.replica,
      crash: () => this.crash(machine),
    }
    const draw = (bytes: number) =>
      Array.from({ length: bytes }, () => random.below(256).toString(16).padStart(2, '0')).join('')
    const { settings } = this.#prepared
    const instance = openInstance({
      file: this.file,
      // what is remembered hangs on these
      settings: { ...settings, keys: [...settings.keys], marketplace: { ...settings.marketplace } },
      now: () => this.clockOf(machine),
      newId: <Kind extends IdKind>(kind: Kind) => this.newId(kind) as `${Kind}_${string}`,
      newSeed: () => draw(16),
      newUuid: () => `00000000-0000-4000-8000-${draw(6)}`,
      newSecret: () => Buffer.from(draw(32), 'hex').toString('base64url'),
      drawBelow: (bound) => random.below(bound),
      archive: this.shelf.of(owner, { scheduler, weather: this.weather, crash: () => this.crash(machine) }),
      fetch: (url, init, timeout) => this.#fetch(machine, owner, { url, init, timeout }),
      findHolder: () => this.#holder(site),
      log: (line) => this.log.push(line),
    })
    const running = Object.assign(owner, { instance, callers: new Set<() => void>(), connections, isOpen: false })
    machine.running = running
    this.note(machine.name, 'starts')
    if (machine === this.replica) {
      running.isOpen = true
      return
    }
    if (this.#timeGiven === undefined) this.#tend(running)
    else void this.#openMoved(running)
  }

  /** Opens the place that the database was moved to, and serves once the time is given back that it took. */
  async #openMoved(running: Incarnation): Promise<void> {
    while (this.#timeGiven !== undefined && running.isAlive) {
      if (await running.instance.giveBack(this.#timeGiven)) this.#timeGiven = undefined
      else await this.scheduler.sleep(running, 1_000)
    }
    if (running.isAlive) this.#tend(running)
  }

  /** From now on it answers, and does what it does by itself. */
  #tend(running: Incarnation): void {
    const { scheduler } = this
    const { random } = scheduler
    const { instance } = running
    const owner: Owner = running
    running.isOpen = true
    const again = async (most: number, act: () => Promise<unknown>) => {
      while (owner.isAlive) {
        await scheduler.sleep(owner, 500 + random.below(most))
        await act()
      }
    }
    void again(4_000, instance.sweep)
    void again(2_500, instance.deliver)
    void again(20_000, instance.reconcile)
    if (this.isArchiving) void again(15_000, instance.archive)
    void again(3_000, async () => {
      // one at a time, as a lock that ends with its process would have it
      if (this.#move !== 'begun' || this.#ending?.isAlive) return
      this.#ending = owner
      const { file } = this
      const ended = await instance.endKilledMove()
      if (this.#ending === owner) this.#ending = undefined
      if (ended !== undefined && this.#move === 'begun' && this.file === file) this.#move = 'none'
    })
  }

  #end({ running }: Machine): void {
    if (!running) return
    running.isAlive = false
    for (const connection of running.connections) connection.close()
    for (const hangUp of running.callers) hangUp()
  }

  /** From now on a connection sees everything as it is at this moment, whatever is written. */
  #copyFor(connection: Connection): void {
    connection.rollBack()
    connection.begin()
    const statements = [{ sql: 'select id, version from credentials', args: [] }]
    const [found] = connection.runInside({ kind: 'transaction', statements })
    this.copied = new Map(found?.cells.map(([id, version]) => [String(id), Number(version)]))
  }

  /** Gives the replica a new copy. */
  copy(): void {
    for (const connection of this.replica.running?.connections ?? [])
      if (connection.inTransaction) this.#copyFor(connection)
  }

  /** A machine stands still for a while, and then goes on as if nothing had been. */
  freeze(machine: Machine, milliseconds: number): void {
    if (!machine.running) return
    this.note(machine.name, `stands still for ${milliseconds} ms`)
    machine.running.frozenUntil = this.scheduler.now + milliseconds
  }

  /** Moves the database to another file while it is served. Whoever does so may die at each call. */
  async move(): Promise<void> {
    const [machine] = this.machines
    const { moveBetween } = this.#prepared.modules[0] ?? {}
    // its folder is held by whoever moves it
    if (
      !machine ||
      !moveBetween ||
      this.#move === 'under-way' ||
      this.#ending?.isAlive ||
      this.#timeGiven !== undefined
    )
      return
    const from = this.file
    const to = `${this.#files[0]}.${this.#files.length}`
    this.#files.push(to)
    this.isHasty = true
    const mover: Owner = { name: 'mover', isAlive: true }
    const connections: Connection[] = []
    let held: Held = new Map()
    this.#move = 'under-way'
    this.weather.draw('move', [])
    this.note('mover', 'moves the database')
    const noteWait = () => {
      const [wait] = this.#sealOf(from)
      if (wait) this.waits.add(wait.at)
    }
    const outcome = await new Promise<'moved' | 'given up' | 'killed'>((resolve) => {
      const crash = () => {
        mover.isAlive = false
        for (const connection of connections) connection.close()
        resolve('killed')
      }
      moveBetween({
        from,
        to,
        now: () => this.clockOf(machine),
        findHolder: (file) =>
          this.#holder({
            owner: mover,
            connections,
            file,
            isCopy: false,
            isMove: true,
            crash,
            did: ({ statements }) => {
              if (file === from && statements.some(({ sql }) => SEALS.test(sql))) held = heldIn(from)
            },
          }),
        sealed: noteWait,
        settle: (givenUntil) => {
          this.left.push({ file: from, held, follower: heldIn(to) })
          this.file = to
          this.#timeGiven = givenUntil
          this.#looker?.close()
          this.#looker = undefined
        },
      }).then(
        () => resolve('moved'),
        () => resolve('given up'),
      )
    })
    this.note('mover', `the database is ${outcome}`)
    if (this.file === from) noteWait()
    for (const connection of connections) if (outcome !== 'killed') connection.close()
    this.weather.draw(`move ${outcome}`, [])
    this.#move = this.file === from ? 'begun' : 'none'
    if (this.file === from) {
      this.isHasty = false
      return
    }
    await this.scheduler.sleep(this.#network, 500 + this.scheduler.random.below(1_500))
    this.isHasty = false
    for (const one of [...this.machines, this.replica]) {
      if (one.running) this.#end(one)
      this.start(one)
    }
  }

  /** Since when writes to a file wait for a move. */
  #sealOf(file: string): { at: number }[] {
    if (file !== this.file) return []
    const there = this.rows("select 1 from sqlite_master where name = 'sealed_since'")
    return there.length === 0 ? [] : this.rows('select at from sealed_since')
  }

  /** Waits until no move is under way, and none was killed whose writes wait. */
  async settleMoves(): Promise<void> {
    while (this.#move !== 'none' || this.#timeGiven !== undefined) await this.scheduler.sleep(this.#network, 1_000)
  }

  /** An instance dies where it stands, and is started again after a while. */
  crash(machine: Machine): void {
    this.note(machine.name, 'crashes')
    this.#end(machine)
    machine.running = undefined
    const { random } = this.scheduler
    void this.scheduler
      .sleep(this.#network, 500 + random.below(DOWN_FOR_MS))
      .then(() => machine.running ?? this.start(machine))
  }

  #holder(site: Site): Holder {
    const { owner, connections, file, isCopy } = site
    const listeners = new Map<number, Listener>()
    const opened = new Map<
      number,
      { readonly connection: Connection; readonly role: Role; readonly begun: BigInt64Array }
    >()
    return {
      listen: (connection, listener) => {
        if (listener) listeners.set(connection, listener)
      },
      expect: () => {},
      send: (order) => {
        if (!owner.isAlive) return
        if (order.type === 'open') {
          const connection = new Connection(file, order.role)
          connections.push(connection)
          if (isCopy && order.role === 'reads') this.#copyFor(connection)
          opened.set(order.connection, { connection, role: order.role, begun: order.begun })
          // what a power cut would take is no part of this
          if (order.role === 'writes')
            connection.runAlone({ kind: 'bare', statements: [{ sql: 'PRAGMA synchronous = OFF', args: [] }] })
        } else if (order.type === 'act') {
          const at = opened.get(order.connection)
          const listener = listeners.get(order.connection)
          // it would be refused by the time that really passes
          if (at) Atomics.store(at.begun, 0, BigInt(order.number))
          if (at && listener) this.#act(site, { ...at, order, listener })
        } else if (order.type === 'close') {
          opened.get(order.connection)?.connection.close()
          listeners.get(order.connection)?.hear({ type: 'closed', connection: order.connection })
        }
      },
    }
  }

  #act(
    { owner, isCopy, isMove, crash, did }: Site,
    {
      connection,
      role,
      order,
      listener,
    }: { connection: Connection; role: Role; order: Extract<Order, { type: 'act' }>; listener: Listener },
  ): void {
    const { scheduler, weather } = this
    const { act, number } = order
    const call = `db ${act.statements.length > 1 ? 'batch ' : ''}${shortOf(act.statements[0]?.sql ?? '')}`
    const isSpared = isMove && scheduler.random.below(MOVE_IS_HIT_ONCE_IN) > 0
    const fault = isSpared ? undefined : weather.draw(isMove ? 'db of a move' : call, DATABASE_FAULTS[role])
    if (fault === 'full') this.#fullUntil = scheduler.now + scheduler.random.below(FULL_FOR_MS)
    const wait = fault === 'delay' ? scheduler.random.below(3_000) : scheduler.random.below(6)
    const answer = (reply: { rows: ReturnType<Connection['runAlone']> } | { failure: Failure }) => {
      const to = { connection: order.connection, number }
      listener.hear('rows' in reply ? { ...to, type: 'done', ...reply } : { ...to, type: 'failed', ...reply })
    }
    void scheduler.after(owner, fault ? `${call} (${fault})` : call, wait, () => {
      const isFull = role === 'writes' && scheduler.now < this.#fullUntil && !weather.isCalm
      const failure = REFUSED[isFull ? 'full' : (fault ?? 'delay')]
      if (failure) return answer({ failure })
      if (fault === 'crash-before') return crash()
      try {
        const rows = isCopy && role === 'reads' ? connection.runInside(act) : connection.runAlone(act)
        did?.(act)
        if (fault === 'crash-after') return crash()
        return answer(fault === 'fails-after' ? { failure: UNHEARD } : { rows })
      } catch (error) {
        return answer({ failure: failureOf(error) })
      }
    })
  }

  /** A call of the service to somebody else. */
  #fetch(
    machine: Machine,
    owner: Owner,
    { url, init, timeout }: { url: string; init: RequestInit; timeout: number },
  ): Promise<Answer> {
    const { scheduler, weather } = this
    const { random } = scheduler
    const { pathname } = new URL(url)
    const call = `market ${init.method ?? 'GET'} ${routeOf(pathname)}`
    const mayLie = /badges|ranking-signals|webhooks/.test(pathname)
    const fault = weather.draw(call, mayLie ? [...MARKET_FAULTS, 'false-success'] : MARKET_FAULTS)
    const what = fault ? `${call} (${fault})` : call
    // it goes on by itself, whether or not anybody still waits for its answer
    const arrive = async (): Promise<Response> => {
      if (fault === 'fails-before') throw new TypeError('fetch failed')
      if (fault === 'refused') return (REFUSALS[random.below(REFUSALS.length)] as () => Response)()
      // to who only wants to be heard, any success is one
      if (fault === 'garbage-before' && mayLie) await this.counterpart(url, init, 'false-success')
      if (fault === 'garbage-before') return (GARBAGE[random.below(GARBAGE.length)] as () => Response)()
      const answer = await this.counterpart(url, init, fault)
      if (fault === 'duplicate') await this.counterpart(url, init, fault)
      if (fault === 'fails-after') throw new TypeError('fetch failed')
      if (fault === 'garbage-after') return (GARBAGE[random.below(GARBAGE.length)] as () => Response)()
      return answer
    }
    if (fault === 'crash-before') {
      void scheduler.after(owner, what, random.below(20), () => this.crash(machine))
      return new Promise(() => {})
    }
    const there = fault === 'late' ? timeout + random.below(20_000) : random.below(fault === 'delay' ? 3_000 : 40)
    const answered = scheduler.after(this.#network, what, there, arrive)
    if (fault === 'crash-after') {
      answered.then(
        () => owner.isAlive && this.crash(machine),
        () => {},
      )
      return new Promise(() => {})
    }
    const back = answered.then(
      (answer) => scheduler.after(owner, '', random.below(20), () => answer),
      (error) =>
        scheduler.after(owner, '', random.below(20), () => {
          throw error
        }),
    )
    if (fault !== 'late') return back
    back.catch(() => {})
    return scheduler.after(owner, '', timeout, () => {
      throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    })
  }

  /** Somebody calls the service. @returns undefined where no answer came, whatever happened there. */
  async call(who: Owner, machine: Machine, asked: Asked): Promise<Reply | undefined> {
    const { scheduler, weather } = this
    const { random } = scheduler
    const call = `${asked.method} ${routeOf(asked.path)}`
    const fault = weather.draw(call, CALL_FAULTS)
    const body = asked.body === undefined || typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body)
    const arrive = async (): Promise<Reply | undefined> => {
      const { running } = machine
      if (!running?.isOpen) return undefined
      const request = new Request(`${this.#prepared.settings.origin}${asked.path}`, {
        method: asked.method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...asked.headers },
        ...(body === undefined ? {} : { body }),
      })
      return new Promise((resolve) => {
        const hangUp = () => resolve(undefined)
        running.callers.add(hangUp)
        const end = (reply: Reply | undefined) => {
          running.callers.delete(hangUp)
          resolve(reply)
        }
        const begun = scheduler.after(running, '', 0, () => {}).then(() => running.instance.request(request))
        begun.then(async (response) => {
          const text = await response.text()
          const isJson = response.headers.get('content-type')?.includes('json')
          end({
            status: response.status,
            text,
            json: isJson ? JSON.parse(text) : undefined,
            retryAfter: response.headers.get('retry-after'),
          })
        }, hangUp)
      })
    }
    const sent = (times: number) =>
      scheduler.after(this.#network, '', random.below(fault === 'delay' ? 4_000 : 40) + times, () => {
        const arrived = fault === 'fails-before' ? Promise.resolve(undefined) : arrive()
        return { arrived }
      })
    if (fault === 'duplicate') void sent(random.below(2_000))
    const answered = async () => {
      const { arrived } = await sent(0)
      const reply = await arrived
      const wait = fault === 'late' ? PATIENCE_MS + random.below(10_000) : random.below(20)
      return scheduler.after(this.#network, '', wait, () => (fault === 'fails-after' ? undefined : reply))
    }
    const hungUp = scheduler.after<undefined>(who, '', PATIENCE_MS, () => undefined)
    const reply = await Promise.race([answered(), hungUp])
    this.note(who.name, `${call} at ${machine.name}${fault ? ` (${fault})` : ''} → ${reply?.status ?? 'nothing'}`)
    return reply
  }
}
