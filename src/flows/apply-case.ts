import type { ModerationCase } from '../contract/marketplace.ts'
import type { StatusAct } from '../credential/credential-status.ts'
import { currentEdition, findCredential } from '../credential/store.ts'
import { type CaseMeasure, type CaseState, caseMeasure } from '../integrity/case-measure.ts'
import {
  type CaseProgress,
  caseProgressStatement,
  findCaseByMessage,
  findCaseByName,
  insertCaseStatement,
  nameCase,
  nameCaseStatement,
  notTakenStatement,
  unnamedReport,
} from '../integrity/store.ts'
import type { IntegrityCase } from '../integrity/tables.ts'
import { type Instant, parseRfc3339 } from '../kernel/instant.ts'
import { fail, ok } from '../kernel/result.ts'
import { noteOnceStatement } from '../marketplace/events/store.ts'
import { isLost, isOnItsWay } from '../platform/outbox/store.ts'
import type { Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { ask, enqueueUnlessWaiting } from './address-messages.ts'
import { changeCredential } from './change-credential-status.ts'
import { freezeMissing } from './freeze-skill-context.ts'

/** The marketplace has taken a case: its name is noted, and its state asked for, which may have changed before we knew the name. */
export async function applyCaseTaken(
  world: World,
  {
    message,
    worker,
    marketplaceCase,
  }: { readonly message: string; readonly worker: string; readonly marketplaceCase: string },
): Promise<void> {
  const known = await findCaseByName(world.db, marketplaceCase)
  // taken for one of the marketplace's own while its name did not come: that one goes on
  if (known && known.message !== message) return applyCaseNotTaken(world, message)
  const taken = await nameCase(world.db, message, marketplaceCase)
  if (taken)
    await enqueueUnlessWaiting(world, ask(world, worker, [{ kind: 'read-case', case: marketplaceCase }]), world.now())
}

/** The marketplace does not take a case: nobody will ever judge it, so nothing of it holds the certificate any more. */
export async function applyCaseNotTaken(world: World, message: string): Promise<void> {
  const known = await findCaseByMessage(world.db, message)
  if (!known || known.marketplaceCase !== null) return
  const act = { act: 'lift', cause: 'case', ref: known.id, until: world.now() } as const
  const concerned = await currentEdition(world.db, known.credential)
  await changeCredential(world, concerned, { cause: 'case', why: known.id }, () =>
    ok({ acts: known.final ? [] : [act], statements: [notTakenStatement(world.db, known.id)] }),
  )
}

const stateOf = ({ decision, appeal, final }: ModerationCase): CaseState | undefined => {
  const decidedAt = decision && parseRfc3339(decision.decidedAt)
  const appealedAt = appeal?.decidedAt ? parseRfc3339(appeal.decidedAt) : undefined
  if (decision && !decidedAt) return undefined
  return {
    decision:
      decision && decidedAt ? { action: decision.action, decidedAt, automated: decision.automated === true } : null,
    // an appeal that is not decided yet changes nothing
    appeal: appeal?.outcome && appealedAt !== undefined ? { outcome: appeal.outcome, decidedAt: appealedAt } : null,
    final,
  }
}

const progressOf = (told: ModerationCase, { decision, appeal, final }: CaseState): CaseProgress => ({
  status: told.status,
  action: decision?.action ?? null,
  decidedAt: decision?.decidedAt ?? null,
  appealOutcome: appeal?.outcome ?? null,
  appealDecidedAt: appeal?.decidedAt ?? null,
  final,
  version: told.version,
})

function actsOf(
  measure: CaseMeasure,
  { id, openedAt }: { readonly id: string; readonly openedAt: Instant },
): StatusAct[] {
  switch (measure.measure) {
    case 'held':
      return [{ act: 'hold', cause: 'case', ref: id, since: openedAt }]
    case 'free':
      return [{ act: 'lift', cause: 'case', ref: id, until: measure.since }]
    case 'revoked':
      return [{ act: 'revoke', cause: 'case' }]
    default:
      return measure satisfies never
  }
}

/** A case that is not known by its name, and what records it. */
interface NewlyNamed {
  readonly known: IntegrityCase
  readonly recorded: Statement
}

/**
 * A case about one of our certificates that the marketplace opened by itself, as its first decision shows it; or the one that
 * we reported, where the report was given up for good: it was taken without our hearing so, or is judged with this one.
 */
async function foreignCase(
  world: World,
  worker: string,
  told: ModerationCase,
  state: CaseState,
): Promise<NewlyNamed | undefined> {
  const [type, id] =
    typeof told.subject === 'string' ? told.subject.split(':', 2) : [told.subject.type, told.subject.id]
  if (type !== 'credential' || id === undefined || state.decision === null) return undefined
  const credential = await findCredential(world.db, id)
  if (credential?.worker !== worker) return undefined
  const report = await unnamedReport(world.db, id)
  // it may be this very one, which the marketplace has taken under a name that we do not know yet
  if (report !== undefined && (await isOnItsWay(world.db, report))) throw new Error('a case has no name yet')
  const lost = report !== undefined && (await isLost(world.db, report)) ? report : undefined
  const reported = lost === undefined ? undefined : await findCaseByMessage(world.db, lost)
  if (lost !== undefined && reported && reported.openedAt <= state.decision.decidedAt)
    return { known: reported, recorded: nameCaseStatement(world.db, lost, told.case) }
  const opened = {
    id: world.newId('cas'),
    credential: credential.id,
    worker,
    policy: 'marketplace',
    note: '',
    actor: '',
    openedAt: state.decision.decidedAt,
    message: null,
    marketplaceCase: told.case,
  }
  const known: IntegrityCase = {
    ...opened,
    status: 'open',
    action: null,
    decidedAt: null,
    appealOutcome: null,
    appealDecidedAt: null,
    final: false,
    version: 0,
  }
  return { known, recorded: insertCaseStatement(world.db, known) }
}

/**
 * Applies the state of a case: the credential is held, let go or revoked, as the state says, whatever states came before.
 * A state that is not newer than the one on record changes nothing.
 */
export async function applyCase(world: World, worker: string, told: ModerationCase): Promise<void> {
  const state = stateOf(told)
  if (!state) return
  const own = await findCaseByName(world.db, told.case)
  const named = own ? undefined : await foreignCase(world, worker, told, state)
  const known = own ?? named?.known
  if (!known || known.worker !== worker || known.version >= told.version) return
  const statements: Statement[] = [
    noteOnceStatement(world.db, { id: `case:${told.case}:${told.version}`, type: 'case' }, world.now()),
    ...(named ? [named.recorded] : []),
    caseProgressStatement(world.db, known.id, progressOf(told, state)),
  ]
  const acts = actsOf(caseMeasure(state), known)
  // what was decided about a certificate holds for the one that stands in for it
  const concerned = await currentEdition(world.db, known.credential)
  const changed = await changeCredential(world, concerned, { cause: 'case', why: known.id }, async ({ credential }) => {
    if (credential.statusCause === 'replaced')
      return fail({ code: 'conflict', detail: 'the certificate was corrected meanwhile' })
    const current = await findCaseByName(world.db, told.case)
    if (current && !own) return fail({ code: 'conflict', detail: 'the case was recorded meanwhile' })
    // what was applied meanwhile, in this version or a later one, stays
    return ok(current && current.version >= told.version ? { acts: [] } : { acts, statements })
  })
  if (!changed.ok && changed.problem.code === 'conflict') return applyCase(world, worker, told)
  await freezeMissing(world, worker)
}
