import { readFile } from 'node:fs/promises'
import { requestOf } from '../../../contract/call.ts'
import { listWorkerReviews, readContractReviews } from '../../api/review-calls.ts'
import { readWorker } from '../../api/workers-api.ts'
import type { Say } from '../texts.ts'
import { type Check, checkThat } from './check.ts'
import { MARK } from './visitors.ts'
import type { Year } from './year.ts'

/** Files in which a confidential note lies, in plain or half of it across two pages. */
async function filesWithNotes(files: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const file of files) {
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0)
      throw error
    })
    if (bytes.includes(MARK)) found.push(file)
  }
  return found
}

/** Reads everything that anybody may read of everybody once more. */
async function readEverything(year: Year): Promise<void> {
  for (const { id, joinsOn } of year.workers.values()) {
    if (joinsOn !== null && joinsOn >= year.day) continue
    await year.visitors.market(null, requestOf(readWorker, { path: { id } }))
    await year.visitors.market(null, requestOf(listWorkerReviews, { path: { id }, query: { limit: 100 } }))
  }
  for (const { id, client, worker } of year.contracts.slice(-200))
    for (const who of [client, worker])
      await year.visitors.market(who, requestOf(readContractReviews, { path: { id } }))
}

/** Nothing that was said in confidence has left, in all that was answered in the year. */
export async function checkSecrets(year: Year): Promise<readonly Check[]> {
  await readEverything(year)
  const { watched, hiddenJobs } = year.visitors
  const kept = await filesWithNotes(year.pair.pluginFiles)
  const seen = {
    notes: year.times('reviews'),
    answers: watched.requests,
    calls: watched.wireCalls,
    read: watched.notesSeenByOperators,
  }
  const notes: Say[] = [...watched.leaks]
  for (const file of kept) notes.push((t) => t('sandbox.check.notes.file', { file }))
  if (year.times('worklist entries') > 0 && watched.notesSeenByOperators === 0)
    notes.push((t) => t('sandbox.check.notes.blind'))
  return [
    checkThat(
      (t) => t('sandbox.check.notes'),
      notes,
      (t) => t('sandbox.check.notes.seen', seen),
    ),
    checkThat(
      (t) => t('sandbox.check.aggregates'),
      watched.thinAggregates,
      (t) => t('sandbox.check.aggregates.seen', { count: watched.aggregates }),
    ),
    checkThat(
      (t) => t('sandbox.check.jobs'),
      watched.hiddenJobsShown,
      (t) => t('sandbox.check.jobs.seen', { held: year.times('held'), hidden: hiddenJobs.size }),
    ),
  ]
}
