import { ranItsCourse } from '../attempt/attempt.ts'
import type { ProcessData } from '../attempt/process-data/process-data.ts'
import { processDataOf } from '../attempt/process-data/store.ts'
import { attemptsOfWorker, findAttempt, type StoredAttempt } from '../attempt/store.ts'
import { partResultsOf } from '../credential/part-results.ts'
import { findCredential } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { casesOfCredential } from '../integrity/store.ts'
import type { IntegrityCase } from '../integrity/tables.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { noteLook, ownCase } from './note-act.ts'
import { readWork } from './read-work.ts'

/** How the work on one task went; without data where none is kept. */
export interface TaskProcess {
  readonly ref: string
  readonly title: string
  readonly data?: ProcessData
}

export interface Inquiry {
  readonly credential: CredentialRow
  readonly openCase: IntegrityCase
  readonly attempt: StoredAttempt
  readonly tasks: readonly TaskProcess[]
}

/** The case about a certificate that may still change, where the certificate tells of practical work: process data is shown in none but such an inquiry. */
export async function practicalInquiry(
  { db }: World,
  { id, jwt }: Pick<CredentialRow, 'id' | 'jwt'>,
): Promise<IntegrityCase | undefined> {
  if (!partResultsOf(jwt).some(({ part }) => part === 'practical')) return undefined
  return (await casesOfCredential(db, id)).find(({ final }) => !final)
}

/** The sitting of the practical part that a certificate rests on: the one that earned it, or the last one before that. */
async function practicalSitting({ db }: World, credential: CredentialRow): Promise<StoredAttempt | undefined> {
  const earned = await findAttempt(db, credential.attemptId)
  if (!earned || earned.part === 'practical') return earned
  return (await attemptsOfWorker(db, earned.worker, earned.exam)).find(
    (one) =>
      one.part === 'practical' &&
      one.status === 'graded' &&
      ranItsCourse(one.reason) &&
      one.startedAt < earned.startedAt,
  )
}

/**
 * How the practical work behind a certificate went, for an operator who looks into an open case about it. Outside of a case it
 * is there for nobody. It is noted whose it was that was read, and nobody reads their own.
 */
export async function readProcessData(
  world: World,
  { session, id }: { readonly session: Session; readonly id: string },
): Promise<Result<Inquiry>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const credential = await findCredential(world.db, id)
  if (!credential) return fail({ code: 'not-found' })
  const own = ownCase(session, credential.worker)
  if (own) return fail(own)
  const openCase = await practicalInquiry(world, credential)
  const attempt = openCase && (await practicalSitting(world, credential))
  if (!attempt) return fail({ code: 'not-found' })
  await noteLook(world, {
    act: 'process.read',
    actor: { person: session.worker },
    subject: { person: attempt.worker },
    object: attempt.id,
    facts: { case: openCase.id, exam: attempt.exam },
  })
  const [{ tasks: instances }, data] = await Promise.all([
    readWork(world, attempt),
    processDataOf(world.db, attempt.id),
  ])
  const tasks = instances.map(({ ref, instance }): TaskProcess => {
    const own = data.get(ref)
    return { ref, title: instance.presented.title, ...(own ? { data: own } : {}) }
  })
  return ok({ credential, openCase, attempt, tasks })
}
