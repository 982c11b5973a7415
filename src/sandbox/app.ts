import type { Hono } from 'hono'
import { apis } from './api/apis.ts'
import { openMarketDoors } from './open-market-doors.ts'
import { refuse } from './pages/page-door.tsx'
import { pages } from './pages/routes.tsx'
import type { SandboxEnv, SandboxWorld } from './sandbox-world.ts'

/** The reference marketplace. It knows of the plugin what the public contract says, and nothing else. */
export const createSandbox = (openSandbox: () => SandboxWorld | Promise<SandboxWorld>): Hono<SandboxEnv> =>
  openMarketDoors(openSandbox, { routes: [...apis, pages], refusePeople: refuse })
