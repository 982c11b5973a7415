import { Agent, request } from 'node:http'
import { request as requestSecurely, Agent as SecureAgent } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'

/** What was asked, how long its sender waited for the answer, and what it was in the end. */
export interface Asked {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a client looks at whatever came back
  readonly json: any
  /** From the first try to the answer; a wait that the service told, and that was waited, counts. */
  readonly waitedMs: number
  /** How often the service said when to come again. */
  readonly putOff: number
  /** How often no connection was to be had, or it broke. */
  readonly broken: number
}

export interface Ask {
  readonly method: string
  readonly path: string
  readonly token?: string
  readonly key?: string
  readonly body?: unknown
}

/** A client gives up after this long, and counts as lost. */
const PATIENCE_MS = 180_000
const AFTER_BREAK_MS = 1_000

/** One candidate's connection to the service, kept as a browser keeps it, with a client behind it that comes again when it is told to. */
export class Line {
  readonly #agent: Agent
  readonly #origin: string
  readonly #patienceMs: number
  readonly #request: typeof request

  constructor(origin: string, patienceMs = PATIENCE_MS) {
    this.#origin = origin
    this.#patienceMs = patienceMs
    const isSecure = origin.startsWith('https:')
    this.#request = isSecure ? requestSecurely : request
    this.#agent = new (isSecure ? SecureAgent : Agent)({ keepAlive: true, maxSockets: 1 })
  }

  close(): void {
    this.#agent.destroy()
  }

  #try({ method, path, token, key, body }: Ask): Promise<{ status: number; text: string; retryAfter: number }> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(key ? { 'idempotency-key': `"${key}"` } : {}),
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    return new Promise((resolve, reject) => {
      const sent = this.#request(`${this.#origin}${path}`, { method, headers, agent: this.#agent }, (reply) => {
        const chunks: Buffer[] = []
        reply.on('data', (chunk) => chunks.push(chunk))
        reply.on('end', () =>
          resolve({
            status: reply.statusCode ?? 0,
            text: Buffer.concat(chunks).toString(),
            retryAfter: Number(reply.headers['retry-after'] ?? 0),
          }),
        )
        reply.on('error', reject)
      })
      sent.on('error', reject)
      sent.end(text)
    })
  }

  /** Asks until there is an answer that is not "come again". @throws when there was none for as long as it waits. */
  async ask(what: Ask): Promise<Asked> {
    const start = performance.now()
    let [putOff, broken] = [0, 0]
    while (performance.now() - start < this.#patienceMs) {
      const reply = await this.#try(what).catch(() => undefined)
      // what stands before the service says so where nobody is behind it
      if (!reply || reply.status === 502 || reply.status === 504) {
        broken += 1
        await sleep(AFTER_BREAK_MS)
      } else if (reply.status === 503 || reply.status === 429) {
        putOff += 1
        await sleep(reply.retryAfter * 1_000)
      } else {
        return {
          status: reply.status,
          json: JSON.parse(reply.text),
          waitedMs: performance.now() - start,
          putOff,
          broken,
        }
      }
    }
    throw new Error(`no answer to ${what.method} ${what.path}`)
  }
}
