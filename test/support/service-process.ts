import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'

/** A boot of a busy machine, killed in the middle and begun anew. */
const PATIENCE_MS = 180_000
const REPLY_WITHIN_MS = 60_000
const BETWEEN_TRIES_MS = 25

/** What a request ended in, and how often it had to be sent because the service was down. */
export interface Answer {
  readonly status: number
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
  readonly json: any
  readonly tries: number
}

interface Place {
  /** The service's bundle. */
  readonly entry: string
  readonly dataFolder: string
  readonly examsFolder: string
}

/** The service as `npm start` runs it, with its sandbox, on data of its own; it can be killed and started again. */
export class ServiceProcess {
  kills = 0
  serverErrors = 0
  readonly plugin: string
  readonly sandbox: string
  readonly #env: NodeJS.ProcessEnv
  readonly #entry: string
  #child: ChildProcess | undefined

  constructor(ports: { plugin: number; sandbox: number }, place: Place) {
    this.#entry = place.entry
    this.plugin = `http://localhost:${ports.plugin}`
    this.sandbox = `http://localhost:${ports.sandbox}`
    this.#env = {
      ...process.env,
      PORT: String(ports.plugin),
      SANDBOX_PORT: String(ports.sandbox),
      DATA_DIR: place.dataFolder,
      // an empty history, but where a test is about what is there before
      DEMO_PAST: 'none',
      EXAMS_DIR: place.examsFolder,
    }
  }

  static async open(place: Place): Promise<ServiceProcess> {
    const service = new ServiceProcess({ plugin: await freePort(), sandbox: await freePort() }, place)
    service.start()
    return service
  }

  start(): void {
    this.#child = spawn(process.execPath, [this.#entry], { env: this.#env, stdio: ['ignore', 'ignore', 'inherit'] })
  }

  /** Ends the process in the middle of whatever it does, and starts another one. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL')
    this.kills += 1
    this.start()
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the service had ended by itself (${child?.exitCode})`)
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  /** Sends a request again and again until somebody answers it and does not ask to come later, as a page does. */
  async ask(method: string, url: string, { token, body }: { token?: string; body?: unknown } = {}): Promise<Answer> {
    const headers = {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const until = Date.now() + PATIENCE_MS
    for (let tries = 1; ; tries++) {
      try {
        const response = await fetch(url, {
          method,
          headers,
          signal: AbortSignal.timeout(REPLY_WITHIN_MS),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const text = await response.text()
        const later = Number(response.headers.get('retry-after'))
        if (response.status === 503 && later > 0 && Date.now() < until) {
          await sleep(1_000 * later)
          continue
        }
        if (response.status >= 500) this.serverErrors += 1
        return {
          status: response.status,
          text,
          json: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined,
          tries,
        }
      } catch (error) {
        if (Date.now() > until) throw error
        await sleep(BETWEEN_TRIES_MS)
      }
    }
  }
}
