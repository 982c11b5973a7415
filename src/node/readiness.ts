import { setTimeout as sleep } from 'node:timers/promises'

/** How one of the things stands that a service needs. */
export type Standing = 'ok' | 'failed' | 'slow' | 'missing' | 'later' | 'newer' | 'late'

/** What a service needs to do its work. */
export interface Needs {
  /** How the database's migrations stand to those of this release. @throws while it cannot be read. */
  readonly standing: () => Promise<'known' | 'later' | 'newer'>
  /** Whether every use has a key that signs. */
  readonly hasKeys: () => Promise<boolean>
  /** When the last sweep came to its end, in milliseconds. */
  readonly sweptAt: () => number | undefined
  readonly now: () => number
}

export interface Readiness {
  readonly status: 'starting' | 'ready' | 'not-ready' | 'stopping'
  readonly checks?: Readonly<Record<'database' | 'migrations' | 'keys' | 'sweep', Standing>>
}

/** Whoever asks is answered by then. */
const PATIENCE_MS = 2_000
/** A service on Node sweeps every second. */
const SWEEP_LATE_MS = 60_000
/** Whoever asks more often hears the same again. */
const KEPT_MS = 1_000

const within = <T>(asked: Promise<T>): Promise<T | 'slow' | 'failed'> =>
  Promise.race([asked.catch(() => 'failed' as const), sleep(PATIENCE_MS, 'slow' as const, { ref: false })])

async function check({ standing, hasKeys, sweptAt, now }: Needs, since: number): Promise<Readiness> {
  const [migrations, keys] = await Promise.all([within(standing()), within(hasKeys())])
  const isUnread = migrations === 'slow' || migrations === 'failed'
  const checks = {
    database: isUnread ? migrations : 'ok',
    migrations: migrations === 'known' ? 'ok' : migrations,
    keys: typeof keys === 'boolean' ? (keys ? 'ok' : 'missing') : keys,
    sweep: now() - (sweptAt() ?? since) > SWEEP_LATE_MS ? 'late' : 'ok',
  } as const
  const isReady = Object.values(checks).every((one) => one === 'ok' || one === 'later')
  return { status: isReady ? 'ready' : 'not-ready', checks }
}

/** Says whether a service is ready: from its start to its end. */
export class Probes {
  #needs: Needs | undefined
  #since = 0
  #isStopping = false
  #kept: { readonly at: number; readonly readiness: Promise<Readiness> } | undefined

  /** From now on the service answers. */
  begin(needs: Needs): void {
    this.#needs = needs
    this.#since = needs.now()
  }

  /** From now on it takes no new requests. */
  stop(): void {
    this.#isStopping = true
  }

  async readiness(): Promise<Readiness> {
    if (this.#isStopping) return { status: 'stopping' }
    const needs = this.#needs
    if (!needs) return { status: 'starting' }
    const at = needs.now()
    const kept = this.#kept
    // a clock that was set back keeps nothing
    if (kept && at >= kept.at && at - kept.at < KEPT_MS) return kept.readiness
    const readiness = check(needs, this.#since)
    this.#kept = { at, readiness }
    return readiness
  }

  /** The answer at `/healthz` and `/readyz`; undefined for other addresses. */
  answer(url: string): Promise<Response> | undefined {
    const [path] = url.split('?', 1)
    const headers = { 'cache-control': 'no-store' }
    if (path === '/healthz') return Promise.resolve(Response.json({ status: 'alive' }, { headers }))
    if (path !== '/readyz') return undefined
    return this.readiness().then((readiness) =>
      Response.json(readiness, { status: readiness.status === 'ready' ? 200 : 503, headers }),
    )
  }
}
