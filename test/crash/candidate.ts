import type { PresentedItem, PresentedResponse, PresentedSection } from '../../src/form/form.ts'
import type { Bank } from '../../src/item/bank.ts'
import { modelAnswer, modelSaves } from '../support/model-answer.ts'
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

/** Starts an attempt, or finds the one that a lost reply was about. */
async function start(service: ServiceProcess, memory: Memory, part?: string) {
  const { bank } = memory.plan
  const started = await service.ask('POST', `${service.plugin}/api/exams/${bank.exam.id}/attempts`, {
    ...(memory.token ? { token: memory.token } : {}),
    body: { locale: 'ja', ...(part ? { part } : {}) },
  })
  if (started.status !== 200 && started.status !== 201) throw new Error(`start: ${started.status} ${started.text}`)
  return started.json as { id: string; lease: string; sections: PresentedSection[] }
}

/** Saves of each task. */
export const TASK_SAVES = 6

/** Works on the practical tasks of an exam in two parts through every crash: a longer response with every save. */
export async function work(service: ServiceProcess, plan: Plan, onAnswer: () => void = () => {}): Promise<Memory> {
  const memory: Memory = { plan, acknowledged: new Map(), surprises: [] }
  const token = await openSession(service, plan)
  memory.token = token
  const put = (id: string, lease: string, saves: readonly unknown[]) =>
    service.ask('PUT', `${service.plugin}/api/attempts/${id}/responses`, { token, body: { lease, saves } })
  const submit = (id: string, lease: string) =>
    service.ask('POST', `${service.plugin}/api/attempts/${id}/submit`, { token, body: { lease } })
  const knowledge = await start(service, memory, 'knowledge')
  await put(knowledge.id, knowledge.lease, modelSaves(plan.bank, knowledge.sections))
  await submit(knowledge.id, knowledge.lease)
  const { id, lease, sections } = await start(service, memory, 'practical')
  memory.attempt = id
  for (const { ref } of sections.flatMap(({ items }) => items))
    for (let revision = 1; revision <= TASK_SAVES; revision++) {
      const rows = Array.from({ length: revision }, (_, i) => [`${1001 + i}.確認`, `${revision}回目`])
      const response = { entries: Object.fromEntries(rows) }
      const saved = await put(id, lease, [{ item: ref, revision, response }])
      if (saved.status === 200 && saved.json.results[0].status === 'saved')
        memory.acknowledged.set(ref, { revision, response })
      else memory.surprises.push(`save: ${saved.status} ${saved.text}`)
      onAnswer()
    }
  if (!plan.submits) return memory
  const submitted = await submit(id, lease)
  if (submitted.status === 200) memory.result = submitted.text
  else memory.surprises.push(`submit: ${submitted.status} ${submitted.text}`)
  return memory
}

/** Takes an exam through every crash, and remembers what was acknowledged. `onAnswer` is called after each answer that the service replied to. */
export async function sit(service: ServiceProcess, plan: Plan, onAnswer: () => void = () => {}): Promise<Memory> {
  const memory: Memory = { plan, acknowledged: new Map(), surprises: [] }
  const token = await openSession(service, plan)
  memory.token = token
  const { id, lease, sections } = await start(service, memory)
  memory.attempt = id
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
