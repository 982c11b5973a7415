import { eventsOf } from '../attempt/listing/store.ts'
import { responsesOf } from '../attempt/responses/store.ts'
import { findAttempt, type StoredAttempt } from '../attempt/store.ts'
import { tasksOf } from '../attempt/tasks/store.ts'
import type { PresentedResponse, PresentedSection, PresentedTaskItem } from '../form/form.ts'
import { presentForm } from '../form/present-form.ts'
import type { PartId } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import { findBank } from '../item/store.ts'
import type { AttemptId } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { SessionClaim } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { settleAttempt } from './close-attempt.ts'
import { examShown } from './judge-bank.ts'

/** Names an attempt on behalf of a session. */
export interface AttemptCall {
  readonly session: SessionClaim
  readonly id: string
}

/** The session's own attempt, closed and graded if its time is over. Somebody else's is not found. */
export async function findOwnAttempt(world: World, { session, id }: AttemptCall): Promise<Result<StoredAttempt>> {
  const attempt = await findAttempt(world.db, id)
  if (!attempt || attempt.worker !== session.worker) return fail({ code: 'not-found' })
  const settled = await settleAttempt(world, attempt)
  return settled ? ok(settled) : fail({ code: 'not-found' })
}

/** An attempt as its candidate sees it. The paper is shown only while it is open. */
export interface AttemptView {
  readonly id: AttemptId
  readonly status: 'open' | 'closed' | 'graded'
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly locale: Locale
  readonly now: Instant
  readonly startedAt: Instant
  readonly deadline: Instant
  readonly lease?: string
  /** Of an exam in parts. */
  readonly part?: PartId
  readonly sections: readonly PresentedSection[]
  /** The practical tasks of the paper, each a section of its own. */
  readonly tasks: readonly PresentedTaskItem[]
  readonly responses: Readonly<Record<string, { readonly response: PresentedResponse; readonly revision: number }>>
  /** When the last of them was saved. */
  readonly savedAt?: Instant | undefined
  /** Why an operator last gave it more time; nothing of an accommodation, which is between the person and the marketplace. */
  readonly extendedWhy?: string
}

/** An attempt that saw no event but its start was never extended. */
async function extendedWhy({ db }: World, { id, version }: StoredAttempt): Promise<string | undefined> {
  if (version === 1) return undefined
  const last = (await eventsOf(db, id)).findLast(
    ({ type, data }) => type === 'deadline-extended' && data.timeMultiplier === undefined,
  )
  return last && String(last.data.why)
}

export async function viewAttempt(
  world: World,
  attempt: StoredAttempt,
  { withLease }: { withLease: boolean },
): Promise<AttemptView> {
  const bank = await findBank(world.db, attempt.bankHash)
  if (!bank) throw new Error(`bank ${attempt.bankHash} of attempt ${attempt.id} is missing`)
  const { title } = await examShown(world, bank)
  const open = attempt.status === 'open'
  const [saved, tasks, why] = open
    ? await Promise.all([
        responsesOf(world.db, attempt.id),
        attempt.form.tasks ? tasksOf(world.db, attempt.id) : [],
        extendedWhy(world, attempt),
      ])
    : [[], [], undefined]
  return {
    id: attempt.id,
    status: attempt.status,
    exam: attempt.exam,
    title: title[attempt.locale] ?? bank.exam.id,
    level: bank.exam.level,
    locale: attempt.locale,
    now: world.now(),
    startedAt: attempt.startedAt,
    deadline: attempt.deadline,
    ...(open && withLease ? { lease: attempt.lease } : {}),
    ...(attempt.part === undefined ? {} : { part: attempt.part }),
    ...(why === undefined ? {} : { extendedWhy: why }),
    sections: open ? presentForm(attempt.form, bank) : [],
    tasks: tasks.map(({ ref, instance }) => ({
      ref,
      points: attempt.form.tasks?.find((task) => task.ref === ref)?.points ?? 0,
      task: instance.presented,
    })),
    responses: Object.fromEntries(
      saved.map((save) => [save.item, { response: save.response, revision: save.revision }]),
    ),
    savedAt: saved.map((save) => save.savedAt).sort((a, b) => b - a)[0],
  }
}

/** The session's attempt. The lease is not in it: whoever wants to write takes it. */
export async function readAttempt(world: World, call: AttemptCall): Promise<Result<AttemptView>> {
  const own = await findOwnAttempt(world, call)
  return own.ok ? ok(await viewAttempt(world, own.value, { withLease: false })) : own
}
