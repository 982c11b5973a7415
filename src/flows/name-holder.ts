import type { Problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { updateNewCredentials } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'

type Refused = Extract<Problem, { code: 'forbidden' | 'gone' }>

/** A worker says whether new credentials carry their name; those that were issued stay as they were signed. */
export async function nameHolder(
  world: World,
  { role, worker }: Session,
  name: 'shown' | 'none',
): Promise<Result<{ readonly name: typeof name }, Refused>> {
  // who cannot earn a credential has none to be named on
  if (role !== 'worker') return fail({ code: 'forbidden' })
  return (await updateNewCredentials(world.db, worker, { isUnnamed: name === 'none' }))
    ? ok({ name })
    : fail({ code: 'gone' })
}
