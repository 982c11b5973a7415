import type { DemoMarket } from './demo-market.ts'
import type { PluginDoor } from './plugin-door.ts'

/** Whom which webhook is about. */
export interface Provocation {
  /** The first delivery was refused with 500. */
  readonly refused: string
  /** The first delivery was refused with 503 and `Retry-After`. Like `inRow` undefined where nobody could make it. */
  readonly delayed: string | undefined
  /** Three changes in a row, none refused. */
  readonly inRow: string | undefined
}

const about = (worker: string) => (body: string) => body.includes(JSON.stringify(worker))

/** Makes the sandbox send webhooks about these workers, some of which the door refuses at first. */
export async function provokeWebhooks(
  demo: DemoMarket,
  door: PluginDoor,
  of: { readonly workers: readonly [string, string, string]; readonly retryAfter: number },
): Promise<Provocation> {
  const [refused, delayed, inRow] = of.workers
  door.refuseOnce({ when: about(refused), status: 500 })
  door.refuseOnce({ when: about(delayed), status: 503, retryAfter: of.retryAfter })
  for (const worker of [refused, delayed, inRow, inRow, inRow]) await demo.changeStanding(worker, 'good')
  return { refused, delayed, inRow }
}

/** Refuses the next webhook about a worker whose standing a person is about to change. */
export function awaitWebhooks(door: PluginDoor, worker: string): Provocation {
  door.refuseOnce({ when: about(worker), status: 500 })
  return { refused: worker, delayed: undefined, inRow: undefined }
}
