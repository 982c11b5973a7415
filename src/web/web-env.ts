import type { Session, SessionClaim } from '../marketplace/session-token.ts'
import type { Observed } from '../platform/http/observe.ts'
import type { RateStore } from '../platform/http/rate-limit.ts'
import type { World } from '../world/world.ts'

/** What every route finds in its context. */
export interface WebEnv {
  Variables: Observed['Variables'] & {
    world: World
    /** Where requests are counted. */
    rates: RateStore
    /** What the token of the request says by itself. */
    claim: SessionClaim | undefined
    /** The session as its record has it; never there for a save, which tests the record in its own statement. */
    session: Session | undefined
    /** Writes down a failure that a page tells its visitor of by itself. */
    report: (error: unknown) => void
  }
}

/** The routes of one kind of visitor, mounted at `/`. */
export type Door = () => readonly object[]
