import { findAttempt } from '../attempt/store.ts'
import { wholeSecond } from '../credential/open-badge.ts'
import { replacementOf } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import type { Bank, ExamDefinition } from '../item/bank.ts'
import { findBank, latestBank } from '../item/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { findWorker } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'
import { type Course, changeCredential } from './change-credential-status.ts'
import { issueCredential } from './issue-credential.ts'
import { examShown, isUntried, standingOfBank } from './judge-bank.ts'
import { refuseChange } from './note-act.ts'
import { notifyStatements } from './notify-marketplace.ts'
import type { Situation } from './plan-status-change.ts'

/** An operator wants a mistake in a credential corrected. */
export interface Correction {
  readonly session: Session
  readonly id: string
  readonly why: string
}

export interface Reissued {
  readonly credential: CredentialRow
  /** The credential that it stands in for. */
  readonly replaces: string
  /** False when it was corrected before, and this is what was issued then. */
  readonly created: boolean
}

/** The exam as it was sat, in the words that it has now. */
function inPresentWords(sat: ExamDefinition, { exam: present }: Bank): ExamDefinition {
  const { claim = sat.claim, limits = sat.limits } = present
  const sections = sat.sections.map((section) => ({
    ...section,
    title: present.sections.find(({ topic }) => topic === section.topic)?.title ?? section.title,
  }))
  const skills = sat.skills.map((skill) => present.skills.find(({ id }) => id === skill.id) ?? skill)
  return { ...sat, title: present.title, sections, skills, ...(claim ? { claim } : {}), ...(limits ? { limits } : {}) }
}

const refuse = (detail: string) => fail({ code: 'conflict' as const, detail })

/** What is issued in place of a credential: the same pass and the same end, with what is on record now. */
async function correct(
  world: World,
  { credential: old }: Situation,
  { session, why }: Correction,
): Promise<Result<Course>> {
  const issuedAt = wholeSecond(world.now())
  // what is under review would slip out of it
  if (old.status !== 'active') return refuse(`a credential that is ${old.status} cannot be corrected`)
  if (old.validUntil <= issuedAt) return refuse('a credential that has ended cannot be corrected')
  const [attempt, worker] = [await findAttempt(world.db, old.attemptId), await findWorker(world.db, old.worker)]
  const [sat, present] = [await findBank(world.db, old.bankHash), await latestBank(world.db, old.exam)]
  if (attempt?.status !== 'graded' || !worker || !sat || !present)
    return refuse('what was passed is not on record any more')
  if (!attempt.report.passed) return refuse('the attempt is no pass any more: revoke the credential')
  if ((await standingOfBank(world, sat)) === 'public')
    return refuse('the questions and keys of its exam are public: revoke the credential, or allow demonstrations')
  const entry = { cause: 'replaced', actor: session.worker, why } as const
  const before = { credential: old, relation: 'replaces' } as const
  const { credential, statements } = await issueCredential(world, {
    worker,
    attempt,
    exam: await examShown(world, { ...sat, exam: inPresentWords(sat.exam, present) }),
    isPiloted: !(await isUntried(world, sat)),
    report: attempt.report,
    issuedAt,
    validUntil: old.validUntil,
    before,
    entry,
  })
  const news = {
    credential,
    type: 'credential.issued',
    version: 1,
    signalCredential: credential,
    more: { replaces: old.id },
  } as const
  return ok({
    acts: [{ act: 'revoke', cause: 'replaced' }],
    issued: credential,
    statements: [...statements, ...notifyStatements(world, news)],
  })
}

/**
 * Corrects a credential: the old one is revoked for good, and a new one takes its place that says what is on record now:
 * the holder's name, the words of the exam, the report of the attempt. Both in one batch. Asked again, it gives what was issued.
 */
export async function reissueCredential(world: World, correction: Correction): Promise<Result<Reissued>> {
  const { session, id, why } = correction
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const changed = await changeCredential(
    world,
    id,
    { cause: 'replaced', actor: session.worker, under: session.id, why },
    (situation) => {
      const refused = refuseChange(session, situation.credential.worker, world.now())
      return refused ? fail(refused) : correct(world, situation, correction)
    },
  )
  if (!changed.ok && changed.problem.code !== 'conflict') return changed
  const replacement = await replacementOf(world.db, id)
  if (replacement) return ok({ credential: replacement, replaces: id, created: changed.ok })
  return changed.ok ? refuse('it was not corrected') : changed
}
