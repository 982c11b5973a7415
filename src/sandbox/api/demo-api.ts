import { Hono } from 'hono'
import { plus, toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { setFault } from '../demo/store.ts'
import { changeStanding, eraseWorker } from '../flows/change-standing.ts'
import { launchPerson } from '../flows/launch-person.ts'
import { resolveTransfer } from '../flows/resolve-transfer.ts'
import { advanceClock } from '../flows/run-timers.ts'
import { signIn } from '../flows/sign-in.ts'
import { triggerEvent } from '../flows/trigger-event.ts'
import { malformed } from '../problem.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import * as calls from './demo-calls.ts'
import { describeTransfer } from './describe-contract.ts'
import { serving, told } from './serve.ts'

/** Where the test clock stops: times have four digits for the year, and what lasts a century still ends before the year 10000. */
const LAST_YEAR = 9_000

/** What a demonstration or a check does in somebody's place. */
export function demoApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)

  serve(calls.signIn, async ({ body }, c) =>
    told(await signIn(c.get('world'), body.user), ({ session, person, expiresAt }) => ({
      session,
      user: person.id,
      role: person.role,
      name: person.name,
      expiresAt: toRfc3339(expiresAt),
    })),
  )

  serve(calls.readClock, (_, c) => ok({ now: toRfc3339(c.get('world').now()) }))

  serve(calls.moveClock, async ({ body }, c) => {
    const world = c.get('world')
    const isTooFar = new Date(plus(world.now(), body.advance)).getUTCFullYear() > LAST_YEAR
    if (isTooFar) return malformed([{ path: 'advance', message: `The test clock ends with the year ${LAST_YEAR}` }])
    const { now, fired } = await advanceClock(world, body.advance)
    return ok({ now: toRfc3339(now), fired })
  })

  serve(calls.launch, ({ body }, c) => launchPerson(c.get('world'), body))
  serve(calls.decideStanding, ({ path, body }, c) => changeStanding(c.get('world'), path.id, body.status))
  serve(calls.eraseWorker, ({ path }, c) => eraseWorker(c.get('world'), path.id))

  serve(calls.setFault, async ({ body: { status = null, delayMs, times } }, c) => {
    await setFault(c.get('world').db, { status, delayMs, remaining: times })
    return ok({ status, delayMs, times })
  })

  serve(calls.triggerEvent, ({ body }, c) => triggerEvent(c.get('world'), body))
  serve(calls.resolveTransfer, async ({ path, body }, c) =>
    told(await resolveTransfer(c.get('world'), path.id, body.outcome), describeTransfer),
  )
  return api
}
