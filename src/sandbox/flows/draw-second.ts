import type { Statement } from '../../world/database.ts'
import type { Decision } from '../moderation/decision/store.ts'
import { findingOf, isDrawn } from '../moderation/second/second.ts'
import { secondInsertion } from '../moderation/second/store.ts'
import { keyedName } from '../people/keyed-name.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** Statements that have a decision about a post judged a second time, if its turn falls on it; they go behind the label. */
export async function drawSecond(
  world: SandboxWorld,
  { id: decision, subject, action, kinds, operator, decidedAt }: Decision,
  label: string,
): Promise<Statement[]> {
  const name = await keyedName(String(world.settings.keys.service.d), 'second-judgement', decision)
  if (!isDrawn(name)) return []
  const row = { id: world.newId('sec'), decision, subject, label, drawnAt: decidedAt, firstBy: operator }
  return [secondInsertion(world.db, { ...row, first: findingOf({ action, kinds }) })]
}
