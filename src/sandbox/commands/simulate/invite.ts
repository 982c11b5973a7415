import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { inviteWorker, suggestWorkers } from '../../api/job-calls.ts'
import { INVITES } from '../../simulation/behaviour.ts'
import { chance } from '../../simulation/draw.ts'
import { readNotices } from './read-notices.ts'
import { expect } from './visitors.ts'
import type { JobStory, Year } from './year.ts'

const suggested = z.object({ suggestions: z.array(z.object({ id: z.string() })) })

/** Some clients look at whom the marketplace suggests for what they posted, and invite some of them, who read of it today. */
export async function inviteForJob(year: Year, job: JobStory): Promise<void> {
  const random = year.draws('invitations')
  if (job.band !== 'publish' || !chance(random, INVITES.posters)) return
  const { suggestions } = expect(
    suggested,
    await year.visitors.market(job.client, requestOf(suggestWorkers, { path: { id: job.id } })),
  )
  for (const { id } of suggestions) {
    if (!chance(random, INVITES.each)) continue
    const invited = await year.visitors.market(
      job.client,
      requestOf(inviteWorker, { path: { id: job.id }, body: { worker: id } }),
    )
    if (!invited.ok) continue
    year.note('invitations')
    await readNotices(year, year.worker(id))
  }
}
