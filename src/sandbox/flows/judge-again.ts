import { days, minus } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { findDecision } from '../moderation/decision/store.ts'
import { labelInsertion } from '../moderation/label/store.ts'
import { type Agreement, agreements } from '../moderation/second/agreement.ts'
import { agree, type Finding, missingFor } from '../moderation/second/second.ts'
import {
  type DrawnPost,
  disputedSeconds,
  findSecond,
  hasRead,
  latestPairs,
  noteReader,
  type SecondJudgement,
  settlement,
  waitingSeconds,
  writeSecond,
} from '../moderation/second/store.ts'
import type { Person } from '../people/person.ts'
import { operatorIds } from '../people/staff.data.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { decideSubject } from './decide-subject.ts'
import { lookInto } from './open-case.ts'

/** After so long the post is too old to be judged as it was. */
const WAITS = days(30)
/** A few at a time, so that they are a small part of what waits. */
const OFFERED = 3

/** Posts that this operator is asked to judge without knowing what was decided. */
export const offeredSeconds = (world: SandboxWorld, operator: Person): Promise<DrawnPost[]> =>
  waitingSeconds(world.db, { operator: operator.id, since: minus(world.now(), WAITS), limit: OFFERED })

/** Keeps that somebody has read a decision: whoever has is not asked to judge it without knowing it. */
export async function noteRead(world: SandboxWorld, operator: Person, decision: string | null): Promise<void> {
  if (decision !== null && operator.role === 'operator') await noteReader(world.db, decision, operator.id)
}

/** What an operator sees of a post that is judged twice: nothing but the post, or, where two differ, what each found and not who. */
export type SecondView = Pick<DrawnPost, 'post'> & { readonly id: string } & (
    | { readonly state: 'blind' }
    | { readonly state: 'differ'; readonly findings: readonly Found[] }
    | { readonly state: 'over' }
  )

/** One of two findings, called by a letter. */
export interface Found extends Finding {
  readonly name: 'A' | 'B'
  readonly of: 'first' | 'second'
  readonly reasons: string
}

const secondFinding = ({ secondBreach, secondKinds }: SecondJudgement): Finding => ({
  breach: secondBreach ?? false,
  kinds: secondKinds ?? [],
})

/** Both findings; which comes first says nothing of who was. */
function bothFound(second: SecondJudgement, facts: string): readonly Found[] {
  const { firstBreach, firstKinds, secondReasons } = second
  const first = { of: 'first', breach: firstBreach, kinds: firstKinds, reasons: facts } as const
  const other = { of: 'second', ...secondFinding(second), reasons: secondReasons ?? '' } as const
  const [a, b] = (second.id.codePointAt(second.id.length - 1) ?? 0) % 2 === 0 ? [first, other] : [other, first]
  return [
    { name: 'A', ...a },
    { name: 'B', ...b },
  ]
}

async function readSecond(world: SandboxWorld, operator: Person, id: string): Promise<Outcome<DrawnPost>> {
  const drawn = await findSecond(world.db, id)
  if (!drawn) return fail({ code: 'not-found' })
  const { second } = drawn
  const { firstBy, secondBy, secondAt } = second
  if (firstBy === operator.id || secondBy === operator.id)
    return fail({ code: 'same-person', detail: 'Another operator than those who judged it has to do this' })
  if (secondAt === null && (await hasRead(world.db, id, operator.id)))
    return fail({ code: 'same-person', detail: 'Whoever has read the decision cannot judge without knowing it' })
  return ok(drawn)
}

/** A post that is judged twice, as this operator may see it. */
export async function showSecond(world: SandboxWorld, operator: Person, id: string): Promise<Outcome<SecondView>> {
  const drawn = await readSecond(world, operator, id)
  if (!drawn.ok) return drawn
  const { second, post } = drawn.value
  if (second.secondAt === null) return ok({ id, post, state: 'blind' })
  if (second.agrees || second.settledAt !== null) return ok({ id, post, state: 'over' })
  const decision = await findDecision(world.db, second.decision)
  return ok({ id, post, state: 'differ', findings: bothFound(second, decision?.statement.facts ?? '') })
}

/** Judges a post a second time. Nothing happens to the post: what was decided first stands until a difference is settled. */
export async function judgeAgain(
  world: SandboxWorld,
  operator: Person,
  id: string,
  found: Finding & { readonly reasons: string },
): Promise<Outcome<{ readonly agrees: boolean }>> {
  const drawn = await readSecond(world, operator, id)
  if (!drawn.ok) return drawn
  const { firstBreach, firstKinds } = drawn.value.second
  const agrees = agree({ breach: firstBreach, kinds: firstKinds }, found)
  const written = await writeSecond(world.db, id, { ...found, by: operator.id, agrees, at: world.now() })
  return written ? ok({ agrees }) : fail({ code: 'already-done', detail: 'Somebody else has judged this meanwhile' })
}

/** What follows where the second finding stands: what was taken down returns, what was let be comes before an operator. Gives the decision that says so from now on. */
async function takeEffect(
  world: SandboxWorld,
  operator: Person,
  { second, post }: DrawnPost,
  reasons: string,
): Promise<Outcome<string>> {
  const found = secondFinding(second)
  if (second.firstBreach === found.breach) return ok(second.decision)
  if (found.breach) {
    const look = { kind: 'job', ref: post.job, note: reasons, source: 'operator' } as const
    const opened = await lookInto(world, operator, look)
    return opened.ok ? ok(second.decision) : opened
  }
  const lifted = await decideSubject(world, operator, second.subject, {
    ...{ action: 'reinstate', kinds: [], duration: null, facts: reasons, ground: 'terms' },
  })
  // it has ended by itself, or an appeal is before somebody who decides it
  if (!lifted.ok) return lifted.problem.code === 'wrong-state' ? ok(second.decision) : lifted
  return ok(lifted.value.decision)
}

/** Settles a difference, by somebody who is neither of the two; what that changes takes effect, and the detector learns from what stands. */
export async function settleSecond(
  world: SandboxWorld,
  operator: Person,
  id: string,
  { stands, reasons }: { readonly stands: 'first' | 'second'; readonly reasons: string },
): Promise<Outcome<undefined>> {
  const drawn = await readSecond(world, operator, id)
  if (!drawn.ok) return drawn
  const { second, post } = drawn.value
  if (second.agrees !== false || second.settledAt !== null)
    return fail({ code: 'wrong-state', state: 'settled', detail: 'There is nothing to settle' })
  const done = stands === 'second' ? await takeEffect(world, operator, drawn.value, reasons) : ok(second.decision)
  if (!done.ok) return done
  const at = world.now()
  const { kinds } = secondFinding(second)
  const label = { ...post, id: world.newId('lbl'), kinds, decision: done.value, operator: operator.id, at }
  await world.db.batch([
    settlement(world.db, id, { settledBy: operator.id, settledFor: stands, settledReasons: reasons, settledAt: at }),
    ...(stands === 'second' ? [labelInsertion(world.db, label)] : []),
  ])
  return ok(undefined)
}

/** The latest so many second judgements are counted. */
const COUNTED = 2_000
const DISPUTES_SHOWN = 50

/** How well operators agree, what waits to be settled, and whom it lacks. */
export interface AgreementView {
  readonly agreements: readonly Agreement[]
  readonly disputes: readonly DrawnPost[]
  readonly missing: ReturnType<typeof missingFor>
}

export async function showAgreement(world: SandboxWorld): Promise<AgreementView> {
  const [pairs, disputes] = await Promise.all([
    latestPairs(world.db, COUNTED),
    disputedSeconds(world.db, DISPUTES_SHOWN),
  ])
  return { agreements: agreements(pairs), disputes, missing: missingFor(operatorIds.split(' ').length) }
}
