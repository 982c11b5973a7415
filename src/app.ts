import type { Hono } from 'hono'
import { type AppOptions, openDoors } from './open-doors.ts'
import { candidateDoor } from './web/doors/candidate.ts'
import { documentsDoor } from './web/doors/documents.ts'
import { marketplaceDoor } from './web/doors/marketplace.ts'
import { publicDoor } from './web/doors/public.ts'
import { staffDoor } from './web/doors/staff.ts'
import { verifiersDoor } from './web/doors/verifiers.ts'
import type { WebEnv } from './web/web-env.ts'

/** The whole service in one process. */
export const createApp = (options: AppOptions): Hono<WebEnv> =>
  openDoors(options, [candidateDoor, marketplaceDoor, staffDoor, documentsDoor, publicDoor, verifiersDoor])
