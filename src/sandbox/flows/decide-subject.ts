import { days, type Instant, type Period, plusPeriod, toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import type { Kind } from '../detector/judge/kinds.ts'
import { findJob, publishJob } from '../job/store.ts'
import type { Case } from '../moderation/case.ts'
import {
  type Action,
  appealUntil,
  hasDuration,
  isMeasure,
  isOfWriting,
  measuresOf,
  scopeOf,
} from '../moderation/decision/actions.ts'
import { ruleOfPolicy, type StatementOfReasons, stateReasons, stateRule } from '../moderation/decision/statement.ts'
import { type Decision, decisionInsertion, findDecision, measuresAgainst } from '../moderation/decision/store.ts'
import { judge } from '../moderation/judge.ts'
import { type Label, labelInsertion } from '../moderation/label/store.ts'
import { forgetting } from '../moderation/memory/store.ts'
import { judgeReports, reportersTold } from '../moderation/report/store.ts'
import { findCase, wasEdited } from '../moderation/store.ts'
import type { Notice } from '../notification/notice.ts'
import { notify, notifyAll } from '../notification/store.ts'
import type { Person } from '../people/person.ts'
import { findClient } from '../people/store.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { actOnCase, imposeMeasures, liftMeasures, type Plan } from './act-on-case.ts'
import { drawSecond } from './draw-second.ts'
import { rememberDecision } from './remember-decision.ts'

/** What an operator decides, and why. */
export interface Verdict {
  readonly action: Action
  /** What the text turned out to be. Of a job's post it becomes a label for the detector. */
  readonly kinds: readonly Kind[]
  /** Null: for good. Only for what lasts. */
  readonly duration: Period | null
  readonly facts: string
  readonly rule?: string | undefined
  readonly ground: 'law' | 'terms'
  /** The case's version that the operator has read; the decision falls away when anything has come since. Without one nobody decides about a post that was rewritten since it was brought up. */
  readonly version?: number | undefined
}

export interface Decided {
  readonly decision: string
  readonly case: string
  readonly action: Action
  readonly status: Case['status']
  readonly version: number
  readonly statement: StatementOfReasons
}

const DAY = days(1)

/** The end of what lasts; null for good, and for what does not last. */
export const endOf = (action: Action, duration: Period | null, from: Instant): Instant | null =>
  hasDuration(action) && duration !== null ? plusPeriod(from, duration) : null

/** A verdict that does not fit the case. */
export function misfit(
  { action, kinds, rule }: Pick<Verdict, 'action' | 'kinds' | 'rule'>,
  known: Case,
): ReturnType<typeof malformed> | undefined {
  if (kinds.length > 0 && (!isOfWriting(known.kind) || !isMeasure(action)))
    return malformed([
      { path: 'kinds', message: 'Only a measure against what somebody wrote says of which kind it is' },
    ])
  if (isMeasure(action) && kinds.length === 0 && rule === undefined && known.policy === null)
    return malformed([{ path: 'rule', message: 'A measure names the rule that was broken, by kinds or in words' }])
  if ((action === 'restrict' || action === 'suspend') && known.person === null)
    return malformed([{ path: 'action', message: 'It is not known whom this concerns' }])
  return undefined
}

/** The rule as the operator puts it, else as the plugin named it. */
function wordsOf({ policy }: Case, { rule, kinds }: Verdict): ReturnType<typeof ruleOfPolicy> | undefined {
  if (rule !== undefined) return { ja: rule, en: rule }
  return policy === null || kinds.length > 0 ? undefined : ruleOfPolicy(policy)
}

/** The decision with its statement of reasons, as it is kept. */
function decisionOf(
  known: Case,
  verdict: Verdict,
  by: { readonly id: string; readonly operator: string; readonly now: Instant },
): Decision {
  const { action, kinds, facts, ground } = verdict
  const { id, operator, now } = by
  const until = endOf(action, verdict.duration, now)
  const rule = isMeasure(action) ? stateRule({ kinds, words: wordsOf(known, verdict), ground }) : null
  const ruling = { decision: id, action, rule, facts, scope: scopeOf(action, known), from: now, until, decidedAt: now }
  const statement = stateReasons({
    ...ruling,
    openedBy: known.openedBy,
    automated: known.automated,
    appealUntil: isMeasure(action) ? appealUntil(now) : null,
  })
  return { id, subject: known.id, person: known.person, action, kinds, until, operator, decidedAt: now, statement }
}

/** Statement that keeps what was decided about a post for the detector, with the post as it was. */
async function labelling(
  world: SandboxWorld,
  known: Case,
  of: Pick<Label, 'id' | 'kinds' | 'decision' | 'operator'>,
): Promise<Statement[]> {
  const job = known.kind === 'job' ? await findJob(world.db, known.ref) : undefined
  if (!job) return []
  const client = await findClient(world.db, job.client)
  const now = world.now()
  const accountAgeDays = client ? Math.max(0, Math.floor((now - client.joinedAt) / DAY)) : 0
  const post = {
    job: job.id,
    title: job.title,
    body: job.body,
    category: job.category,
    pay: { type: job.payType, amount: job.payAmount },
    accountAgeDays,
  }
  return [labelInsertion(world.db, { ...post, ...of, at: now })]
}

/** A statement that tells whoever reported what became of it: one, however many they are. */
export const tellReporters = (
  world: SandboxWorld,
  subject: string,
  told:
    | { readonly kind: 'report-judged' | 'report-reconsidered'; readonly outcome: 'measure' | 'no-measure' }
    | { readonly kind: 'report-closed' },
): Statement => notifyAll(world.db, reportersTold(subject, told), { id: world.newId('ntf'), at: world.now() })

/** Statements that tell whoever is concerned. Somebody whose job was shown all along never knew that it was looked at. */
async function tellConcerned(
  world: SandboxWorld,
  known: Case,
  { id: decision, action }: Decision,
): Promise<Statement[]> {
  if (known.person === null) return []
  const job = known.kind === 'job' ? await findJob(world.db, known.ref) : undefined
  const cleared = action === 'no-action' && job?.state === 'held'
  if (action === 'no-action' && !cleared && !known.alleged) return []
  const notice: Notice = cleared ? { kind: 'post-cleared', job: known.ref } : { kind: 'decision', decision, action }
  return notify(world.db, [{ id: world.newId('ntf'), person: known.person, notice }], world.now())
}

/** Statements that end what stands, when everything is to be as before. */
async function reinstated(world: SandboxWorld, known: Case, now: Instant): Promise<Statement[]> {
  const against =
    known.decision === null
      ? (await measuresAgainst(world.db, known.ref)).map(({ decision }) => decision)
      : [known.decision]
  const statements: Statement[] = []
  for (const decision of new Set(against))
    statements.push(
      ...(await liftMeasures(world, decision, { at: now, by: 'reinstatement' })),
      ...(await forgetting(world.db, decision)),
    )
  return statements
}

async function consequences(world: SandboxWorld, known: Case, decision: Decision): Promise<Statement[]> {
  const { action, decidedAt: now } = decision
  const told = [...(await tellConcerned(world, known, decision))]
  if (action === 'reinstate') return [...(await reinstated(world, known, now)), ...told]
  const measures = measuresOf(action, known)
  const label = world.newId('lbl')
  const labelled = await labelling(world, known, {
    ...{ id: label, kinds: decision.kinds, decision: decision.id, operator: decision.operator },
  })
  const outcome = isMeasure(action) ? 'measure' : 'no-measure'
  return [
    ...(await imposeMeasures(world, decision.id, measures, decision.until)),
    ...(known.kind === 'job' && action === 'no-action' ? [publishJob(world.db, known.ref, now)] : []),
    ...judgeReports(world.db, known.id, isMeasure(action) ? 'upheld' : 'rejected'),
    ...told,
    tellReporters(world, known.id, { kind: 'report-judged', outcome }),
    ...labelled,
    ...(await drawSecond(world, decision, labelled.length > 0 ? label : undefined)),
    ...(await rememberDecision(world, known, decision)),
  ]
}

const answerOf = (known: Case, { id, action, statement }: Decision): Decided => ({
  decision: id,
  case: known.id,
  action,
  status: known.status,
  version: known.version,
  statement,
})

/** The same decision, if this operator has just taken it and only the answer was lost. */
async function takenAlready(
  world: SandboxWorld,
  id: string,
  verdict: Verdict,
  operator: string,
): Promise<Decided | undefined> {
  const known = await findCase(world.db, id)
  const decision = known?.decision ? await findDecision(world.db, known.decision) : undefined
  const same =
    decision &&
    decision.operator === operator &&
    decision.action === verdict.action &&
    decision.statement.facts === verdict.facts &&
    decision.until === endOf(verdict.action, verdict.duration, decision.decidedAt)
  return known && same ? answerOf(known, decision) : undefined
}

/** The statement of reasons as it would be sent if the case were decided so now. Refuses what `decideSubject` would refuse; changes nothing. */
export async function previewDecision(
  world: SandboxWorld,
  operator: Person,
  id: string,
  verdict: Verdict,
): Promise<Outcome<StatementOfReasons>> {
  const known = await findCase(world.db, id)
  if (!known) return fail({ code: 'not-found' })
  const wrong = misfit(verdict, known)
  if (wrong) return wrong
  const by = { actor: operator.id, now: world.now() }
  const decision = decisionOf(known, verdict, { id: world.newId('dec'), operator: operator.id, now: by.now })
  const possible = judge(
    known,
    { type: 'decide', decision: decision.id, action: verdict.action, until: decision.until },
    by,
  )
  return possible.ok ? ok(decision.statement) : possible
}

/** Decides a case: one batch holds the decision with its reasons, what it does, whom it is told and what the detector learns, behind `first` where that comes with it. */
export async function decideSubject(
  world: SandboxWorld,
  operator: Person,
  id: string,
  verdict: Verdict,
  first: (decision: string) => readonly Statement[] = () => [],
): Promise<Outcome<Decided>> {
  const taken = await takenAlready(world, id, verdict, operator.id)
  if (taken) return ok(taken)
  const now = world.now()
  const decisionId = world.newId('dec')
  let decision: Decision | undefined
  const next = await actOnCase(world, id, { actor: operator.id, now }, async (known): Promise<Outcome<Plan>> => {
    const wrong = misfit(verdict, known)
    if (wrong) return wrong
    if (known.status !== 'closed' && verdict.version !== undefined && verdict.version !== known.version)
      return fail({ code: 'conflict', detail: `The case is at version ${known.version} now; read it again` })
    if (known.status !== 'closed' && verdict.version === undefined && (await wasEdited(world.db, id)))
      return fail({ code: 'conflict', detail: 'The post was rewritten: say which version of the case you have read' })
    decision = decisionOf(known, verdict, { id: decisionId, operator: operator.id, now })
    const command = { type: 'decide', decision: decisionId, action: verdict.action, until: decision.until } as const
    return ok({
      command,
      also: [
        ...first(decisionId),
        decisionInsertion(world.db, decision),
        ...(await consequences(world, known, decision)),
      ],
    })
  })
  if (!next.ok) return next
  return ok(answerOf(next.value, decision as Decision))
}

/** A statement of reasons for somebody whom it concerns. */
export const describeDecision = ({ id, subject, action, decidedAt, statement }: Decision) => ({
  decision: id,
  case: subject,
  action,
  decidedAt: toRfc3339(decidedAt),
  statement,
})
