import { instant } from '../../src/kernel/instant.ts'
import { openEdgeDatabase } from '../../src/world/open-edge.ts'
import { outside } from '../../src/world/outside.ts'
import { type Environment, readSettings } from '../../src/world/settings.ts'
import { noRenderingAssets } from './no-rendering.ts'
import { raceService } from './race-service.ts'

/** `src/worker.ts` with the race service's clock. */
interface RaceBindings extends Environment {
  readonly DB?: D1Database
  readonly LIBSQL_URL?: string
}

let service: ReturnType<typeof raceService> | undefined

function openService(env: RaceBindings): ReturnType<typeof raceService> {
  const settings = readSettings(env)
  const place = env.LIBSQL_URL ? { url: env.LIBSQL_URL } : { d1: env.DB as D1Database }
  return raceService(async (now) => ({
    ...outside,
    rendering: noRenderingAssets,
    now: () => instant(now),
    settings,
    db: await openEdgeDatabase(place),
  }))
}

export default {
  async fetch(request: Request, env: RaceBindings): Promise<Response> {
    service ??= openService(env)
    return service(request)
  },
}
