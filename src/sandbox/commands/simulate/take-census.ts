import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { listWorkers } from '../../api/workers-api.ts'
import { categories } from '../../people/worker.ts'
import { expect } from './visitors.ts'
import type { Year } from './year.ts'

const page = z.object({
  total: z.number(),
  workers: z.array(z.object({ id: z.string(), position: z.number() })),
  next: z.number().nullable(),
})

const PAGE = 500

/** Reads the order of every category to its end, and notes where everybody stands. */
export async function takeCensus(year: Year): Promise<void> {
  for (const category of categories) {
    let after: number | null = 0
    while (after !== null) {
      const read: z.infer<typeof page> = expect(
        page,
        await year.visitors.market(null, requestOf(listWorkers, { path: {}, query: { category, limit: PAGE, after } })),
      )
      for (const { id, position } of read.workers) {
        const worker = year.worker(id)
        if (worker.joinsOn !== null)
          year.census.push({
            worker: id,
            day: year.day,
            percentile: (100 * (read.total - position)) / Math.max(1, read.total - 1),
          })
      }
      after = read.next
    }
  }
}
