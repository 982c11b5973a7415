import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import { type Draft, draftOf, type Job, stateAfterEdit, stateAt, written } from '../job/job.ts'
import { closeJobNow, demandUnchanged, findJob, isEditingRace, rewriteJob } from '../job/store.ts'
import { correctionAsked, type Decision, measuresEnd } from '../moderation/decision/store.ts'
import { latestEdits, noteEdited } from '../moderation/store.ts'
import type { Allowance } from '../people/allowance.ts'
import type { Client } from '../people/person.ts'
import { findClient } from '../people/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { refuseBeyond } from './limit-acts.ts'
import { putBeforeOperator } from './open-case.ts'
import { assess, checkClosing, raiseSuspicion, readAs, warnFirst, writtenAs } from './post-job.ts'
import { shadowText } from './shadow-text.ts'

export interface OwnJob {
  readonly client: string
  readonly job: string
}

async function requireOwnJob(world: SandboxWorld, { client, job }: OwnJob): Promise<Outcome<Job>> {
  const known = await findJob(world.db, job)
  return known?.client === client ? ok(known) : fail({ code: 'not-found' })
}

interface Edit {
  readonly client: Client
  readonly known: Job
  readonly draft: Draft
  /** Whether the writer has been warned and saves it all the same. */
  readonly anyway: boolean
}

const isSameText = ({ known, draft }: Edit): boolean => draft.title === known.title && draft.body === known.body

/** Whether the detector, and whoever judges by what it says, would read just what stands there already. */
function readsTheSame(world: SandboxWorld, { client, known, draft }: Edit): boolean {
  const [before, after] = [draftOf(known), draft].map((one) => JSON.stringify(readAs(world, client, one)))
  return before === after
}

/** How a job is written, and what else changes with it. */
interface Judged {
  readonly row: Parameters<typeof rewriteJob>[2]
  readonly raised: readonly Statement[]
}

/** How an edited job is written, and what puts it before a person. A post that a person has cleared needs nobody's time again while it reads the same. */
async function judge(world: SandboxWorld, edit: Edit): Promise<Outcome<Judged>> {
  const { client, known, draft, anyway } = edit
  if (known.cleared && readsTheSame(world, edit))
    return ok({ row: writtenAs(draft, { assessment: known.assessment, cleared: true }, known.state), raised: [] })
  const recalled = await assess(world, client, draft)
  const { assessment } = recalled
  const state = stateAfterEdit(known.state, assessment.band)
  // of words that stand there already the writer was told when they were sent
  const warned = anyway || isSameText(edit) ? undefined : warnFirst(draft, recalled, state)
  if (warned) return warned
  return ok({
    row: writtenAs(draft, recalled, state),
    raised: [
      ...raiseSuspicion(world, { id: known.id, client: client.id }, assessment),
      ...shadowText(world, readAs(world, client, draft), { surface: 'job', ref: known.id }),
    ],
  })
}

/** How a post that was to be corrected is handed in again: it waits for a person, whatever the detector makes of it now. */
async function handIn(world: SandboxWorld, edit: Edit, asked: Decision): Promise<Outcome<Judged>> {
  const { client, known, draft, anyway } = edit
  const recalled = await assess(world, client, draft)
  const { assessment } = recalled
  const warned = anyway ? undefined : warnFirst(draft, recalled, 'held')
  if (warned) return warned
  return ok({
    row: {
      ...written(draft, assessment, 'held'),
      restoredTo: 'held' as const,
      takenDownUntil: null,
    },
    raised: [
      measuresEnd(world.db, asked.id, { at: world.now(), by: 'correction' }),
      ...putBeforeOperator(world, { id: known.id, client: client.id }, { ...assessment, band: 'hold' }),
    ],
  })
}

/** How often a post may be rewritten while a case about it is open: each time, who decides has to read it again. */
const EDITS_IN_CASE: Allowance = { hour: 4, day: 12 }

/** Rewrites a job that is open, is to be corrected or waits for a person. The detector reads it again, and the writer is told as of a new one; a post that waits for a person goes on waiting. */
export async function editJob(
  world: SandboxWorld,
  own: OwnJob,
  change: { readonly [Part in keyof Draft]?: Draft[Part] | undefined },
  anyway: boolean,
): Promise<Outcome<Job>> {
  const known = await requireOwnJob(world, own)
  const client = await findClient(world.db, own.client)
  if (!known.ok || !client) return known.ok ? fail({ code: 'not-found' }) : known
  if (client.standing === 'suspended') return fail({ code: 'standing', standing: client.standing })
  const state = stateAt(known.value, world.now())
  const asked = state === 'taken-down' ? await correctionAsked(world.db, own.job) : undefined
  if (!asked && !['published', 'queued', 'held'].includes(state))
    return fail({ code: 'wrong-state', state, detail: 'Only a job that is open, or waits for a person, can be edited' })
  const before = draftOf(known.value)
  const draft: Draft = {
    title: change.title ?? before.title,
    body: change.body ?? before.body,
    category: change.category ?? before.category,
    pay: change.pay ?? before.pay,
    closesAt: change.closesAt === undefined ? before.closesAt : change.closesAt,
    headcount: Math.max(change.headcount ?? before.headcount, known.value.hired + 1),
    welcomesNewcomers: change.welcomesNewcomers ?? before.welcomesNewcomers,
  }
  const closing = checkClosing(draft.closesAt, world.now())
  if (!closing.ok) return closing
  const edit = { client, known: known.value, draft, anyway }
  const isReadTheSame = readsTheSame(world, edit)
  if (!isReadTheSame) {
    const edits = await latestEdits(world.db, own.job, EDITS_IN_CASE.day)
    const allowed = refuseBeyond(edits, EDITS_IN_CASE, world.now())
    if (!allowed.ok) return allowed
  }
  const judged = asked ? await handIn(world, edit, asked) : await judge(world, edit)
  if (!judged.ok) return judged
  try {
    await world.db.batch([
      demandUnchanged(world.db, known.value),
      rewriteJob(world.db, own.job, judged.value.row),
      // before what opens a case: whoever reads that one reads the new words
      ...(isReadTheSame ? [] : noteEdited(world.db, known.value, world.now())),
      ...judged.value.raised,
    ])
  } catch (error) {
    if (isEditingRace(error)) return fail({ code: 'conflict', detail: 'The job changed meanwhile: read it again' })
    throw error
  }
  return requireOwnJob(world, own)
}

/** Closes a job: nobody finds it or applies any more. */
export async function closeJob(world: SandboxWorld, own: OwnJob): Promise<Outcome<Job>> {
  const known = await requireOwnJob(world, own)
  if (!known.ok) return known
  const closed = await closeJobNow(world.db, own.job)
  const after = await requireOwnJob(world, own)
  if (closed.length === 1 || !after.ok) return after
  return fail({
    code: 'wrong-state',
    state: after.value.state,
    detail: 'Only a job that is open, or waits for a person, can be closed',
  })
}
