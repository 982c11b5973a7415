import type { ModerationCase } from '../../contract/marketplace.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { type Job, wholeText } from '../job/job.ts'
import { findJob } from '../job/store.ts'
import type { Case } from '../moderation/case.ts'
import { appealsOf, decisionsOf, findDecision } from '../moderation/decision/store.ts'
import { type Label, labelOfCase } from '../moderation/label/store.ts'
import { accuracyOf, priorityOf } from '../moderation/report/priority.ts'
import { firstReports } from '../moderation/report/store.ts'
import { casesAbout, eventsOf, findCase } from '../moderation/store.ts'
import type { Category } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

const timeOf = (at: Case['decidedAt']): string | null => (at === null ? null : toRfc3339(at))

/** A case in a list. */
export const describeCase = (known: Case) => ({
  case: known.id,
  subject: { type: known.kind, id: known.ref, person: known.person },
  status: known.status,
  priority: priorityOf(known.points),
  openedBy: known.openedBy,
  openedAt: toRfc3339(known.openedAt),
  updatedAt: toRfc3339(known.updatedAt),
  reportCount: known.reports,
  policy: known.policy,
  automated: known.automated,
  claim: known.claimedBy === null ? null : { operator: known.claimedBy, until: timeOf(known.claimedUntil) },
  awaiting: known.status === 'closed' ? null : known.appeal === null ? ('decision' as const) : ('appeal' as const),
  decision:
    known.decision === null
      ? null
      : {
          id: known.decision,
          action: known.action,
          by: known.decidedBy,
          decidedAt: timeOf(known.decidedAt),
          until: timeOf(known.until),
        },
  appeal:
    known.appeal === null
      ? null
      : { id: known.appeal, outcome: known.appealOutcome, decidedAt: timeOf(known.appealDecidedAt) },
  final: known.final,
  version: known.version,
})

/** A post as it was decided about, where its client has rewritten it since; undefined where it stands as it was, or nothing is decided. */
export async function judgedPost(
  { db }: Pick<SandboxWorld, 'db'>,
  known: Case,
  job: Job | undefined,
): Promise<Label | undefined> {
  const post = job && known.decision !== null ? await labelOfCase(db, known) : undefined
  if (!job || !post) return undefined
  const isSame =
    wholeText(post) === wholeText(job) &&
    post.category === job.category &&
    post.pay.type === job.payType &&
    post.pay.amount === job.payAmount
  return isSame ? undefined : post
}

const wordsOf = ({ title, body, category, payType, payAmount }: Job) => ({
  title,
  body,
  category,
  pay: { type: payType, amount: payAmount },
})

/** Of one case the first so many reports are shown. */
export const REPORTS_SHOWN = 100

async function reportsWithRecords({ db }: SandboxWorld, subject: string) {
  const reports = await firstReports(db, subject, REPORTS_SHOWN)
  return reports.map(({ report: { id, reporter, reason, detail, at, muted, outcome }, record }) => ({
    report: id,
    reporter,
    accuracy: accuracyOf(record),
    reason,
    detail,
    at: toRfc3339(at),
    muted,
    outcome,
  }))
}

/** Everything about a case, for operators. */
export async function showCase(world: SandboxWorld, id: string) {
  const known = await findCase(world.db, id)
  if (!known) return fail({ code: 'not-found' } as const)
  const { kind, ref } = known
  const [events, reports, decisions, appeals, cases, job] = await Promise.all([
    eventsOf(world.db, id),
    reportsWithRecords(world, id),
    decisionsOf(world.db, id),
    appealsOf(world.db, id),
    casesAbout(world.db, kind, ref),
    kind === 'job' ? findJob(world.db, ref) : undefined,
  ])
  const judged = await judgedPost(world, known, job)
  return ok({
    ...describeCase(known),
    events: events.map(({ seq, type, actor, at, data }) => ({ seq, type, actor, at: toRfc3339(at), data })),
    reports,
    assessments: events.flatMap((event) => (event.type === 'detected' ? [event.data] : [])),
    evidence: events.flatMap((event) =>
      event.type === 'alleged'
        ? [{ policy: event.data.policy, automated: event.data.automated, evidence: event.data.evidence }]
        : [],
    ),
    decisions: decisions.map(({ id: decision, operator, action, kinds, statement }) => ({
      decision,
      operator,
      action,
      kinds,
      statement,
    })),
    appeals: appeals.map(({ id: appeal, decision, text, at, outcome, reasons, decidedBy, decidedAt }) => ({
      appeal,
      decision,
      text,
      at: toRfc3339(at),
      outcome,
      reasons,
      decidedBy,
      decidedAt: timeOf(decidedAt),
    })),
    job: job
      ? {
          id: job.id,
          client: job.client,
          ...(judged
            ? { title: judged.title, body: judged.body, category: judged.category as Category, pay: judged.pay }
            : wordsOf(job)),
          state: job.state,
          rewritten: judged ? wordsOf(job) : null,
        }
      : null,
    history: cases.filter((other) => other.id !== id).map(describeCase),
  })
}

/** A case as the plugin sees one that it brought up. */
export async function showCaseToPlugin(world: SandboxWorld, id: string): Promise<Outcome<ModerationCase>> {
  const known = await findCase(world.db, id)
  if (!known?.alleged) return fail({ code: 'not-found' })
  const { kind: type, ref, person, policy, automated, status, final, version } = known
  const decision = known.decision === null ? undefined : await findDecision(world.db, known.decision)
  return ok({
    case: id,
    subject: { type, id: ref, ...(person === null ? {} : { worker: person }) },
    policy,
    automated,
    status,
    decision: decision
      ? { action: decision.action, decidedAt: toRfc3339(decision.decidedAt), statement: decision.statement }
      : null,
    appeal:
      known.appealOutcome === null ? null : { outcome: known.appealOutcome, decidedAt: timeOf(known.appealDecidedAt) },
    final,
    version,
  })
}
