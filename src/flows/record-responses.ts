import { refusalOf } from '../attempt/attempt.ts'
import { changeBetween, readObserved, type Upload, withSave } from '../attempt/process-data/process-data.ts'
import { noteSaveStatement, taskStates } from '../attempt/process-data/store.ts'
import { type NotedSave, responsesOf, type Save, type SaveEffect, upsertResponses } from '../attempt/responses/store.ts'
import { findAttempt } from '../attempt/store.ts'
import { tasksOf } from '../attempt/tasks/store.ts'
import type { PlacedItem, PresentedResponse } from '../form/form.ts'
import { readResponse } from '../form/read-response.ts'
import type { Bank } from '../item/bank.ts'
import type { Item, Locale } from '../item/item.ts'
import { findBank } from '../item/store.ts'
import type { Layout } from '../item/types/item-type.ts'
import type { AttemptId, LeaseId } from '../kernel/id.ts'
import { type Instant, milliseconds } from '../kernel/instant.ts'
import type { Issue } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { sessionLives } from '../marketplace/sessions/store.ts'
import type { TaskField } from '../task/present.ts'
import { readEntries } from '../task/read-entries.ts'
import type { World } from '../world/world.ts'
import { settleAttempt } from './close-attempt.ts'
import type { AttemptCall } from './read-attempt.ts'

export interface SaveCall extends AttemptCall {
  readonly lease: string
  readonly saves: readonly {
    readonly item: string
    readonly revision: number
    readonly response: unknown
    /** Of a task: what the page saw of the work, whatever it says. */
    readonly observed?: unknown
    /** Of a task: the file that the response was read from. */
    readonly upload?: Upload
  }[]
}

export type SaveResult =
  | { readonly item: string; readonly status: 'saved'; readonly revision: number }
  | {
      readonly item: string
      readonly status: 'stale-revision'
      readonly revision: number
      readonly response: PresentedResponse
    }

export interface SaveReply {
  readonly now: Instant
  readonly deadline: Instant
  readonly results: readonly SaveResult[]
}

/** What a save must fit. An attempt's paper never changes, so it is read once, and of it is remembered what responses are read by. */
interface Paper {
  readonly worker: string
  readonly bankHash: string
  readonly locale: Locale
  readonly startedAt: Instant
  /** The refs of its items, and in the same order their ids and how they were laid out. */
  readonly refs: readonly string[]
  readonly items: readonly string[]
  readonly layouts: readonly Layout[]
  /** The refs of its practical tasks. */
  readonly tasks: readonly string[]
}
const papersIn = new WeakMap<object, Map<string, Paper>>()
const MOST_PAPERS = 4_000

// few ids and few orders of few choices are in thousands of papers
const common = new Map<string, unknown>()
const MOST_COMMON = 20_000

/** What is remembered of a database: another of this process may have other attempts of the same ids. */
function memoryOf<T>(kept: WeakMap<object, Map<string, T>>, { db }: Pick<World, 'db'>): Map<string, T> {
  const place = db.place ?? db
  const known = kept.get(place) ?? new Map<string, T>()
  kept.set(place, known)
  return known
}

/** The same value for all papers that have it. */
function shared<T>(value: T): T {
  const name = JSON.stringify(value)
  const known = common.get(name)
  if (known !== undefined) return known as T
  if (common.size >= MOST_COMMON) common.clear()
  common.set(name, value)
  return value
}

const layoutOf = ({ choices, left, blanks }: PlacedItem): Layout => ({
  ...(choices ? { choices } : {}),
  ...(left ? { left } : {}),
  ...(blanks ? { blanks } : {}),
})

async function paperOf(world: World, id: string): Promise<Paper | undefined> {
  const papers = memoryOf(papersIn, world)
  const known = papers.get(id)
  if (known) return known
  const attempt = await findAttempt(world.db, id)
  if (!attempt) return undefined
  const { worker, bankHash, form, startedAt } = attempt
  const placed = form.sections.flatMap((section) => section.items)
  const refs = shared(placed.map(({ ref }) => ref))
  const paper = {
    worker,
    bankHash: shared(bankHash),
    locale: form.locale,
    startedAt,
    refs,
    items: placed.map(({ itemId }) => shared(itemId)),
    layouts: placed.map((item) => shared(layoutOf(item))),
    tasks: shared((form.tasks ?? []).map(({ ref }) => ref)),
  }
  if (papers.size >= MOST_PAPERS) papers.delete(papers.keys().next().value as string)
  papers.set(id, paper)
  return paper
}

// A bank may have thousands of items; it never changes.
const itemsOf = new WeakMap<Bank, ReadonlyMap<string, Item>>()

function itemOf(bank: Bank | undefined, id: string): Item | undefined {
  if (!bank) return undefined
  const items = itemsOf.get(bank) ?? new Map(bank.items.map((item) => [item.id, item]))
  itemsOf.set(bank, items)
  return items.get(id)
}

// A task has hundreds of fields: those of the papers that are worked on are kept, and read again where they are not.
const fieldsIn = new WeakMap<object, Map<string, ReadonlyMap<string, readonly TaskField[]>>>()
const MOST_FIELDS_KEPT = 100

async function fieldsOf(world: World, id: string): Promise<ReadonlyMap<string, readonly TaskField[]>> {
  const fields = memoryOf(fieldsIn, world)
  const known = fields.get(id)
  if (known) return known
  const tasks = await tasksOf(world.db, id as AttemptId)
  const read = new Map(tasks.map(({ ref, instance }) => [ref, instance.presented.fields]))
  if (fields.size >= MOST_FIELDS_KEPT) fields.delete(fields.keys().next().value as string)
  fields.set(id, read)
  return read
}

async function readTaskSave(
  world: World,
  call: SaveCall,
  { item, response }: SaveCall['saves'][number],
): Promise<Result<PresentedResponse, string>> {
  if (response === null) return ok(null)
  const known = (await fieldsOf(world, call.id)).get(item)
  return known ? readEntries(known, response) : fail('no such item on this paper')
}

async function checkSaves(world: World, paper: Paper, call: SaveCall): Promise<Result<Save[]>> {
  const bank = await findBank(world.db, paper.bankHash)
  const issues: Issue[] = []
  const saves: Save[] = []
  for (const [i, save] of call.saves.entries()) {
    const at = paper.refs.indexOf(save.item)
    const layout = paper.layouts[at]
    const isTask = paper.tasks.includes(save.item)
    const stem = layout && itemOf(bank, paper.items[at] as string)?.wordings[paper.locale]?.stem
    const read = isTask
      ? await readTaskSave(world, call, save)
      : layout && stem
        ? readResponse(layout, stem, save.response)
        : fail('no such item on this paper')
    if (call.saves.findIndex((other) => other.item === save.item) !== i)
      issues.push({ path: `saves[${i}].item`, message: 'an item may stand in one call once' })
    else if (!read.ok)
      issues.push({ path: `saves[${i}]${layout || isTask ? '.response' : '.item'}`, message: read.problem })
    else saves.push({ item: save.item, revision: save.revision, response: read.value })
  }
  return issues.length === 0 ? ok(saves) : fail({ code: 'malformed', issues })
}

/** The saves, and beside those of tasks what is noted of the work. A page that tells rubbish of it, or nothing, saves all the same. */
async function withNotes(
  world: World,
  paper: Paper,
  { call, saves, now }: { readonly call: SaveCall; readonly saves: readonly Save[]; readonly now: Instant },
): Promise<readonly NotedSave[]> {
  const refs = saves.map(({ item }) => item).filter((item) => paper.tasks.includes(item))
  if (refs.length === 0) return saves
  const attempt = call.id as AttemptId
  const [fields, stateOf] = [await fieldsOf(world, call.id), await taskStates(world.db, attempt, refs)]
  return saves.map((save): NotedSave => {
    const { item: ref, response } = save
    const before = stateOf(ref)
    if (!refs.includes(ref) || save.revision <= before.revision) return save
    const told = call.saves.find(({ item }) => item === ref)
    const observed = readObserved(told?.observed)
    const entries = response && 'entries' in response ? response.entries : {}
    const change = changeBetween(fields.get(ref) ?? [], before.entries, entries)
    if (change.fields === 0 && !told?.upload && !observed?.isHidden) return save
    const after = milliseconds(now - paper.startedAt)
    const data = withSave(before.data, { after, change, observed, upload: told?.upload })
    return { ...save, note: noteSaveStatement(world.db, { attempt, ref, data, now }) }
  })
}

/**
 * Saves responses. An acknowledged response is the one that is graded. A lower or equal revision with another body is
 * stale and answered with the stored one; the same revision and body is a success.
 */
export async function recordResponses(world: World, call: SaveCall): Promise<Result<SaveReply>> {
  const paper = await paperOf(world, call.id)
  if (!paper || paper.worker !== call.session.worker) return fail({ code: 'not-found' })
  const checked = await checkSaves(world, paper, call)
  if (!checked.ok) return checked
  const now = world.now()
  const effect = await upsertResponses(world.db, {
    id: call.id as AttemptId,
    worker: paper.worker,
    session: call.session.id,
    lease: call.lease,
    now,
    saves: await withNotes(world, paper, { call, saves: checked.value, now }),
  })
  if (effect.deadline !== undefined && effect.saved.size === checked.value.length)
    return ok({ now, deadline: effect.deadline, results: checked.value.map(saved) })
  return explain(world, call, checked.value, effect, now)
}

const saved = (save: Save): SaveResult => ({ item: save.item, status: 'saved', revision: save.revision })

/** Some saves had no effect: the session or the attempt is over, another one writes, or the revision is not newer. */
async function explain(
  world: World,
  call: SaveCall,
  saves: readonly Save[],
  effect: SaveEffect,
  now: Instant,
): Promise<Result<SaveReply>> {
  if (effect.saved.size === 0 && !(await sessionLives(world.db, call.session.id, now)))
    return fail({ code: 'unauthenticated' })
  const attempt = await findAttempt(world.db, call.id)
  // its worker was erased
  if (!attempt) return fail({ code: 'not-found' })
  if (effect.saved.size === 0) {
    const refusal = refusalOf(attempt, { type: 'record-responses', lease: call.lease as LeaseId }, now)
    if (refusal) {
      await settleAttempt(world, attempt)
      return fail(refusal)
    }
  }
  // an extension came between the statement and this reading: nothing was saved, and the caller may try again
  const stored = new Map((await responsesOf(world.db, attempt.id)).map((response) => [response.item, response]))
  if (saves.some((save) => !effect.saved.has(save.item) && !stored.has(save.item)))
    return fail({ code: 'conflict', detail: 'the attempt changed meanwhile; send the same saves again' })
  const results = saves.map((save): SaveResult => {
    const there = stored.get(save.item)
    if (!there || effect.saved.has(save.item)) return saved(save)
    const same = there.revision === save.revision && JSON.stringify(there.response) === JSON.stringify(save.response)
    return same
      ? saved(save)
      : { item: save.item, status: 'stale-revision', revision: there.revision, response: there.response }
  })
  return ok({ now, deadline: attempt.deadline, results })
}
