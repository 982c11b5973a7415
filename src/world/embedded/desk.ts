import { Connection } from './connection.ts'
import { Lane } from './lane.ts'
import { clock, type Order, type Reply } from './messages.ts'

/** Does the acts of several connections, each in its lane, wherever it is: in a thread, or in the process itself. */
export class Desk {
  readonly #lanes = new Map<number, Lane>()
  readonly #reply: (replies: readonly Reply[]) => void
  readonly #listen: () => void
  #timer: NodeJS.Timeout | undefined

  /** `listen` takes the orders that have come while others were carried out. */
  constructor(reply: (replies: readonly Reply[]) => void, listen: () => void) {
    this.#reply = reply
    this.#listen = listen
  }

  obey(order: Order): void {
    const { connection } = order
    if (order.type === 'open') {
      this.#lanes.set(
        connection,
        new Lane({
          number: connection,
          role: order.role,
          begun: order.begun,
          connection: new Connection(order.file, order.role),
        }),
      )
    } else if (order.type === 'act') {
      this.#lanes.get(connection)?.add(order)
    } else {
      this.#lanes.get(connection)?.close()
      this.#lanes.delete(connection)
      this.#reply([{ connection, type: 'closed' }])
    }
  }

  /** Works until nothing is left to do but to wait for locks. Each lane has its turn. */
  work(): void {
    clearTimeout(this.#timer)
    for (let ready = this.#readyLanes(); ready.length > 0; ready = this.#readyLanes()) {
      for (const lane of ready) {
        const replies = lane.work()
        if (replies.length > 0) this.#reply(replies)
      }
      this.#listen()
    }
    const next = Math.min(...[...this.#lanes.values()].map(({ readyAt }) => readyAt))
    if (Number.isFinite(next)) this.#timer = setTimeout(() => this.work(), Math.max(1, next - clock()))
  }

  #readyLanes(): Lane[] {
    const now = clock()
    return [...this.#lanes.values()].filter(({ readyAt }) => readyAt <= now)
  }
}
