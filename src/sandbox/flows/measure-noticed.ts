import {
  countPeople,
  type Figure,
  type MarketEffect,
  marketEffect,
  medianWait,
  type NoticedEffect,
  noticedEffect,
  type OtherTermsEffect,
  seenDifference,
  underOtherTerms,
  type Waited,
} from '@kentei/marketplace/estimator'
import { days, hours, type Instant, minus, plus } from '../../kernel/instant.ts'
import { firstAgreements, hiringsSince } from '../escrow/work/store.ts'
import { firstPassesIn, firstPassesOf } from '../evidence/store.ts'
import { jobsPostedSince } from '../job/store.ts'
import { joinedAfter } from '../people/store.ts'
import type { Category } from '../people/worker.ts'
import { firstReviewCountsAmong } from '../review/first/store.ts'
import { pastReviewedAmong } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { dayOf } from '../search/market.ts'
import { type SearchDraw, sizesOfDraw } from '../search/newcomers/store.ts'
import { heldOutShare } from '../search/newcomers/terms.ts'
import {
  type Displays,
  displaysOf,
  experimentsOf,
  hiredHeldOut,
  jobStrataOf,
  type MarketOutcome,
  OUTCOME_WITHIN,
  otherTerms,
  type PostedJob,
  type ReaderHire,
  strataOf,
} from '../search/noticed/figures.ts'
import { drawsWithOutcomes, firstPageDays, heldOutFigures, keepFigures, lastFigures } from '../search/noticed/store.ts'
import { nameInFigures } from './commit-contract.ts'
import { marketNorms } from './consult-book.ts'
import { firstReviewsOf, judgedVersions } from './turn-beliefs.ts'

/** Days of a median and the people behind it. */
export interface Wait {
  readonly median: number | undefined
  readonly people: number
}

/** What the log of searches, contracts and passes says of an exam, before anything is left out for being of too few. */
export interface NoticedFigures {
  /** When it was counted. */
  readonly at: Instant
  readonly firstPage: { readonly share: number | undefined; readonly people: number }
  readonly displays: { readonly certified: Displays; readonly others: Displays }
  readonly waits: { readonly certified: Wait; readonly others: Wait }
  /** Newcomers who might be drawn in the newest search of all; undefined where there was none. */
  readonly pool: { readonly certified: number; readonly others: number; readonly at: Instant } | undefined
  readonly lot: NoticedEffect | undefined
  /** What other terms of the lot would have done, in the order of `otherTerms`. */
  readonly others: readonly (OtherTermsEffect | undefined)[]
  readonly market: Readonly<Record<MarketOutcome, MarketEffect | undefined>>
  /** The difference in work among newcomers whom held-out searches had hired, in SD, and how many of them were reviewed. */
  readonly worth: { readonly difference: Figure | undefined; readonly certified: number; readonly others: number }
  /** Share of jobs that were filled. */
  readonly filled: MarketEffect | undefined
  readonly heldOut: {
    readonly share: number
    readonly readerDays: { readonly treated: number; readonly 'held-out': number }
  }
}

/** The log is kept for two years; of a busy market the newest draws say enough. */
const LOOKS_BACK = days(730)
const MOST_DRAWS = 20_000
const MOST_CONTRACTS = 20_000
const MOST_JOBS = 20_000

/** Passes of the last quarter, of which each had its seven days. */
const PASSES_OF = days(90)
const NOTICED_WITHIN = days(7)
const MOST_PEOPLE = 5_000

/** Who had no past here and no contract before, when they passed. */
async function newcomersAmong(world: SandboxWorld, passes: readonly { worker: string; passedAt: Instant }[]) {
  const ids = passes.map(({ worker }) => worker)
  const [agreements, known] = await Promise.all([firstAgreements(world.db, ids), pastReviewedAmong(world.db, ids)])
  return passes.filter(({ worker, passedAt }) => {
    const agreed = agreements.get(worker)
    return !known.has(worker) && (agreed === undefined || agreed > passedAt)
  })
}

/** Share of the newcomers who passed who stood on a first page within seven days. */
async function firstPageShare(world: SandboxWorld, exam: Category): Promise<NoticedFigures['firstPage']> {
  const until = minus(world.now(), NOTICED_WITHIN)
  const from = minus(until, PASSES_OF)
  const passed = await newcomersAmong(world, await firstPassesIn(world.db, { exam, from, until, limit: MOST_PEOPLE }))
  const workers = passed.map(({ worker }) => worker)
  const shownOn = await firstPageDays(world.db, { workers, since: dayOf(from) })
  const noticed = passed.filter(({ worker, passedAt }) => {
    const last = dayOf(plus(passedAt, NOTICED_WITHIN))
    return (shownOn.get(worker) ?? []).some((day) => day >= dayOf(passedAt) && day <= last)
  })
  return { share: passed.length === 0 ? undefined : noticed.length / passed.length, people: passed.length }
}

/** Who joined within a year is waited with. A certificate within four weeks makes one of the certified; who got it later is of neither. */
const JOINED_WITHIN = days(365)
const SOON = days(28)
const LONGEST_WAIT_DAYS = 365
const DAY = days(1)

/** How long newcomers wait from joining to their first contract, those included who still do. */
async function waitsOf(world: SandboxWorld, exam: Category): Promise<NoticedFigures['waits']> {
  const now = world.now()
  const joined = await joinedAfter(world.db, { after: minus(now, JOINED_WITHIN), limit: MOST_PEOPLE })
  const offering = joined.filter(({ categories }) => categories.includes(exam))
  const ids = offering.map(({ id }) => id)
  const [agreements, passes, known] = await Promise.all([
    firstAgreements(world.db, ids),
    firstPassesOf(world.db, { exam, workers: ids }),
    pastReviewedAmong(world.db, ids),
  ])
  const waits: { certified: Waited[]; others: Waited[] } = { certified: [], others: [] }
  for (const { id, joinedAt } of offering) {
    const [agreed, passed] = [agreements.get(id), passes.get(id)]
    if (known.has(id) || (passed !== undefined && passed - joinedAt > SOON)) continue
    waits[passed === undefined ? 'others' : 'certified'].push({
      days: ((agreed ?? now) - joinedAt) / DAY,
      came: agreed !== undefined,
    })
  }
  const of = (group: readonly Waited[]): Wait => ({
    median: medianWait(group, LONGEST_WAIT_DAYS),
    people: group.length,
  })
  return { certified: of(waits.certified), others: of(waits.others) }
}

/** What the certificate is worth among newcomers whom a client hired after a search in which it did not count. */
async function worthHeldOut(
  world: SandboxWorld,
  exam: Category,
  { draws, hires }: Pick<Awaited<ReturnType<typeof drawsWithOutcomes>>, 'draws' | 'hires'>,
): Promise<NoticedFigures['worth']> {
  const { versions } = await judgedVersions(world.db, exam, world.now())
  const counts = await firstReviewCountsAmong(world.db, { exam, versions, workers: hiredHeldOut(draws, hires) })
  const norms = await marketNorms(world)
  const [certified, other] = [firstReviewsOf(counts, 'certified', norms), firstReviewsOf(counts, 'other', norms)]
  return {
    difference: seenDifference({ certified, other }),
    certified: countPeople(certified),
    others: countPeople(other),
  }
}

/** Contracts and jobs of the category under the names that searches have of their clients. */
async function workOf(
  world: SandboxWorld,
  category: Category,
  after: Instant,
): Promise<{ readonly hires: readonly ReaderHire[]; readonly jobs: readonly PostedJob[] }> {
  const [hirings, posted] = await Promise.all([
    hiringsSince(world.db, { category, after, limit: MOST_CONTRACTS }),
    jobsPostedSince(world.db, { category, after, limit: MOST_JOBS }),
  ])
  const aliases = new Map<string, string>()
  for (const { client } of [...hirings, ...posted])
    if (!aliases.has(client)) aliases.set(client, await nameInFigures(world, client))
  const readerOf = (client: string) => aliases.get(client) as string
  const filled = new Map<string, Instant>()
  for (const { job, agreedAt } of hirings)
    if (job !== null && agreedAt < (filled.get(job) ?? Number.POSITIVE_INFINITY)) filled.set(job, agreedAt)
  return {
    hires: hirings.map(({ client, job: _job, ...hiring }) => ({ ...hiring, reader: readerOf(client) })),
    jobs: posted.map(({ id, client, createdAt }) => ({
      reader: readerOf(client),
      postedAt: createdAt,
      filledAt: filled.get(id),
    })),
  }
}

function poolOf(draws: readonly SearchDraw[]): NoticedFigures['pool'] {
  const newest = draws.find(({ narrowed }) => !narrowed)
  if (!newest) return undefined
  const { certified, other } = sizesOfDraw(newest)
  return {
    certified: certified.fresh + certified.settled,
    others: other.fresh + other.settled,
    at: newest.drawnAt,
  }
}

async function measure(world: SandboxWorld, exam: Category): Promise<NoticedFigures> {
  const now = world.now()
  const log = await drawsWithOutcomes(world.db, { category: exam, after: minus(now, LOOKS_BACK), limit: MOST_DRAWS })
  // each had the time in which a hire counts
  const settled = log.draws.filter(({ drawnAt }) => plus(drawnAt, OUTCOME_WITHIN) <= now)
  const oldest = settled.at(-1)?.drawnAt
  const { hires, jobs } =
    oldest === undefined ? { hires: [], jobs: [] } : await workOf(world, exam, minus(oldest, OUTCOME_WITHIN))
  const { certified, other: others } = displaysOf(log.draws, log.places)
  const effectOn = (outcome: MarketOutcome) => marketEffect(strataOf(settled, hires, outcome))
  const { share, readerDays } = await heldOutFigures(world.db)
  return {
    at: now,
    firstPage: await firstPageShare(world, exam),
    displays: { certified, others },
    waits: await waitsOf(world, exam),
    pool: poolOf(log.draws),
    lot: noticedEffect(experimentsOf(settled, log.places, log.hires)),
    others: otherTerms.map((terms) => underOtherTerms(experimentsOf(settled, log.places, log.hires, terms))),
    market: { certified: effectOn('certified'), anybody: effectOn('anybody'), endsWell: effectOn('endsWell') },
    worth: await worthHeldOut(world, exam, log),
    filled: marketEffect(jobStrataOf(settled, jobs)),
    heldOut: { share: share ?? heldOutShare(readerDays['held-out']), readerDays },
  }
}

/** Figures stand for an hour; after a day operators wait for new ones. */
const STANDS = hours(1)
const OF_TODAY = hours(24)

/** Grows by one when the shape of the figures changes: what was written in another one is counted anew. */
const FORM = 5

interface Kept {
  figures?: NoticedFigures
  /** The count that is under way. */
  counting?: Promise<NoticedFigures>
}

const kept = new WeakMap<SandboxWorld, Map<Category, Kept>>()

function keptOf(world: SandboxWorld, exam: Category): Kept {
  const memory = kept.get(world) ?? new Map<Category, Kept>()
  kept.set(world, memory)
  const own = memory.get(exam) ?? {}
  memory.set(exam, own)
  return own
}

/** Counts anew, once at a time. */
function count(world: SandboxWorld, exam: Category, own: Kept): Promise<NoticedFigures> {
  own.counting ??= measure(world, exam)
    .then(async (figures) => {
      own.figures = figures
      await keepFigures(world.db, { exam, form: FORM, at: figures.at, figures })
      return figures
    })
    .finally(() => {
      delete own.counting
    })
  return own.counting
}

/**
 * What the logs say of an exam, counted once an hour at most, whoever asks. What was counted before is told at once, in
 * another process too, and counted anew behind the answer; whoever asks while there is nothing yet waits, and where
 * `ofToday` is asked for, for anything that is older than a day.
 */
export async function measureNoticed(
  world: SandboxWorld,
  exam: Category,
  { ofToday }: { readonly ofToday: boolean },
): Promise<NoticedFigures> {
  const own = keptOf(world, exam)
  own.figures ??= (await lastFigures(world.db, { exam, form: FORM })) as NoticedFigures | undefined
  const { figures } = own
  // a clock that was set back makes nothing stand for longer
  const age = figures ? Math.abs(world.now() - figures.at) : Number.POSITIVE_INFINITY
  if (figures && age < STANDS) return figures
  const counting = count(world, exam, own)
  if (!figures || (ofToday && age >= OF_TODAY)) return counting
  // who asks next asks again
  counting.catch(() => undefined)
  return figures
}
