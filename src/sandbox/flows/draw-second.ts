import type { Statement } from '../../world/database.ts'
import type { Case } from '../moderation/case.ts'
import type { AppealOutcome } from '../moderation/case-event.ts'
import type { Appeal, Decision } from '../moderation/decision/store.ts'
import { labelOfDecision } from '../moderation/label/store.ts'
import { findingOf, isDrawn } from '../moderation/second/second.ts'
import { secondInsertion } from '../moderation/second/store.ts'
import { judgedText, sentTexts } from '../moderation/store.ts'
import { keyedName } from '../people/keyed-name.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

const isTurn = async ({ settings }: SandboxWorld, id: string): Promise<boolean> =>
  isDrawn(await keyedName(String(settings.keys.service.d), 'second-judgement', id))

/** Statements that have a decision about what somebody wrote judged a second time, if its turn falls on it; they go behind the label of a post. */
export async function drawSecond(
  world: SandboxWorld,
  { id: decision, subject, action, kinds, operator, decidedAt }: Decision,
  label: string | undefined,
): Promise<Statement[]> {
  if (!(await isTurn(world, decision))) return []
  const surface = label === undefined ? (await judgedText(world.db, subject, kinds))?.surface : 'job'
  if (!surface) return []
  const row = { id: world.newId('sec'), decision, subject, surface, label: label ?? null, drawnAt: decidedAt }
  return [secondInsertion(world.db, { ...row, firstBy: operator, first: findingOf({ action, kinds }) })]
}

/** The same of a judgement on an appeal: what is found anew is whether the text breaks a rule, in view of what its writer says. */
export async function drawAppeal(
  world: SandboxWorld,
  { id: appeal, decision }: Pick<Appeal, 'id' | 'decision'>,
  judged: {
    readonly known: Case
    readonly against: Pick<Decision, 'action' | 'kinds'>
    readonly outcome: AppealOutcome
    readonly operator: string
  },
): Promise<Statement[]> {
  if (!(await isTurn(world, appeal))) return []
  const { known, against, outcome, operator } = judged
  const label = known.kind === 'job' ? await labelOfDecision(world.db, known.ref, decision) : undefined
  if (!label && (await sentTexts(world.db, known.id, 1)).length === 0) return []
  const row = {
    id: world.newId('sec'),
    decision,
    subject: known.id,
    surface: 'appeal',
    label: label?.id ?? null,
  } as const
  const first = outcome === 'reverse' ? { breach: false, kinds: [] } : findingOf(against)
  return [secondInsertion(world.db, { ...row, drawnAt: world.now(), firstBy: operator, first })]
}
