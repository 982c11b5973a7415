import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { PresentedItem, PresentedResponse } from '../form/form.ts'
import type { Bank } from '../item/bank.ts'
import type { Choice, Key, Stem } from '../item/item.ts'
import { checkFolder } from './check-folder.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

export interface TourOptions {
  readonly exam: string
  readonly marketplace: string
  /** The person to play; the demo's first newcomer without it. */
  readonly worker?: string | undefined
}

const listing = z.object({
  workers: z.array(z.object({ id: z.string(), name: z.string(), position: z.number().nullable(), badges: z.array(z.unknown()), reasons: z.array(z.object({ code: z.string() })) })),
})
const launch = z.object({ token: z.string(), url: z.url() })
const session = z.object({ session: z.string() })
const paper = z.object({ id: z.string(), lease: z.string(), sections: z.array(z.object({ items: z.array(z.custom<PresentedItem>()) })) })
const outcome = z.object({ passed: z.boolean(), score: z.number(), credential: z.string().optional(), retryAt: z.string().optional() })

const PATIENCE_MS = 30_000
const POLL_MS = 250

async function call<T>(schema: z.ZodType<T>, url: string, init: { method?: string; token?: string; body?: unknown } = {}): Promise<T> {
  const response = await fetch(url, {
    method: init.method ?? 'GET',
    headers: { 'content-type': 'application/json', ...(init.token ? { authorization: `Bearer ${init.token}` } : {}) },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  }).catch(() => {
    throw new UsageError(`${new URL(url).origin} does not answer; start the service first with: npm start`)
  })
  const text = await response.text()
  if (!response.ok) throw new UsageError(`${init.method ?? 'GET'} ${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 300)}`)
  return schema.parse(JSON.parse(text))
}

/** The ref under which the paper shows a choice of the bank. */
const refOf = (shown: readonly { readonly ref: string; readonly html: string }[] | undefined, choice: Choice | undefined): string => shown?.find((one) => one.html === choice?.html)?.ref ?? ''

/** What somebody who knows the bank by heart answers to an item of the paper. */
function answer(item: PresentedItem, bank: Bank): PresentedResponse {
  const wording = bank.items.map((one) => one.wordings.ja).find((one) => one?.stem.type === item.type && one.stem.html === item.stemHtml && sameChoices(one.stem, item))
  if (!wording) return null
  return answerByKey(item, wording.stem, wording.secret.key)
}

/** Two items may share a stem; their choices tell them apart. */
function sameChoices(stem: Stem, item: PresentedItem): boolean {
  const choices = 'choices' in stem ? stem.choices : 'right' in stem ? stem.right : []
  const shown = new Set([...(item.options ?? []), ...(item.right ?? [])].map((option) => option.html))
  return choices.every((choice) => shown.has(choice.html))
}

function answerByKey(item: PresentedItem, stem: Stem, key: Key): PresentedResponse {
  const choice = (index: number) => refOf(item.options, 'choices' in stem ? stem.choices[index] : undefined)
  switch (key.type) {
    case 'single':
    case 'true-false':
      return { choice: choice(key.choice) }
    case 'multiple':
      return { choices: key.choices.map(choice) }
    case 'numeric':
      return { text: String(key.value) }
    case 'short':
      return { text: key.accepted[0] ?? '' }
    case 'order':
      return { order: key.order.map(choice) }
    case 'match':
      return stem.type === 'match' ? { pairs: Object.fromEntries(key.pairs.map((right, left) => [refOf(item.left, stem.left[left]), refOf(item.right, stem.right[right])])) } : null
    case 'cloze':
      return {
        blanks: Object.fromEntries(
          Object.entries(key.blanks).map(([ref, blank]) => {
            if ('accepted' in blank) return [ref, blank.accepted[0] ?? '']
            const choices = stem.type === 'cloze' ? stem.blanks.find((one) => one.ref === ref)?.choices : undefined
            return [ref, refOf(item.blanks?.find((one) => one.ref === ref)?.options, choices?.[blank.choice])]
          }),
        ),
      }
    default:
      return key satisfies never
  }
}

/** `kentei tour`: plays a newcomer who knows every answer through the public APIs of a running demo, and shows what changes. */
export async function runTour({ exam, marketplace, worker }: TourOptions, terminal: Terminal): Promise<ExitCode> {
  const { compiled } = await checkFolder(resolve(terminal.cwd, join('exams', exam)), { now: terminal.now(), language: 'ja' })
  if (!compiled.bank) throw new UsageError(`exams/${exam} does not compile; see: npm run kentei check`)
  const list = () => call(listing, `${marketplace}/api/workers?category=${encodeURIComponent(exam)}&limit=500`)
  const before = (await list()).workers
  const person = worker === undefined ? before.findLast((one) => one.badges.length === 0 && one.reasons.some(({ code }) => code === 'no-evidence')) : before.find(({ id }) => id === worker)
  if (!person) throw new UsageError(worker === undefined ? 'every newcomer holds a badge already; name one with --worker' : `${worker} is not listed for ${exam}`)
  terminal.out(`1. ${person.name} (${person.id}) has no reviews and stands at place ${person.position} of ${before.length}: ${marketplace}/workers/${person.id}`)

  const { token, url } = await call(launch, `${marketplace}/demo/launch`, { method: 'POST', body: { worker: person.id, exam } })
  const plugin = new URL(url).origin
  const bearer = (await call(session, `${plugin}/api/session`, { method: 'POST', body: { token } })).session
  const attempt = await call(paper, `${plugin}/api/exams/${exam}/attempts`, { method: 'POST', token: bearer, body: { locale: 'ja' } })
  const items = attempt.sections.flatMap((section) => section.items)
  terminal.out(`2. The marketplace sends ${person.name} over, who takes the exam: ${items.length} items, answered with what exams/${exam} says`)
  const saves = items.map((item) => ({ item: item.ref, revision: 1, response: answer(item, compiled.bank as Bank) }))
  await call(z.unknown(), `${plugin}/api/attempts/${attempt.id}/responses`, { method: 'PUT', token: bearer, body: { lease: attempt.lease, saves } })
  const result = await call(outcome, `${plugin}/api/attempts/${attempt.id}/submit`, { method: 'POST', token: bearer, body: { lease: attempt.lease } })
  terminal.out(
    `3. ${result.passed ? 'Passed' : 'Not passed'} with ${result.score} of 100${result.credential ? `; the certificate, for anybody to verify: ${plugin}/credentials/${result.credential}` : ''}`,
  )
  if (!result.passed) return 1

  for (const end = terminal.now() + PATIENCE_MS; terminal.now() < end; await wait(POLL_MS)) {
    const now = (await list()).workers.find(({ id }) => id === person.id)
    if (now?.reasons.some(({ code }) => code === 'certified-newcomer')) {
      terminal.out(`4. The marketplace has verified the badge and lists ${person.name} at place ${now.position}, before it was ${person.position}: ${marketplace}/workers?category=${exam}`)
      return 0
    }
  }
  terminal.err(`kentei: the badge has not reached the marketplace within ${PATIENCE_MS / 1_000} s; see the deliveries page`)
  return 1
}
