import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { Language } from '../authoring/said.ts'
import { type FilledRequest, requestOf } from '../contract/call.ts'
import { saveResponses, startAttempt, submitAttempt } from '../contract/kentei/candidate.ts'
import { openSession } from '../contract/kentei/launch.ts'
import { drawnTasks } from '../flows/read-sat-tasks.ts'
import type { PresentedItem } from '../form/form.ts'
import type { PartId } from '../item/bank.ts'
import { readAnswer } from '../platform/http/read-bounded.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import type { Entries } from '../task/present.ts'
import type { TaskInstance } from '../task/task.ts'
import { openEmbeddedDatabase } from '../world/open-node.ts'
import { answerFromBank } from './answer-from-bank.ts'
import { answerTask } from './answer-task.ts'
import { checkFolder } from './check-folder.ts'
import { migrationsFolder } from './publish-command.ts'
import { command, dataOption, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

export interface TourOptions {
  readonly exam: string
  readonly marketplace: string
  /** The person to play; the demo's first newcomer without it. */
  readonly worker?: string | undefined
  /** Data folder of the demo, in which stands what is right in its practical tasks. */
  readonly data: string
  readonly language: Language
}

const listing = z.object({
  arm: z.string(),
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
const signedIn = z.object({ session: z.string() })
const launch = z.object({ token: z.string(), url: z.url() })
const paper = z.object({
  id: z.string(),
  lease: z.string(),
  sections: z.array(
    z.object({ items: z.array(z.custom<PresentedItem | { readonly ref: string; readonly type: 'task' }>()) }),
  ),
})

/** Reasons of a place that say that a certificate counts. */
const COUNTED: ReadonlySet<string> = new Set(['certified-newcomer', 'certificate-fading'])

const PATIENCE_MS = 30_000
const POLL_MS = 250
const MAX_ANSWER_BYTES = 16_777_216

async function ask<T>(
  schema: z.ZodType<T>,
  origin: string,
  { method, path, body, token }: FilledRequest & { readonly token?: string },
): Promise<T> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new UsageError((t) => t('usage.noAnswer', { origin }))
  })
  const text = (await readAnswer(response, MAX_ANSWER_BYTES)) ?? ''
  if (!response.ok)
    throw new UsageError((t) =>
      t('usage.answered', {
        method,
        path: path.split('?', 1)[0] ?? '',
        status: response.status,
        text: text.slice(0, 300),
      }),
    )
  return schema.parse(JSON.parse(text))
}

/** Clients who are asked, one after the other, whether certificates count in what they see today. */
const MOST_READERS = 40

/**
 * The session of somebody for whom certificates count: some readers see none of it for a day, others who do not sign in for
 * an hour, so that the marketplace can compare. None where whoever does not sign in sees it.
 */
async function readerWhoSeesIt(
  marketplace: string,
  list: (token?: string) => Promise<z.infer<typeof listing>>,
): Promise<string | undefined> {
  if ((await list()).arm !== 'held-out') return undefined
  for (let nth = 1; nth <= MOST_READERS; nth += 1) {
    const user = `cli_${String(nth).padStart(2, '0')}`
    const { session } = await ask(signedIn, marketplace, { method: 'POST', path: '/demo/session', body: { user } })
    if ((await list(session)).arm !== 'held-out') return session
  }
  return undefined
}

/** The tasks of an attempt as the database of the demo has them: no paper tells what is right. */
async function tasksHere(file: string, attempt: string): Promise<ReadonlyMap<string, TaskInstance>> {
  const { db, close } = await openEmbeddedDatabase(file, migrationsFolder(), 'process')
  try {
    return await drawnTasks(db, attempt)
  } finally {
    await close()
  }
}

function solved(tasks: ReadonlyMap<string, TaskInstance>, ref: string): { readonly entries: Entries } {
  const task = tasks.get(ref)
  if (!task) throw new UsageError((t) => t('usage.otherDatabase'))
  return { entries: answerTask(task, () => true) }
}

/** The score of one paper, or of each part of which there is one. */
const scoresOf = ({ decision, score }: z.infer<typeof submitAttempt.answer>): string =>
  decision?.parts.map((part) => String(part.score ?? '–')).join(' / ') ?? String(score)

/** `kentei tour`: plays a newcomer who knows every answer through the public APIs of a running demo, and shows what changes. */
async function runTour(
  { exam, marketplace, worker, data, language }: TourOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const t = textsOf(language)
  const folder = resolve(terminal.cwd, join('exams', exam))
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new UsageError((t) => t('usage.noExam', { exam }))
  const { compiled } = await checkFolder(folder, { now: terminal.now(), language: 'ja', seeds: 0 })
  const { bank } = compiled
  if (!bank) throw new UsageError((t) => t('usage.examBroken', { exam }))
  const database = resolve(terminal.cwd, data, 'kentei.db')
  const needsDatabase = bank.exam.parts?.some(({ tasks }) => tasks.length > 0)
  if (needsDatabase && !(await stat(database).catch(() => undefined)))
    throw new UsageError((t) => t('usage.noDatabase', { file: database }))
  // the sandbox's own calls are no part of the contract, so they are written by hand
  const listFor = (token?: string) =>
    ask(listing, marketplace, {
      method: 'GET',
      path: `/api/workers?category=${encodeURIComponent(exam)}&limit=500`,
      ...(token ? { token } : {}),
    })
  const reader = await readerWhoSeesIt(marketplace, listFor)
  const list = () => listFor(reader)
  const before = (await list()).workers
  const person =
    worker === undefined
      ? before.findLast((one) => one.badges.length === 0 && one.reasons.some(({ code }) => code === 'no-evidence'))
      : before.find(({ id }) => id === worker)
  if (!person)
    throw new UsageError((t) => (worker === undefined ? t('usage.nobodyNew') : t('usage.notListed', { worker, exam })))
  const isNew = person.reasons.some(({ code }) => code === 'no-evidence')
  const { name, id, position: place } = person
  terminal.out(
    t('cli.tour.stands', {
      name,
      id,
      isNew: isNew ? 'yes' : 'no',
      place: String(place),
      all: before.length,
      page: `${marketplace}/workers/${id}`,
    }),
  )

  const { token, url } = await ask(launch, marketplace, {
    method: 'POST',
    path: '/demo/launch',
    body: { worker: person.id, exam },
  })
  const plugin = new URL(url).origin
  const bearer = (await ask(openSession.answer, plugin, requestOf(openSession, { path: {}, body: { token } }))).session
  let step = 1
  const sit = async (part?: PartId) => {
    step += 1
    const asked = requestOf(startAttempt, { path: { exam }, body: { locale: 'ja', ...(part ? { part } : {}) } })
    const { id, lease, sections } = await ask(paper, plugin, { ...asked, token: bearer })
    const items = sections.flatMap((section) => section.items)
    const tasks = items.some(({ type }) => type === 'task') ? await tasksHere(database, id) : new Map()
    terminal.out(t('cli.tour.takes', { step, name, count: items.length, part: part ?? 'whole', exam }))
    const saves = items.map((item) => ({
      item: item.ref,
      revision: 1,
      response: item.type === 'task' ? solved(tasks, item.ref) : answerFromBank(item, bank),
    }))
    await ask(z.unknown(), plugin, {
      ...requestOf(saveResponses, { path: { id }, body: { lease, saves } }),
      token: bearer,
    })
    return ask(submitAttempt.answer, plugin, {
      ...requestOf(submitAttempt, { path: { id }, body: { lease } }),
      token: bearer,
    })
  }
  let result = await sit(bank.exam.parts?.[0]?.id)
  for (const { id: part } of bank.exam.parts?.slice(1) ?? []) result = await sit(part)
  const certificate =
    result.credential === undefined
      ? ''
      : t('cli.tour.certificate', { page: `${plugin}/credentials/${result.credential}` })
  terminal.out(
    `${t('cli.tour.result', { step: step + 1, passed: result.passed ? 'yes' : 'no', score: scoresOf(result) })}${certificate}`,
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
        t('cli.tour.listed', {
          step: step + 2,
          name,
          place: String(now.position),
          before: String(place),
          page: `${marketplace}/workers?category=${exam}`,
        }),
      )
      return 0
    }
  }
  terminal.err(t('cli.tour.late', { seconds: PATIENCE_MS / 1_000 }))
  return 1
}

export const tourCommand = command({
  describe: (t) => t('command.tour'),
  mostArguments: 0,
  options: (t, { terminal }) => ({
    exam: { type: 'string', description: t('option.tour.exam'), default: 'business-admin' },
    marketplace: {
      type: 'string',
      description: t('option.tour.marketplace'),
      default: 'http://localhost:8788',
      valueHint: 'origin',
    },
    worker: { type: 'string', description: t('option.tour.worker'), valueHint: 'id' },
    ...dataOption(t, terminal),
  }),
  run: ({ args: { exam, marketplace, worker, data }, language, terminal }) =>
    runTour({ exam, marketplace, worker, data, language }, terminal),
})
