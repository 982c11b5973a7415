import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { type FilledRequest, requestOf } from '../contract/call.ts'
import { readResult, saveResponses, startAttempt, submitAttempt } from '../contract/kentei/candidate.ts'
import { readLiveState } from '../contract/kentei/credentials.ts'
import { openSession } from '../contract/kentei/launch.ts'
import type { PresentedItem } from '../form/form.ts'
import type { Bank, PartId } from '../item/bank.ts'
import { readAnswer } from '../platform/http/read-bounded.ts'
import type { TaskInstance } from '../task/task.ts'
import { answerFromBank, answerTask } from './answer-paper.ts'
import { UsageError } from './terminal.ts'

/** One answered call of a pass: where, not what was said. */
export interface PassCall {
  readonly method: string
  /** Without its query. */
  readonly path: string
  readonly status: number
}

export interface PassPlace {
  /** The exam that is taken, and category of the list. */
  readonly exam: string
  readonly bank: Bank
  /** Origin of the marketplace. */
  readonly marketplace: string
  /** The person to play; the last newcomer of the list without it. */
  readonly worker?: string | undefined
  /** What is right in the practical tasks of an attempt: no paper tells it. */
  readonly tasksOf: (attempt: string) => Promise<ReadonlyMap<string, TaskInstance>>
  /** Is told of every answered call. */
  readonly called?: (call: PassCall) => void
  /** Whether it is looked at the end for somebody whose page 1 shows the person. */
  readonly looksForRow?: boolean
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Waits between two looks whether the badge has come. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
  /** Milliseconds of a clock that only goes forward. */
  readonly clock?: () => number
}

export interface PassRow {
  readonly client: string | undefined
  readonly words: string | undefined
}

/** What has happened of a pass. Nothing of it tells what was answered. */
export type PassEvent =
  | {
      readonly is: 'found'
      readonly worker: string
      readonly name: string
      readonly position: number
      /** How many the list has. */
      readonly of: number
      /** Whether nobody has reviewed them. */
      readonly isNew: boolean
    }
  | { readonly is: 'launched' }
  | { readonly is: 'started'; readonly part: PartId | undefined; readonly count: number }
  | { readonly is: 'saved'; readonly part: PartId | undefined }
  | { readonly is: 'submitted'; readonly part: PartId | undefined }
  | {
      readonly is: 'graded'
      readonly passed: boolean
      /** Of each part, or of the one paper. */
      readonly scores: readonly (number | undefined)[]
      readonly page: string | undefined
    }
  | { readonly is: 'issued'; readonly page: string; readonly image: string; readonly validUntil: string }
  | {
      readonly is: 'listed'
      readonly position: number
      /** From the end of the exam until the list counted the certificate. */
      readonly afterMs: number
      /** Whether the search of whoever does not sign in counts no certificate in this hour. */
      readonly heldOut: boolean
      /** A search whose newcomers' row of page 1 shows them: of whoever does not sign in or of a client, for a skill of theirs or for all. */
      readonly row: PassRow | undefined
    }
  /** The badge did not come in time. */
  | { readonly is: 'late' }

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
  row: z.array(z.object({ id: z.string() })),
})
const skilled = z.object({ skills: z.object({ ja: z.string() }) })
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

export const PATIENCE_MS = 30_000
const POLL_MS = 250
const ANSWER_WITHIN_MS = 20_000
const MAX_ANSWER_BYTES = 16_777_216
/** Clients who are asked, one after the other, whether certificates count in what they see today, */
const MOST_READERS = 40
/** and whether their page 1 shows the person, in the category or for one of their skills: every look is a search, and counts as one. */
const MOST_LOOKS = 6

type Asked = FilledRequest & { readonly token?: string | undefined }

/** A caller of both services that tells of every call. */
function callerOf({ fetch: send = fetch, called }: PassPlace) {
  return async <T>(schema: z.ZodType<T>, origin: string, { method, path: target, body, token }: Asked): Promise<T> => {
    const response = await send(`${origin}${target}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new UsageError((t) => t('usage.noAnswer', { origin }))
    })
    const [path = ''] = target.split('?', 1)
    const { status } = response
    called?.({ method, path, status })
    const text = (await readAnswer(response, MAX_ANSWER_BYTES)) ?? ''
    if (!response.ok)
      throw new UsageError((t) => t('usage.answered', { method, path, status, text: text.slice(0, 300) }))
    return schema.parse(JSON.parse(text))
  }
}

type Caller = ReturnType<typeof callerOf>

/** The list of a category, as somebody sees it, and sessions of clients who may look. */
function readersOf(ask: Caller, { marketplace, exam }: PassPlace) {
  const list = (token?: string, words = '') =>
    ask(listing, marketplace, {
      method: 'GET',
      path: `/api/workers?${new URLSearchParams({ category: exam, limit: '500', q: words })}`,
      token,
    })
  const skillsOf = async (worker: string) => {
    const path = `/api/workers/${encodeURIComponent(worker)}`
    return (await ask(skilled, marketplace, { method: 'GET', path })).skills.ja.split(/[、,]/)
  }
  const signIn = async (nth: number) => {
    const user = `cli_${String(nth).padStart(2, '0')}`
    return { user, ...(await ask(signedIn, marketplace, { method: 'POST', path: '/demo/session', body: { user } })) }
  }
  return { list, signIn, skillsOf }
}

type Readers = ReturnType<typeof readersOf>

/**
 * The session of somebody for whom certificates count: some readers see none of it for a day, others who do not sign in for
 * an hour, so that the marketplace can compare. None where whoever does not sign in sees it.
 */
async function readerWhoSeesIt({ list, signIn }: Readers): Promise<string | undefined> {
  if ((await list()).arm !== 'held-out') return undefined
  for (let nth = 1; nth <= MOST_READERS; nth += 1) {
    const { session } = await signIn(nth)
    if ((await list(session)).arm !== 'held-out') return session
  }
  return undefined
}

/** A search of today whose newcomers' row of page 1 shows somebody: first of whoever does not sign in, then of some clients. */
async function whoSeesInRow({ list, signIn, skillsOf }: Readers, worker: string): Promise<PassRow | undefined> {
  const shows = async (words?: string, token?: string) => (await list(token, words)).row.some(({ id }) => id === worker)
  if (await shows()) return { client: undefined, words: undefined }
  const searches = [undefined, ...(await skillsOf(worker))]
  for (let nth = 1; nth <= MOST_LOOKS; nth += 1) {
    const { user, session } = await signIn(nth)
    for (const words of searches) if (await shows(words, session)) return { client: user, words }
  }
  return undefined
}

async function* sitPart(
  { ask, plugin, token }: { readonly ask: Caller; readonly plugin: string; readonly token: string },
  { exam, bank, tasksOf }: PassPlace,
  part: PartId | undefined,
): AsyncGenerator<PassEvent, string> {
  const call = <T>(schema: z.ZodType<T>, request: FilledRequest) => ask(schema, plugin, { ...request, token })
  const asked = requestOf(startAttempt, { path: { exam }, body: { locale: 'ja', ...(part ? { part } : {}) } })
  const { id, lease, sections } = await call(paper, asked)
  const items = sections.flatMap((section) => section.items)
  const tasks = items.some(({ type }) => type === 'task') ? await tasksOf(id) : new Map<string, TaskInstance>()
  yield { is: 'started', part, count: items.length }
  for (const item of items) {
    const task = tasks.get(item.ref)
    if (item.type === 'task' && !task) throw new UsageError((t) => t('usage.otherDatabase'))
    const response =
      item.type === 'task'
        ? { entries: answerTask(task as TaskInstance, () => true) }
        : answerFromBank(item as PresentedItem, bank)
    const saves = [{ item: item.ref, revision: 1, response }]
    await call(z.unknown(), requestOf(saveResponses, { path: { id }, body: { lease, saves } }))
    yield { is: 'saved', part }
  }
  await call(z.unknown(), requestOf(submitAttempt, { path: { id }, body: { lease } }))
  yield { is: 'submitted', part }
  return id
}

/** Waits until the list counts a certificate. */
async function untilListed(
  { list, reader }: { readonly list: Readers['list']; readonly reader: string | undefined },
  { wait = sleep, clock = () => performance.now() }: PassPlace,
  { worker, credential }: { readonly worker: string; readonly credential: string },
): Promise<number | undefined> {
  for (const end = clock() + PATIENCE_MS; clock() < end; await wait(POLL_MS)) {
    const now = (await list(reader)).workers.find(({ id }) => id === worker)
    // the badge comes before the signal, and the place changes with the signal: its reason shows that it came
    if (
      now?.badges.some((badge) => badge.credential === credential) &&
      now.reasons.some(({ code }) => COUNTED.has(code))
    )
      return now.position ?? 0
  }
  return undefined
}

/**
 * Plays somebody who knows every answer through the public APIs of a running demo, and tells what happens, one event after
 * another: whoever takes the events sets the pace, and ends the play by taking no more. After an exam that was not passed
 * nothing follows. @throws UsageError naming the call that was refused
 */
export async function* playPass(place: PassPlace): AsyncGenerator<PassEvent, void> {
  const { exam, bank, marketplace, worker: wanted, clock = () => performance.now() } = place
  const ask = callerOf(place)
  const readers = readersOf(ask, place)
  const reader = await readerWhoSeesIt(readers)
  const before = (await readers.list(reader)).workers
  const person =
    wanted === undefined
      ? before.findLast((one) => one.badges.length === 0 && one.reasons.some(({ code }) => code === 'no-evidence'))
      : before.find(({ id }) => id === wanted)
  if (!person)
    throw new UsageError((t) =>
      wanted === undefined ? t('usage.nobodyNew') : t('usage.notListed', { worker: wanted, exam }),
    )
  const { id: worker, name, position } = person
  const isNew = person.reasons.some(({ code }) => code === 'no-evidence')
  yield { is: 'found', worker, name, position: position ?? 0, of: before.length, isNew }

  const launched = await ask(launch, marketplace, { method: 'POST', path: '/demo/launch', body: { worker, exam } })
  const plugin = new URL(launched.url).origin
  const opened = requestOf(openSession, { path: {}, body: { token: launched.token } })
  const session = { ask, plugin, token: (await ask(openSession.answer, plugin, opened)).session }
  yield { is: 'launched' }

  let attempt = ''
  for (const part of bank.exam.parts?.map(({ id }) => id) ?? [undefined]) attempt = yield* sitPart(session, place, part)
  const ended = clock()
  const read = requestOf(readResult, { path: { id: attempt } })
  const {
    passed = false,
    score,
    decision,
    credential,
  } = await ask(readResult.answer, plugin, { ...read, token: session.token })
  // looked for at once, so that whoever takes the events slowly is told how quick it was
  const listed =
    passed && credential !== undefined
      ? untilListed({ list: readers.list, reader }, place, { worker, credential })
          .then(async (position) => {
            const afterMs = clock() - ended
            const row = position !== undefined && place.looksForRow ? await whoSeesInRow(readers, worker) : undefined
            return { position, afterMs, row }
          })
          .catch((error: unknown) => ({ error }))
      : undefined
  const page = credential === undefined ? undefined : `${plugin}/credentials/${credential}`
  yield { is: 'graded', passed, scores: decision?.parts.map((part) => part.score) ?? [score], page }
  if (!listed || credential === undefined) return

  const state = await ask(readLiveState.answer, plugin, requestOf(readLiveState, { path: { id: credential } }))
  yield { is: 'issued', page: state.url, image: state.image, validUntil: state.validUntil }

  const came = await listed
  if ('error' in came) throw came.error
  const { position: now, afterMs, row } = came
  if (now === undefined) {
    yield { is: 'late' }
    return
  }
  const heldOut = (await readers.list()).arm === 'held-out'
  yield { is: 'listed', position: now, afterMs, heldOut, row }
}
