import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { type Appeal, appealInsertion, findAppealAgainst, findDecision } from '../moderation/decision/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { actOnCase } from './act-on-case.ts'

export interface Appealed {
  readonly appeal: string
  readonly decision: string
  readonly receivedAt: string
  readonly status: 'open' | 'decided'
}

const told = ({ id, decision, at, outcome }: Pick<Appeal, 'id' | 'decision' | 'at' | 'outcome'>): Appealed => ({
  appeal: id,
  decision,
  receivedAt: toRfc3339(at),
  status: outcome === null ? 'open' : 'decided',
})

/** Takes an appeal of the person concerned: within six months, once, free. The case returns to the queue, for another operator. */
export async function appealDecision(
  world: SandboxWorld,
  person: Person,
  id: string,
  text: string,
): Promise<Outcome<Appealed>> {
  const decision = await findDecision(world.db, id)
  if (!decision || decision.person !== person.id) return fail({ code: 'not-found' })
  const earlier = await findAppealAgainst(world.db, id)
  if (earlier?.text === text) return ok(told(earlier))
  const now = world.now()
  const appeal = { id: world.newId('apc'), decision: id, subject: decision.subject, person: person.id, text, at: now }
  const next = await actOnCase(world, decision.subject, { actor: person.id, now }, async () =>
    ok({
      command: { type: 'appeal', appeal: appeal.id, decision: id, person: person.id },
      also: [appealInsertion(world.db, appeal)],
    }),
  )
  return next.ok ? ok(told({ ...appeal, outcome: null })) : next
}
