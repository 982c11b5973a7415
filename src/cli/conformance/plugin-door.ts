import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import type { JWK } from 'jose'
import { receiveEvent } from '../../contract/kentei/trust.ts'
import { didDocument, jwks } from '../../credential/key-documents.ts'
import { signStatusList } from '../../credential/sign-credential.ts'
import { instant } from '../../kernel/instant.ts'
import { UsageError } from '../terminal.ts'
import type { DemoMarket } from './demo-market.ts'
import type { PluginIdentity } from './plugin-identity.ts'
import { LISTED_AS_REVOKED } from './sample-badge.ts'

/** One webhook as it came in. */
export interface Delivery {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What the door answered. */
  readonly answered: number
}

/** What the door answers to the next deliveries that it is asked to refuse. */
export interface Refusal {
  /** Whether a delivery is meant, by its raw body. */
  readonly when: (body: string) => boolean
  readonly status: number
  /** Seconds. */
  readonly retryAfter?: number
}

/** Where a marketplace finds what a plugin publishes, and leaves its webhooks. */
export interface PluginDoor {
  readonly port: number
  readonly deliveries: readonly Delivery[]
  /** How often its keys were asked for. */
  readonly keyFetches: number
  /** What it publishes; nothing before. */
  publish(identity: PluginIdentity): void
  /** Publishes one more key from now on. */
  addKey(key: JWK): void
  /** Refuses one delivery. */
  refuseOnce(refusal: Refusal): void
  close(): Promise<void>
}

const MAX_BODY_BYTES = 262_144
const BADGE_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>Conformance</title></svg>'

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    if (length > MAX_BODY_BYTES) break
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )

/** Opens the door on `host:port`; port 0 picks one. @throws a `UsageError` when it cannot. */
export async function openPluginDoor(listen: string): Promise<PluginDoor> {
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(listen) ?? []
  if ((isIP(host) === 0 && host !== 'localhost') || Number(port) > 65_535)
    throw new UsageError((t) => t('usage.conformance.listen'))
  const deliveries: Delivery[] = []
  const refusals: Refusal[] = []
  const extra: JWK[] = []
  let identity: PluginIdentity | undefined
  let keyFetches = 0

  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readText(request)
    const at = refusals.findIndex((refusal) => refusal.when(body))
    const refusal = at < 0 ? undefined : refusals.splice(at, 1)[0]
    const answered = refusal?.status ?? 202
    deliveries.push({ at: Date.now(), headers: headersOf(request), body, answered })
    response
      .writeHead(answered, refusal?.retryAfter === undefined ? {} : { 'retry-after': String(refusal.retryAfter) })
      .end()
  }
  const show = async (path: string, own: PluginIdentity, response: ServerResponse) => {
    const send = (type: string, body: string) => response.writeHead(200, { 'content-type': type }).end(body)
    if (path === '/.well-known/jwks.json') {
      keyFetches += 1
      return send('application/json', JSON.stringify({ keys: [...jwks(own.ring).keys, ...extra] }))
    }
    if (path === '/.well-known/did.json')
      return send('application/json', JSON.stringify(didDocument(own.origin, own.ring)))
    if (path === '/status/1')
      return send(
        'application/vc+jwt',
        await signStatusList({ list: 1, revoked: [LISTED_AS_REVOKED] }, own.ring, instant(Date.now())),
      )
    if (/^\/credentials\/[^/]+\.svg$/.test(path)) return send('image/svg+xml', BADGE_IMAGE)
    response.writeHead(404).end()
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://door').pathname
    const answered =
      request.method === 'POST' && path === receiveEvent.path
        ? receive(request, response)
        : identity
          ? show(path, identity, response)
          : Promise.resolve(response.writeHead(503).end())
    answered.catch(() => response.destroy())
  })
  server.listen(Number(port), host)
  await once(server, 'listening').catch((problem: Error) => {
    throw new UsageError(() => `--listen ${listen}: ${problem.message}`)
  })
  return {
    port: (server.address() as AddressInfo).port,
    deliveries,
    get keyFetches() {
      return keyFetches
    },
    publish: (whom) => {
      identity = whom
    },
    addKey: (key) => {
      extra.push(key)
    },
    refuseOnce: (refusal) => {
      refusals.push(refusal)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

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
