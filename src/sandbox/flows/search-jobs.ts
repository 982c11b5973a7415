import { wordsOf } from '../../platform/words/full-text.ts'
import { readHistories } from '../job/client-history/store.ts'
import type { PayType } from '../job/job.ts'
import { placeScore, unknownClient } from '../job/quality.ts'
import { explainJob } from '../job/reasons.ts'
import { listedJobs } from '../job/store.ts'
import { clientsAmong } from '../people/store.ts'
import type { Category } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { findPlaces, type JobPlace, MOST_COUNTED } from '../search/listing/store.ts'
import type { ShownJob } from './show-job.ts'

export interface JobSearch {
  /** What was typed; all words have to be found. */
  readonly q?: string | undefined
  readonly category?: Category | undefined
  readonly payType?: PayType | undefined
  readonly payMin?: number | undefined
  readonly payMax?: number | undefined
  /** Only jobs that say that who is new here is welcome. */
  readonly welcomes?: 'newcomers' | undefined
  readonly after?: JobPlace | undefined
  readonly limit: number
}

export interface FoundJobs {
  readonly jobs: readonly ShownJob[]
  /** Jobs that were found in all, counted up to 1,000; `more` where there are more than that. */
  readonly found: { readonly count: number; readonly more: boolean }
  /** Where the next page begins; undefined on the last. */
  readonly next: JobPlace | undefined
}

/** Open jobs, those in good places first. Held, taken-down, closed and expired ones and those of suspended clients are not among them. */
export async function searchJobs(
  world: SandboxWorld,
  { q = '', after, limit, ...query }: JobSearch,
): Promise<FoundJobs> {
  const now = world.now()
  const { places, found } = await findPlaces(
    world.db,
    { ...query, words: wordsOf(q) },
    { now, after, limit: limit + 1 },
  )
  const page = places.slice(0, limit)
  const listed = await listedJobs(
    world.db,
    page.map(({ doc }) => doc),
  )
  const byDoc = new Map(listed.map(({ doc, job }) => [doc, job]))
  // one that was taken out meanwhile is left out
  const jobs = page.flatMap((place) => {
    const job = byDoc.get(place.doc)
    return job ? [{ place, job }] : []
  })
  const ids = jobs.map(({ job }) => job.client)
  const [histories, clients] = await Promise.all([readHistories(world.db, ids), clientsAmong(world.db, ids)])
  const names = new Map(clients.map(({ id, name }) => [id, name]))
  return {
    jobs: jobs.map(({ job, place }) => {
      const history = histories.get(job.client) ?? unknownClient
      return {
        job,
        clientName: names.get(job.client) ?? '',
        history,
        score: placeScore(place.rank, now),
        reasons: explainJob(job, history, now),
      }
    }),
    found: { count: Math.min(found, MOST_COUNTED), more: found > MOST_COUNTED },
    next: places.length > limit ? page.at(-1) : undefined,
  }
}
