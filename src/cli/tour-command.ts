import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { PresentedItem } from '../form/form.ts'
import type { Bank } from '../item/bank.ts'
import { readAnswer } from '../platform/http/read-bounded.ts'
import { answerFromBank } from './answer-from-bank.ts'
import { checkFolder } from './check-folder.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

export interface TourOptions {
  readonly exam: string
  readonly marketplace: string
  /** The person to play; the demo's first newcomer without it. */
  readonly worker?: string | undefined
}

const listing = z.object({
  workers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      position: z.number().nullable(),
      badges: z.array(z.object({ credential: z.string(), status: z.string() })),
      reasons: z.array(z.object({ code: z.string() })),
    }),
  ),
})
const launch = z.object({ token: z.string(), url: z.url() })
const session = z.object({ session: z.string() })
const paper = z.object({
  id: z.string(),
  lease: z.string(),
  sections: z.array(z.object({ items: z.array(z.custom<PresentedItem>()) })),
})
const outcome = z.object({
  passed: z.boolean(),
  score: z.number().optional(),
  credential: z.string().optional(),
  retryAt: z.string().optional(),
})

/** Reasons of a place that say that a certificate counts. */
const COUNTED: ReadonlySet<string> = new Set(['certified-newcomer', 'certificate-fading'])

const PATIENCE_MS = 30_000
const POLL_MS = 250
const MAX_ANSWER_BYTES = 16_777_216

async function call<T>(
  schema: z.ZodType<T>,
  url: string,
  init: { method?: string; token?: string; body?: unknown } = {},
): Promise<T> {
  const response = await fetch(url, {
    method: init.method ?? 'GET',
    headers: { 'content-type': 'application/json', ...(init.token ? { authorization: `Bearer ${init.token}` } : {}) },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  }).catch(() => {
    throw new UsageError(`${new URL(url).origin} does not answer; start the service first with: npm start`)
  })
  const text = (await readAnswer(response, MAX_ANSWER_BYTES)) ?? ''
  if (!response.ok)
    throw new UsageError(
      `${init.method ?? 'GET'} ${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 300)}`,
    )
  return schema.parse(JSON.parse(text))
}

/** `kentei tour`: plays a newcomer who knows every answer through the public APIs of a running demo, and shows what changes. */
export async function runTour({ exam, marketplace, worker }: TourOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = resolve(terminal.cwd, join('exams', exam))
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new UsageError(`exams/${exam}: no such exam here`)
  const { compiled } = await checkFolder(folder, { now: terminal.now(), language: 'ja' })
  if (!compiled.bank) throw new UsageError(`exams/${exam} does not compile; see: npm run kentei check`)
  const list = () => call(listing, `${marketplace}/api/workers?category=${encodeURIComponent(exam)}&limit=500`)
  const before = (await list()).workers
  const person =
    worker === undefined
      ? before.findLast((one) => one.badges.length === 0 && one.reasons.some(({ code }) => code === 'no-evidence'))
      : before.find(({ id }) => id === worker)
  if (!person)
    throw new UsageError(
      worker === undefined
        ? 'every newcomer holds a badge already; name one with --worker'
        : `${worker} is not listed for ${exam}`,
    )
  const isNew = person.reasons.some(({ code }) => code === 'no-evidence')
  terminal.out(
    `1. ${person.name} (${person.id}) ${isNew ? 'has no reviews and ' : ''}stands at place ${person.position} of ${before.length}: ${marketplace}/workers/${person.id}`,
  )

  const { token, url } = await call(launch, `${marketplace}/demo/launch`, {
    method: 'POST',
    body: { worker: person.id, exam },
  })
  const plugin = new URL(url).origin
  const bearer = (await call(session, `${plugin}/api/session`, { method: 'POST', body: { token } })).session
  const attempt = await call(paper, `${plugin}/api/exams/${exam}/attempts`, {
    method: 'POST',
    token: bearer,
    body: { locale: 'ja' },
  })
  const items = attempt.sections.flatMap((section) => section.items)
  terminal.out(
    `2. The marketplace sends ${person.name} over, who takes the exam: ${items.length} items, answered with what exams/${exam} says`,
  )
  const saves = items.map((item) => ({
    item: item.ref,
    revision: 1,
    response: answerFromBank(item, compiled.bank as Bank),
  }))
  await call(z.unknown(), `${plugin}/api/attempts/${attempt.id}/responses`, {
    method: 'PUT',
    token: bearer,
    body: { lease: attempt.lease, saves },
  })
  const result = await call(outcome, `${plugin}/api/attempts/${attempt.id}/submit`, {
    method: 'POST',
    token: bearer,
    body: { lease: attempt.lease },
  })
  terminal.out(
    `3. ${result.passed ? 'Passed' : 'Not passed'} with ${result.score} of 100${result.credential ? `; the certificate, for anybody to verify: ${plugin}/credentials/${result.credential}` : ''}`,
  )
  if (!result.passed) return 1

  for (const end = terminal.now() + PATIENCE_MS; terminal.now() < end; await wait(POLL_MS)) {
    const now = (await list()).workers.find(({ id }) => id === person.id)
    // the badge comes before the signal, and the place changes with the signal: its reason shows that it came
    if (
      now?.badges.some(({ credential }) => credential === result.credential) &&
      now.reasons.some(({ code }) => COUNTED.has(code))
    ) {
      terminal.out(
        `4. The marketplace has verified the badge and lists ${person.name} at place ${now.position}, before it was ${person.position}: ${marketplace}/workers?category=${exam}`,
      )
      return 0
    }
  }
  terminal.err(
    `kentei: the badge has not reached the marketplace within ${PATIENCE_MS / 1_000} s; see the deliveries page`,
  )
  return 1
}
