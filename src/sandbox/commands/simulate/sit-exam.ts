import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { saveResponses, startAttempt, submitAttempt } from '../../../contract/kentei/candidate.ts'
import { openSession } from '../../../contract/kentei/launch.ts'
import { launch as launchWorker } from '../../api/demo-calls.ts'
import { SECOND_TRY_AFTER } from '../../simulation/behaviour.ts'
import { chance } from '../../simulation/draw.ts'
import { rightProbability } from '../../simulation/population.ts'
import { expect } from './visitors.ts'
import type { WorkerStory, Year } from './year.ts'

const launched = z.object({ token: z.string() })
const opened = z.object({ session: z.string() })
const paper = z.object({
  id: z.string(),
  lease: z.string(),
  sections: z.array(z.object({ items: z.array(z.looseObject({ ref: z.string(), type: z.string() })) })),
})
const result = z.object({ passed: z.boolean(), credential: z.string().optional() })

interface Sitting {
  readonly worker: WorkerStory
  readonly token: string
  readonly paper: z.infer<typeof paper>
}

/** Sends somebody over from the marketplace, as the button on its pages does. */
export async function launch(
  year: Year,
  body: { readonly worker: string; readonly role?: 'operator'; readonly exam?: string },
): Promise<string> {
  const { token } = expect(launched, await year.visitors.market(null, requestOf(launchWorker, { path: {}, body })))
  return expect(opened, await year.visitors.plugin('', requestOf(openSession, { path: {}, body: { token } }))).session
}

/** Starts the attempts of today; they are handed in later in the day. */
export async function startExams(year: Year): Promise<readonly Sitting[]> {
  const sittings: Sitting[] = []
  for (const worker of year.workers.values()) {
    const again = worker.failedOn !== undefined && worker.triesAgain && worker.failedOn + SECOND_TRY_AFTER === year.day
    if (worker.examOn !== year.day && !again) continue
    const token = await launch(year, { worker: worker.id, exam: worker.category })
    const started = await year.visitors.plugin(
      token,
      requestOf(startAttempt, { path: { exam: worker.category }, body: { locale: 'ja' } }),
    )
    sittings.push({ worker, token, paper: expect(paper, started) })
  }
  return sittings
}

/** Saves the responses and hands the attempts in. */
export async function submitExams(year: Year, sittings: readonly Sitting[]): Promise<void> {
  const random = year.draws('answers')
  for (const { worker, token, paper: sheet } of sittings) {
    const probability = worker.cheats ? 1 : rightProbability(worker.ability)
    const items = sheet.sections.flatMap((section) => section.items)
    const saves = items.map((item) => ({
      item: item.ref,
      revision: 1,
      response: year.pair.answer(worker.category, item, chance(random, probability)),
    }))
    const { id, lease } = sheet
    await year.visitors.plugin(token, requestOf(saveResponses, { path: { id }, body: { lease, saves } }))
    const { passed, credential } = expect(
      result,
      await year.visitors.plugin(token, requestOf(submitAttempt, { path: { id }, body: { lease } })),
    )
    year.note('exams')
    if (passed && credential !== undefined) {
      year.note('passed')
      worker.credential = credential
      worker.attempt = sheet.id
      worker.certifiedOn = year.day
    } else worker.failedOn = worker.failedOn === undefined ? year.day : -1
  }
}
