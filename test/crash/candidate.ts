import type { PresentedItem, PresentedResponse, PresentedSection } from '../../src/form/form.ts'
import type { Bank } from '../../src/item/bank.ts'
import { modelAnswer } from '../support/model-answer.ts'
import type { Answer, ServiceProcess } from '../support/service-process.ts'

/** What a candidate does: how many items are answered right in the end, and whether the paper is handed in. */
export interface Plan {
  readonly worker: string
  readonly bank: Bank
  readonly rightItems: number
  readonly submits: boolean
}

interface Acknowledged {
  readonly revision: number
  readonly response: PresentedResponse
}

/** What the candidate was told, and may therefore rely on. */
export interface Memory {
  readonly plan: Plan
  attempt?: string
  token?: string
  result?: string
  /** The last acknowledged answer to each item. */
  readonly acknowledged: Map<string, Acknowledged>
  readonly surprises: string[]
}

/** Launches until a session is there: a launch token is good once, also when the reply to it was lost. */
async function openSession(service: ServiceProcess, plan: Plan): Promise<string> {
  for (;;) {
    const launch = await service.ask('POST', `${service.sandbox}/demo/launch`, {
      body: { worker: plan.worker, exam: plan.bank.exam.id },
    })
    const session = await service.ask('POST', `${service.plugin}/api/session`, { body: { token: launch.json.token } })
    if (session.status === 201) return session.json.session
    if (session.json?.reason !== 'replayed') throw new Error(`launch: ${session.status} ${session.text}`)
  }
}

async function save(
  service: ServiceProcess,
  memory: Memory,
  lease: string,
  item: PresentedItem,
  revision: number,
  right: boolean,
): Promise<Answer> {
  const response = modelAnswer(memory.plan.bank, item, { right })
  const answer = await service.ask('PUT', `${service.plugin}/api/attempts/${memory.attempt}/responses`, {
    ...(memory.token ? { token: memory.token } : {}),
    body: { lease, saves: [{ item: item.ref, revision, response }] },
  })
  if (answer.status === 200 && answer.json.results[0].status === 'saved')
    memory.acknowledged.set(item.ref, { revision, response })
  else memory.surprises.push(`save: ${answer.status} ${answer.text}`)
  return answer
}

/** Takes an exam through every crash, and remembers what was acknowledged. `onAnswer` is called after each answer that the service replied to. */
export async function sit(service: ServiceProcess, plan: Plan, onAnswer: () => void = () => {}): Promise<Memory> {
  const memory: Memory = { plan, acknowledged: new Map(), surprises: [] }
  const token = await openSession(service, plan)
  memory.token = token
  const started = await service.ask('POST', `${service.plugin}/api/exams/${plan.bank.exam.id}/attempts`, {
    token,
    body: { locale: 'ja' },
  })
  if (started.status !== 200 && started.status !== 201) throw new Error(`start: ${started.status} ${started.text}`)
  memory.attempt = started.json.id
  const { lease, sections } = started.json as { lease: string; sections: PresentedSection[] }
  for (const [index, item] of sections.flatMap((section) => section.items).entries()) {
    // a first thought, and a second one on every other item
    const right = index < plan.rightItems
    for (const [at, answer] of (index % 2 === 0 ? [!right, right] : [right]).entries()) {
      await save(service, memory, lease, item, at + 1, answer)
      onAnswer()
    }
  }
  if (!plan.submits) return memory
  const submitted = await service.ask('POST', `${service.plugin}/api/attempts/${memory.attempt}/submit`, {
    token,
    body: { lease },
  })
  if (submitted.status === 200) memory.result = submitted.text
  else memory.surprises.push(`submit: ${submitted.status} ${submitted.text}`)
  return memory
}
