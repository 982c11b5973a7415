import { hours, minus } from '../kernel/instant.ts'
import { erasedWorkNoted, forgetErasedWork } from '../marketplace/store.ts'
import { ArchiveDown, type LogEvent } from '../platform/log-line.ts'
import { allBut, type Budget, noLimit, type World } from '../world/world.ts'
import { archiveAttempts, removeErasedWork } from './archive-attempts.ts'
import { expireCredentials } from './change-credential-status.ts'
import { closeOverdueAttempts } from './close-overdue-attempts.ts'
import { drainOutbox } from './drain-outbox.ts'
import { measureExam } from './measure-exam.ts'
import { noteKeyChanges } from './note-key-changes.ts'
import { reconcile } from './reconcile.ts'
import { remindHolders } from './remind-holders.ts'
import { resignCredentials } from './resign-credentials.ts'
import { announceSeal, sealLog } from './seal-log.ts'

/** Told what could not be done; it is tried again with the next sweep. */
export type ReportFailure = (event: LogEvent, about: string, error?: unknown) => void

interface Part {
  /** Statements that this part has for itself, whatever the parts before it would still have to do. */
  readonly kept: number
  /** On Node it has rounds of its own: it waits for others, and nothing else must wait for it. */
  readonly waits?: true
  run(world: World, budget: Budget, report: ReportFailure): Promise<unknown>
}

const closing: Part = {
  kept: 0,
  run: async (world, budget, report) => {
    for (const { attempt, error } of (await closeOverdueAttempts(world, budget)).failed)
      report('attempt-not-settled', attempt, error)
  },
}

/** Attempts that one sweep archives at most, one after the other: each waits for the archive twice. */
const MOST_ARCHIVED = 10
/** Whoever archived somebody's work while they were erased has ended by then, or was ended between the file and what tells of it. */
const LEFT_AFTER = hours(1)

async function keepArchive(world: World, budget: Budget, report: ReportFailure): Promise<void> {
  if (!world.archive) return
  try {
    await archiveAttempts(world, { budget, most: MOST_ARCHIVED, report })
    // a bucket is paid by the call: it is looked into where somebody was erased, and nowhere else
    const noted = await erasedWorkNoted(world.db, minus(world.now(), LEFT_AFTER))
    if (!noted) return
    await removeErasedWork(world, { ending: noted.ending })
    await forgetErasedWork(world.db, noted)
  } catch (error) {
    if (!(error instanceof ArchiveDown)) throw error
    report('archive-down', 'archive', error)
  }
}

/** In the order in which people wait for them. None remembers where it stopped: each begins with what has waited longest. */
const parts: readonly Part[] = [
  closing,
  { kept: 80, run: (world, budget) => expireCredentials(world, budget) },
  { kept: 40, run: (world, budget) => remindHolders(world, budget) },
  // what the log of acts lacks, and its next seal: a few statements
  { kept: 20, run: (world) => noteKeyChanges(world) },
  { kept: 50, run: (world) => sealLog(world) },
  { kept: 10, run: (world) => announceSeal(world) },
  {
    kept: 60,
    run: async (world, budget, report) => {
      const { refused } = await resignCredentials(world, budget)
      for (const credential of refused) report('token-not-signed-anew', credential)
    },
  },
  { kept: 200, waits: true, run: (world, budget) => drainOutbox(world, { budget }) },
  // nightly by its own clock; what it posts goes out with the next sweep
  { kept: 120, waits: true, run: (world, budget) => reconcile(world, budget) },
  // figures for staff, an exam at a time
  { kept: 80, run: (world, budget) => measureExam(world, budget) },
  { kept: 60, waits: true, run: keepArchive },
]

/** What is due and waits for nobody: the sweep of a process that has rounds of its own for what does. */
export async function sweepAtOnce(world: World, report: ReportFailure): Promise<void> {
  for (const part of parts) if (!part.waits) await part.run(world, noLimit, report)
}

/** What a budget should have so that each part has what it keeps for itself, and something is left to lend. */
const WHOLE = 900

/**
 * Everything that is due, within a budget: what does not fit is done by the next sweep. A part may use what the parts after
 * it do not keep for themselves, so that much of one thing never keeps the others from their turn.
 */
export async function sweep(world: World, report: ReportFailure, budget: Budget = noLimit): Promise<void> {
  // a smaller budget is shared out in the same proportions
  const scale = Math.min(1, budget.left() / WHOLE)
  for (const [at, part] of parts.entries()) {
    const keptByOthers = Math.floor(scale * parts.slice(at + 1).reduce((sum, { kept }) => sum + kept, 0))
    await part.run(world, allBut(budget, keptByOthers), report)
  }
  // what the others left
  if (budget !== noLimit) await closing.run(world, budget, report)
}
