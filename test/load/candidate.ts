import { setTimeout as sleep } from 'node:timers/promises'
import type { PresentedItem, PresentedSection } from '../../src/form/form.ts'
import type { Random } from '../../src/kernel/random.ts'
import { type Ask, type Asked, Line } from './line.ts'

export type Step = 'session' | 'exam' | 'start' | 'save' | 'submit' | 'result'

/** What one candidate went through. */
export interface Story {
  attempt?: string
  /** The last answer to each item that was acknowledged, as JSON. */
  readonly acknowledged: Map<string, { readonly revision: number; readonly response: string }>
  readonly asked: (Asked & { readonly step: Step })[]
  /** Why it did not come to a result. */
  lost?: string
}

export interface Plan {
  readonly origin: string
  readonly exam: string
  readonly launchToken: string
  /** Sends the candidate over anew, where the first token was spent and its answer lost. */
  readonly launchAgain?: () => Promise<string>
  /** How long an answer is waited for, in milliseconds; three minutes unless told otherwise. */
  readonly patienceMs?: number
  readonly name: string
  readonly random: Random
  /** When this candidate comes, after the beginning. */
  readonly comesAfterMs: number
  readonly answers: number
  /** Between two answers, at least and at most. */
  readonly thinkMs: readonly [number, number]
}

/** An answer of the right form; whether it is right does not matter here. */
function drawResponse(item: PresentedItem, random: Random): unknown {
  const refs = (item.options ?? []).map(({ ref }) => ref)
  const choice = refs[random.below(Math.max(1, refs.length))]
  if (choice === undefined) return null
  return item.type === 'multiple' ? { choices: [choice] } : { choice }
}

class Refused extends Error {}

/** Takes an exam from the session to the result. */
export async function takeExam(plan: Plan): Promise<Story> {
  const story: Story = { acknowledged: new Map(), asked: [] }
  const line = new Line(plan.origin, plan.patienceMs)
  const ask = async (step: Step, what: Ask) => {
    const asked = await line.ask(what)
    story.asked.push({ ...asked, step })
    if (asked.status >= 300) throw new Refused(`${step}: ${asked.status} ${JSON.stringify(asked.json).slice(0, 200)}`)
    return asked.json
  }
  try {
    await sleep(plan.comesAfterMs)
    const launch = (launchToken: string) =>
      ask('session', { method: 'POST', path: '/api/session', body: { token: launchToken } })
    const { session: token } = await launch(plan.launchToken).catch(async (refusal) => {
      if (!plan.launchAgain || !/replayed|expired/.test(String(refusal))) throw refusal
      return launch(await plan.launchAgain())
    })
    await ask('exam', { method: 'GET', path: `/api/exams/${plan.exam}`, token })
    const paper = await ask('start', {
      method: 'POST',
      path: `/api/exams/${plan.exam}/attempts`,
      token,
      key: `start ${plan.name}`.replace(' ', '-'),
      body: { locale: 'ja' },
    })
    story.attempt = paper.id
    await answer(plan, story, paper, (saves) =>
      ask('save', {
        method: 'PUT',
        path: `/api/attempts/${paper.id}/responses`,
        token,
        body: { lease: paper.lease, saves },
      }),
    )
    await ask('submit', {
      method: 'POST',
      path: `/api/attempts/${paper.id}/submit`,
      token,
      key: `submit-${plan.name}`,
      body: { lease: paper.lease },
    })
    const result = await ask('result', { method: 'GET', path: `/api/attempts/${paper.id}/result`, token })
    if (result.status !== 'graded') story.lost = `result: ${result.status}`
  } catch (error) {
    story.lost = error instanceof Error ? error.message : String(error)
  } finally {
    line.close()
  }
  return story
}

type Save = (
  saves: readonly { item: string; revision: number; response: unknown }[],
) => Promise<{ results: readonly { item: string; status: string }[] }>

/** Answers items in turn, one save each, and comes back to the first ones when there are no more. */
async function answer(
  plan: Plan,
  story: Story,
  paper: { sections: readonly PresentedSection[] },
  save: Save,
): Promise<void> {
  const items = paper.sections
    .flatMap((section) => section.items)
    .filter((item) => ['single', 'true-false', 'multiple'].includes(item.type))
  const [least, most] = plan.thinkMs
  for (let i = 0; i < plan.answers; i += 1) {
    await sleep(least + plan.random.below(Math.max(1, most - least)))
    const item = items[i % items.length] as PresentedItem
    const revision = 1 + Math.floor(i / items.length)
    const response = drawResponse(item, plan.random)
    const { results } = await save([{ item: item.ref, revision, response }])
    if (results[0]?.status === 'saved')
      story.acknowledged.set(item.ref, { revision, response: JSON.stringify(response) })
  }
}
