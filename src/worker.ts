import { createApp } from './app.ts'
import { expireCredentials } from './flows/change-credential-status.ts'
import { closeOverdueAttempts } from './flows/close-overdue-attempts.ts'
import { drainOutbox } from './flows/drain-outbox.ts'
import { noteKeyChanges } from './flows/note-key-changes.ts'
import { reconcile } from './flows/reconcile.ts'
import { remindHolders } from './flows/remind-holders.ts'
import { resignCredentials } from './flows/resign-credentials.ts'
import { sealLog } from './flows/seal-log.ts'
import { instant } from './kernel/instant.ts'
// modules that the build lays beside the bundle
import letters from './letters.txt'
import rasteriser from './resvg.wasm'
import { openEdgeDatabase } from './world/open-edge.ts'
import { outside } from './world/outside.ts'
import { type Environment, readSettings, type Settings } from './world/settings.ts'
import type { Studio, World } from './world/world.ts'

/** Bindings of the Worker: the settings' variables and secrets, and D1 or a libSQL address. */
export interface WorkerBindings extends Environment {
  readonly DB?: D1Database
  readonly LIBSQL_URL?: string
  readonly LIBSQL_AUTH_TOKEN?: string
}

// Settings are read once per isolate; nothing in them belongs to a request.
const settingsOf = new WeakMap<object, Settings>()

const studio: Studio = { letters: async () => letters, rasteriser: async () => rasteriser }

function openWorld(env: WorkerBindings, now?: number): World {
  const settings = settingsOf.get(env) ?? readSettings(env)
  settingsOf.set(env, settings)
  const place = env.LIBSQL_URL ? { url: env.LIBSQL_URL, ...(env.LIBSQL_AUTH_TOKEN ? { authToken: env.LIBSQL_AUTH_TOKEN } : {}) } : env.DB ? { d1: env.DB } : undefined
  if (!place) throw new Error('bind a D1 database as DB, or set LIBSQL_URL')
  return { ...outside, ...(now === undefined ? {} : { now: () => instant(now) }), settings, studio, db: openEdgeDatabase(place) }
}

const logFailure = (failure: object) => console.error(JSON.stringify(failure))
const app = createApp({ openWorld: (bindings) => openWorld((bindings as { env: WorkerBindings }).env), logFailure })

async function sweep(world: World): Promise<void> {
  const swept = await closeOverdueAttempts(world)
  for (const failure of swept.failed) logFailure(failure)
  await expireCredentials(world)
  await remindHolders(world)
  await noteKeyChanges(world)
  await sealLog(world)
  const { refused } = await resignCredentials(world)
  if (refused.length > 0) logFailure({ error: 'stored tokens that are not what was issued are not signed anew', credentials: refused })
  await drainOutbox(world)
  // nightly by its own clock; what it posts goes out with the next minute's cron
  await reconcile(world)
}

export default {
  async fetch(request: Request, env: WorkerBindings, context: ExecutionContext): Promise<Response> {
    // the edge sets this header itself and overwrites a client's
    const clientAddress = request.headers.get('cf-connecting-ip') ?? ''
    const response = await app.fetch(request, { env, clientAddress }, context)
    // a pass or an event leaves letters behind, and answers to them leave others: they need not wait for the next cron
    if (request.method === 'POST') context.waitUntil(drainOutbox(openWorld(env), 10))
    return response
  },
  async scheduled(controller: ScheduledController, env: WorkerBindings): Promise<void> {
    await sweep(openWorld(env, Math.max(controller.scheduledTime, Date.now())))
  },
}
