import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { saveResponses, startAttempt, submitAttempt } from '../../../contract/kentei/candidate.ts'
import { openSession } from '../../../contract/kentei/launch.ts'
import type { PartId } from '../../../contract/marketplace.ts'
import type { Random } from '../../../kernel/random.ts'
import { launch as launchWorker } from '../../api/demo-calls.ts'
import { chance, normal } from '../../simulation/draw.ts'
import { rightProbability, SECOND_TRY_AFTER, TASK_SUITS } from '../../simulation/population.ts'
import { expect } from './visitors.ts'
import type { WorkerStory, Year } from './year.ts'

const launched = z.object({ token: z.string() })
const opened = z.object({ session: z.string() })
const paper = z.object({
  id: z.string(),
  lease: z.string(),
  sections: z.array(z.object({ items: z.array(z.looseObject({ ref: z.string(), type: z.string() })) })),
})
const result = z.object({
  passed: z.boolean().optional(),
  credential: z.string().optional(),
  decision: z.object({
    parts: z.array(z.object({ part: z.string(), score: z.number().optional(), floor: z.number() })),
  }),
})

/** Whether the first part opens the second. */
const opensPractice = ({ decision }: z.infer<typeof result>): boolean =>
  decision.parts.some(({ part, score, floor }) => part === 'knowledge' && score !== undefined && score >= floor)

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

const start = async (year: Year, token: string, exam: string, part: PartId) =>
  year.visitors.plugin(token, requestOf(startAttempt, { path: { exam }, body: { locale: 'ja', part } }))

/** Starts the attempts of today at the first part; they are handed in later in the day. */
export async function startExams(year: Year): Promise<readonly Sitting[]> {
  const sittings: Sitting[] = []
  for (const worker of year.workers.values()) {
    const again = worker.failedOn !== undefined && worker.triesAgain && worker.failedOn + SECOND_TRY_AFTER === year.day
    if (worker.examOn !== year.day && !again) continue
    const token = await launch(year, { worker: worker.id, exam: worker.category })
    sittings.push({ worker, token, paper: expect(paper, await start(year, token, worker.category, 'knowledge')) })
  }
  return sittings
}

/** Answers the items or works on the tasks of a paper, and hands it in. */
async function handIn(
  year: Year,
  random: Random,
  { worker, token, paper: sheet }: Sitting,
): Promise<z.infer<typeof result>> {
  const probability = worker.cheats ? 1 : rightProbability(worker.ability)
  const { id, lease } = sheet
  const saves = []
  for (const item of sheet.sections.flatMap((section) => section.items)) {
    const suits = worker.cheats ? 1 : probability + TASK_SUITS * normal(random)
    const response =
      item.type === 'task'
        ? await year.pair.work(id, item.ref, () => chance(random, suits))
        : year.pair.answer(worker.category, item, chance(random, probability))
    saves.push({ item: item.ref, revision: 1, response })
  }
  await year.visitors.plugin(token, requestOf(saveResponses, { path: { id }, body: { lease, saves } }))
  return expect(result, await year.visitors.plugin(token, requestOf(submitAttempt, { path: { id }, body: { lease } })))
}

/** Saves the responses and hands the attempts in. Whoever reaches the floor of the first part goes on to the second at once. */
export async function submitExams(year: Year, sittings: readonly Sitting[]): Promise<void> {
  const random = year.draws('answers')
  for (const sitting of sittings) {
    const { worker, token } = sitting
    const knowledge = await handIn(year, random, sitting)
    let earning = sitting.paper
    let decided = knowledge
    if (!knowledge.passed && opensPractice(knowledge)) {
      earning = expect(paper, await start(year, token, worker.category, 'practical'))
      decided = await handIn(year, random, { worker, token, paper: earning })
    }
    year.note('exams')
    if (decided.passed && decided.credential !== undefined) {
      year.note('passed')
      worker.credential = decided.credential
      worker.attempt = earning.id
      worker.certifiedOn = year.day
    } else worker.failedOn = worker.failedOn === undefined ? year.day : -1
  }
}
