import * as z from 'zod'
import { type Filled, type FilledRequest, requestOf } from '../../contract/call.ts'
import { saveResponses, startAttempt, submitAttempt } from '../../contract/kentei/candidate.ts'
import { openSession } from '../../contract/kentei/launch.ts'
import type { PartId } from '../../contract/marketplace.ts'
import { minutes } from '../../kernel/instant.ts'
import { unitHash } from '../../kernel/random.ts'
import { type LaunchRequest, launchPerson } from '../flows/launch-person.ts'
import type { Category } from '../people/worker.ts'
import { between, chance } from '../simulation/draw.ts'
import { done, type Past } from './past.ts'

const paper = z.object({
  id: z.string(),
  lease: z.string(),
  sections: z.array(
    z.object({ items: z.array(z.looseObject({ ref: z.string(), type: z.string(), stemHtml: z.string().optional() })) }),
  ),
})
type Paper = z.infer<typeof paper>
const result = z.object({
  passed: z.boolean().optional(),
  credential: z.string().optional(),
  decision: z.object({
    parts: z.array(z.object({ part: z.string(), score: z.number().optional(), floor: z.number() })),
  }),
})
export type Sat = z.infer<typeof result>

export interface Candidate {
  readonly worker: string
  readonly exam: Category
  /** Share of what somebody knows of an item of middling difficulty, 0..1. */
  readonly knows: number
  /** In which they read the pages and the paper; Japanese where none is named. */
  readonly locale?: 'ja' | 'en'
}

/** How much easier or harder items are than a middling one, at most. */
const ITEMS_DIFFER = 0.3

/** Asks the plugin, as a program outside would. */
export async function ask<T>(past: Past, schema: z.ZodType<T>, request: FilledRequest, token?: string): Promise<T> {
  const { method, path, body } = request
  const answer = await past.pair.callPlugin(path, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`)
  return schema.parse(text === '' ? undefined : JSON.parse(text))
}

/** Sends somebody over from the marketplace, as the button on its pages does. @returns the session. */
export async function enter(past: Past, who: Pick<LaunchRequest, 'worker'> & Partial<LaunchRequest>): Promise<string> {
  const { token } = done(await launchPerson(past.market, { role: 'worker', locale: 'ja', ...who }))
  return (await ask(past, openSession.answer, requestOf(openSession, { path: {}, body: { token } }))).session
}

const begin = (past: Past, session: string, { exam, locale = 'ja' }: Candidate, part: PartId): Promise<Paper> =>
  ask(past, paper, requestOf(startAttempt, { path: { exam }, body: { locale, part } }), session)

type Saves = NonNullable<Filled<typeof saveResponses>['body']>['saves']

async function answersOf(past: Past, { exam, knows }: Candidate, { id, sections }: Paper): Promise<Saves> {
  const random = past.draws('answers')
  const saves: { item: string; revision: number; response: unknown }[] = []
  for (const item of sections.flatMap((section) => section.items)) {
    const shift = ITEMS_DIFFER * (unitHash(item.stemHtml ?? item.ref) - 0.5)
    const response =
      item.type === 'task'
        ? await past.pair.work(id, item.ref, () => chance(random, knows))
        : past.pair.answer(exam, item, chance(random, Math.min(0.99, knows + shift)))
    saves.push({ item: item.ref, revision: 1, response })
  }
  return saves
}

async function workOn(past: Past, candidate: Candidate, session: string, sheet: Paper, took: number): Promise<Sat> {
  const { id, lease } = sheet
  const saves = await answersOf(past, candidate, sheet)
  past.wait(minutes(took))
  await ask(past, z.unknown(), requestOf(saveResponses, { path: { id }, body: { lease, saves } }), session)
  return ask(past, result, requestOf(submitAttempt, { path: { id }, body: { lease } }), session)
}

/** Somebody sits an exam: the part of knowledge, and the practical one where its floor was reached. */
export async function sitExam(past: Past, candidate: Candidate): Promise<Sat> {
  const random = past.draws('minutes')
  const { worker, exam, locale = 'ja' } = candidate
  const session = await enter(past, { worker, exam, locale })
  const knowledge = await begin(past, session, candidate, 'knowledge')
  const first = await workOn(past, candidate, session, knowledge, between(random, 9, 18))
  const reached = first.decision.parts.some(
    ({ part, score, floor }) => part === 'knowledge' && score !== undefined && score >= floor,
  )
  if (first.passed || !reached) return first
  const practical = await begin(past, session, candidate, 'practical')
  return workOn(past, candidate, session, practical, between(random, 24, 46))
}

/** Somebody is in the middle of the part of knowledge: some questions are answered, and nothing is handed in. */
export async function leaveOpen(past: Past, candidate: Candidate): Promise<string> {
  const { worker, exam } = candidate
  const session = await enter(past, { worker, exam })
  const sheet = await begin(past, session, candidate, 'knowledge')
  const saves = (await answersOf(past, candidate, sheet)).slice(0, between(past.draws('minutes'), 3, 9))
  const { id, lease } = sheet
  await ask(past, z.unknown(), requestOf(saveResponses, { path: { id }, body: { lease, saves } }), session)
  return id
}
