import { Worker } from 'node:worker_threads'
import { Desk } from './desk.ts'
import type { Order, Reply, Role } from './messages.ts'

/** Whoever waits for replies about one connection. */
export interface Listener {
  hear(reply: Reply): void
  /** The thread is gone, and with it every answer that was still due. */
  threadEnded(error: Error): void
}

/** Where connections are held: in a thread, or in the process itself. */
export interface Holder {
  /** From now on replies about a connection go to `listener`; without one, nowhere. */
  listen(connection: number, listener: Listener | undefined): void
  send(order: Order): void
  /** One more answer is due, or one less. */
  expect(change: 1 | -1): void
}

// beside the bundle, or beside this source
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './database-thread.mjs', import.meta.url)
/** What is on its way through a thread is soon gone. */
const YOUNG_GENERATION_MB = 2

/** A thread that holds connections. It keeps the process alive only while an answer is due. */
class Thread implements Holder {
  readonly #worker: Worker
  readonly #listeners = new Map<number, Listener>()
  readonly #onEnd: () => void
  #orders: Order[] = []
  #due = 0
  #ended = false

  constructor(role: Role, onEnd: () => void) {
    this.#onEnd = onEnd
    this.#worker = new Worker(ENTRY, {
      name: `kentei-database-${role}`,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    })
    this.#worker.unref()
    this.#worker.on('message', (replies: readonly Reply[] | object) => {
      // under `node --watch` a thread tells its parent as well which modules it has loaded
      for (const reply of Array.isArray(replies) ? (replies as readonly Reply[]) : [])
        this.#listeners.get(reply.connection)?.hear(reply)
    })
    this.#worker.on('error', (error) => this.#end(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', (code) => this.#end(new Error(`the thread of the database ended with code ${code}`)))
  }

  #end(error: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#onEnd()
    for (const listener of this.#listeners.values()) listener.threadEnded(error)
  }

  listen(connection: number, listener: Listener | undefined): void {
    if (listener) this.#listeners.set(connection, listener)
    else this.#listeners.delete(connection)
  }

  /** Passes an order on, together with what else this turn of the event loop brings. */
  send(order: Order): void {
    if (this.#orders.length === 0)
      setImmediate(() => {
        this.#worker.postMessage(this.#orders)
        this.#orders = []
      })
    this.#orders.push(order)
  }

  expect(change: 1 | -1): void {
    this.#due += change
    if (change === 1 && this.#due === 1) this.#worker.ref()
    if (this.#due === 0) this.#worker.unref()
  }
}

// As the threads of Node itself these serve all databases of the process, whoever owns them: one for all that write, one for all that read.
const threads: Partial<Record<Role, Thread>> = {}

/** The thread for connections of a role; a new one, should the last have ended. */
export function threadFor(role: Role): Holder {
  const thread =
    threads[role] ??
    new Thread(role, () => {
      delete threads[role]
    })
  threads[role] = thread
  return thread
}

/** Holds the connections of one database in the process itself. */
export function inProcess(): Holder {
  const listeners = new Map<number, Listener>()
  let isDue = false
  const desk = new Desk(
    (replies) => {
      for (const reply of replies) listeners.get(reply.connection)?.hear(reply)
    },
    () => {},
  )
  return {
    listen: (connection, listener) =>
      void (listener ? listeners.set(connection, listener) : listeners.delete(connection)),
    send: (order) => {
      desk.obey(order)
      if (isDue) return
      isDue = true
      queueMicrotask(() => {
        isDue = false
        desk.work()
      })
    },
    expect: () => {},
  }
}
