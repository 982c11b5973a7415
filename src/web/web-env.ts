import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'

/** What every route finds in its context. */
export interface WebEnv {
  Variables: {
    world: World
    session: Session | undefined
  }
}
