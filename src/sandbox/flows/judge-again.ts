import { days, minus } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import type { Kind } from '../detector/judge/kinds.ts'
import { isOfWriting } from '../moderation/decision/actions.ts'
import { findAppealAgainst, findDecision } from '../moderation/decision/store.ts'
import { type Label, labelInsertion } from '../moderation/label/store.ts'
import { judgeReports } from '../moderation/report/store.ts'
import { type Agreement, agreements, agreementsByPlace } from '../moderation/second/agreement.ts'
import { agree, type Finding, missingFor } from '../moderation/second/second.ts'
import {
  type Drawn,
  disputedSeconds,
  findSecond,
  hasActed,
  hasRead,
  isSettled,
  latestPairs,
  noteReader,
  type SecondJudgement,
  settlement,
  waitingSeconds,
  writeSecond,
} from '../moderation/second/store.ts'
import { findCase, sentTexts } from '../moderation/store.ts'
import type { Surface } from '../moderation/surfaces.ts'
import type { Person } from '../people/person.ts'
import { operatorIds } from '../people/staff.data.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { decideSubject, tellReporters } from './decide-subject.ts'
import { lookInto } from './open-case.ts'

/** After so long a text is too old to be judged as it was. */
const WAITS = days(30)
/** A few at a time, so that they are a small part of what waits. */
const OFFERED = 3

/** What this operator is asked to judge without knowing what was decided, or what the detector made of it. */
export const offeredSeconds = (world: SandboxWorld, operator: Person): Promise<Drawn[]> =>
  waitingSeconds(world.db, { operator: operator.id, since: minus(world.now(), WAITS), limit: OFFERED })

/** Of one reading so many cases are kept. */
const MOST_NOTED = 100

/** Keeps that somebody has read cases, or what was decided in them: whoever has is not asked to judge them without knowing it. */
export async function noteRead(world: SandboxWorld, operator: Person, cases: readonly string[]): Promise<void> {
  const [first, ...rest] = new Set(cases.slice(0, MOST_NOTED))
  if (first !== undefined && operator.role === 'operator') await noteReader(world.db, [first, ...rest], operator.id)
}

/** What was decided about, as it was then, and nothing of what became of it. */
export interface Written {
  readonly surface: Surface
  readonly post: Label | null
  /** Other texts of its writer in the same case, in order. */
  readonly texts: readonly { readonly surface: Surface; readonly text: string }[]
  /** What the writer says against the decision, where an appeal was judged. */
  readonly appeal: string | undefined
}

const TEXTS_SHOWN = 20

async function writtenOf(world: SandboxWorld, { second, post }: Drawn): Promise<Written> {
  const { surface, subject, decision } = second
  const [sent, appeal] = await Promise.all([
    post ? [] : sentTexts(world.db, subject, TEXTS_SHOWN),
    surface === 'appeal' ? findAppealAgainst(world.db, decision) : undefined,
  ])
  const texts = sent.toReversed().map(({ surface: place, evidence }) => ({ surface: place, text: evidence }))
  return { surface, post, texts, appeal: appeal?.text }
}

/** What an operator sees of what is judged twice: nothing but the text, or, where two differ, what each found and not who. */
export type SecondView = { readonly id: string; readonly written: Written } & (
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

async function readSecond(world: SandboxWorld, operator: Person, id: string): Promise<Outcome<Drawn>> {
  const drawn = await findSecond(world.db, id)
  if (!drawn) return fail({ code: 'not-found' })
  const { subject, surface, firstBy, secondBy, secondAt } = drawn.second
  const [read, acted] = await Promise.all([
    secondAt === null && hasRead(world.db, subject, operator.id),
    (secondAt === null || surface === 'appeal') && hasActed(world.db, subject, operator.id),
  ])
  if (firstBy === operator.id || secondBy === operator.id || acted)
    return fail({ code: 'same-person', detail: 'Another operator than those who judged it has to do this' })
  if (read) return fail({ code: 'same-person', detail: 'Whoever has read the case cannot judge without knowing it' })
  return ok(drawn)
}

/** What is judged twice, as this operator may see it. */
export async function showSecond(world: SandboxWorld, operator: Person, id: string): Promise<Outcome<SecondView>> {
  const drawn = await readSecond(world, operator, id)
  if (!drawn.ok) return drawn
  const { second } = drawn.value
  const written = await writtenOf(world, drawn.value)
  if (second.secondAt === null) return ok({ id, written, state: 'blind' })
  if (second.agrees || second.settledAt !== null) return ok({ id, written, state: 'over' })
  return ok({ id, written, state: 'differ', findings: bothFound(second, await reasonsOf(world, second)) })
}

/** Why the first operator found so. */
async function reasonsOf(world: SandboxWorld, { surface, decision }: SecondJudgement): Promise<string> {
  if (surface === 'appeal') return (await findAppealAgainst(world.db, decision))?.reasons ?? ''
  return (await findDecision(world.db, decision))?.statement.facts ?? ''
}

/** Judges a text a second time. Nothing happens to it: what was decided first stands until a difference is settled. */
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

/** What is written of a settlement, given the decision that stands from then on. */
type Settling = (decision: string) => readonly Statement[]

/** What follows where the second finding stands: what was done to the text or its writer ends, what was let be comes before an operator. `settling` goes into the same batch. Gives whether that was written. */
async function takeEffect(
  world: SandboxWorld,
  operator: Person,
  { second, reasons }: { readonly second: SecondJudgement; readonly reasons: string },
  settling: Settling,
): Promise<Outcome<boolean>> {
  const found = secondFinding(second)
  if (second.firstBreach === found.breach) return ok(false)
  if (found.breach) {
    const known = await findCase(world.db, second.subject)
    if (!known || !isOfWriting(known.kind)) return ok(false)
    const look = { kind: known.kind, ref: known.ref, note: reasons, source: 'operator' } as const
    const opened = await lookInto(world, operator, look, settling(second.decision))
    // its writer may have been erased meanwhile
    if (opened.ok) return ok(true)
    return opened.problem.code === 'not-found' ? ok(false) : opened
  }
  // whoever reported was wrong, as where an appeal is granted
  const told = [
    ...judgeReports(world.db, second.subject, 'rejected'),
    tellReporters(world, second.subject, { kind: 'report-reconsidered', outcome: 'no-measure' }),
  ]
  const verdict = { action: 'reinstate', kinds: [], duration: null, facts: reasons, ground: 'terms' } as const
  let isSettling = false
  const lifted = await decideSubject(world, operator, second.subject, verdict, (decision) => {
    isSettling = true
    return [...settling(decision), ...told]
  })
  // the same operator may have decided so, in the same words, before
  if (lifted.ok) return ok(isSettling)
  // it has ended by itself, or an appeal is before somebody who decides it
  return lifted.problem.code === 'wrong-state' ? ok(false) : lifted
}

/** Settles a difference, by somebody who is neither of the two; in the same batch what that changes takes effect, and the detector learns from what stands. */
export async function settleSecond(
  world: SandboxWorld,
  operator: Person,
  id: string,
  { stands, reasons }: { readonly stands: 'first' | 'second'; readonly reasons: string },
): Promise<Outcome<undefined>> {
  const drawn = await readSecond(world, operator, id)
  if (!drawn.ok) return drawn
  const { second, post } = drawn.value
  const settled = fail({ code: 'wrong-state', state: 'settled', detail: 'There is nothing to settle' } as const)
  if (second.agrees !== false || second.settledAt !== null) return settled
  const at = world.now()
  const { kinds } = secondFinding(second)
  const how = { settledBy: operator.id, settledFor: stands, settledReasons: reasons, settledAt: at }
  const label = (decision: string) =>
    post && stands === 'second'
      ? [labelInsertion(world.db, { ...post, id: world.newId('lbl'), kinds, decision, operator: operator.id, at })]
      : []
  const settling = (decision: string) => [settlement(world.db, id, how), ...label(decision)] as const
  try {
    const done =
      stands === 'second' ? await takeEffect(world, operator, { second, reasons }, settling) : ok(false as const)
    if (!done.ok) return done
    if (!done.value) await world.db.batch(settling(second.decision))
    return ok(undefined)
  } catch (error) {
    if (isSettled(error)) return settled
    throw error
  }
}

/** The latest so many second judgements are counted. */
const COUNTED = 2_000
const DISPUTES_SHOWN = 50

/** How well operators agree, what waits to be settled, and whom it lacks. */
export interface AgreementView {
  readonly byKind: readonly Agreement<Kind | 'any'>[]
  readonly byPlace: readonly Agreement<Surface>[]
  readonly disputes: readonly Drawn[]
  readonly missing: ReturnType<typeof missingFor>
}

export async function showAgreement(world: SandboxWorld): Promise<AgreementView> {
  const [pairs, disputes] = await Promise.all([
    latestPairs(world.db, COUNTED),
    disputedSeconds(world.db, DISPUTES_SHOWN),
  ])
  return {
    byKind: agreements(pairs),
    byPlace: agreementsByPlace(pairs),
    disputes,
    missing: missingFor(operatorIds.split(' ').length),
  }
}
