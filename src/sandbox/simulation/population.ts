import type { Random } from '../../kernel/random.ts'
import { type Category, categories } from '../people/worker.ts'
import { between, chance, normal, pick, streamOf } from './draw.ts'

/** How people of a simulated market behave, in memory and over HTTP alike. None of it is measured: they are assumptions. */

/** Contracts that one person works on at once. */
export const CAPACITY = 2
/** Days for which a post is open. */
export const OPEN_DAYS = 30
/** A client looks at who is there so many days after posting, and so often in all, a day apart, if nobody is to their liking. */
export const LOOKS_AFTER = { least: 1, most: 3 } as const
export const TRIES = 3
/** Visits of the job board a day, as a share of the workers; posts that they look at; how often one that was read is applied to. */
export const VISITS = 0.012
export const BOARD = 20
export const APPLIES = 0.6
/** Posters who use the suggestions, how often each of the four is invited, and how often the invited apply. */
export const INVITES = { posters: 0.4, each: 0.5, applies: 0.7 } as const
/** Newcomers who apply for one of the jobs of a weekly notice, in its four weeks. */
export const REACTS = { certified: 0.25, other: 0.12 } as const
export const NOTICE_DAYS = 28
/** A failed attempt may be followed by another after so many days; the exams ask for 14. */
export const SECOND_TRY_AFTER = 15
/** How much better or worse a practical task suits somebody than their ability says: its standard deviation, as a share of the points. */
export const TASK_SUITS = 0.16

/** Days are counted from the first of the year, 0. */
export interface SimWorker {
  readonly id: string
  readonly category: Category
  /** True quality of the work, in SD between workers. */
  readonly quality: number
  /** What the exam measures, in SD; correlated with quality. */
  readonly ability: number
  /** Null for somebody who was there before, with reviews. */
  readonly joinsOn: number | null
  /** When they sit the exam; null for those who never do. */
  readonly examOn: number | null
  readonly triesAgain: boolean
  /** Answers with somebody else's knowledge. */
  readonly cheats: boolean
}

export interface SimClient {
  readonly id: string
  readonly category: Category
  /** Whether the jobs are what they say. */
  readonly honest: boolean
  /** Day from which they post. */
  readonly from: number
  /** Jobs a day. */
  readonly rate: number
}

export interface PopulationOptions {
  readonly seed: number
  readonly workers: number
  readonly clients: number
  readonly days: number
  /** Correlation of exam ability with true quality, −1..1. */
  readonly rho: number
  /** Workers who were there before the first day; a third of all where it is not said. */
  readonly incumbents?: number | undefined
  /** Share of those likely to fail who sit the exam with somebody else's knowledge; besides, one in fifty of all does. */
  readonly unskilled?: number | undefined
}

/** Share of the workers who were there before the year began. */
const INCUMBENTS = 0.35
const SIT_EXAM = 0.55
const TRY_AGAIN = 0.3
const CHEAT = 0.02
/** Share of right answers that usually passes. */
const LIKELY_TO_PASS = 0.7
/** Exams are sat within so many days of joining. */
const EXAM_WITHIN = 10
const DISHONEST = 0.06
const HONEST_RATE = 15 / 365
const DISHONEST_RATE = 1 / 4

const numbered = (prefix: string, nth: number): string => `${prefix}_${String(nth + 1).padStart(4, '0')}`

function drawWorker(random: Random, nth: number, options: PopulationOptions): SimWorker {
  const { workers, days, rho, incumbents = Math.round(workers * INCUMBENTS), unskilled = 0 } = options
  const quality = normal(random)
  const ability = rho * quality + Math.sqrt(1 - rho ** 2) * normal(random)
  const joinsOn = nth < incumbents ? null : Math.floor(((nth - incumbents) * days) / (workers - incumbents))
  const sits = joinsOn !== null && chance(random, SIT_EXAM)
  return {
    id: numbered('wrk', nth),
    category: pick(random, categories),
    quality,
    ability,
    joinsOn,
    examOn: sits ? joinsOn + between(random, 1, EXAM_WITHIN) : null,
    triesAgain: chance(random, TRY_AGAIN),
    cheats: chance(random, rightProbability(ability) < LIKELY_TO_PASS ? Math.max(CHEAT, unskilled) : CHEAT),
  }
}

function drawClient(random: Random, nth: number, { clients, days }: PopulationOptions): SimClient {
  const honest = nth >= Math.max(1, Math.round(clients * DISHONEST))
  // those who mean no good come throughout the year; the first at once, so that no market is without
  const from = honest ? 0 : nth === 0 ? 0 : random.below(days)
  return {
    id: numbered('cli', nth),
    category: pick(random, categories),
    honest,
    from,
    rate: honest ? HONEST_RATE * (0.4 + 1.2 * random.unit()) : DISHONEST_RATE,
  }
}

/** The people of a year. The same options give the same people. */
export function drawPopulation(options: PopulationOptions): {
  readonly workers: readonly SimWorker[]
  readonly clients: readonly SimClient[]
} {
  const [ofWorkers, ofClients] = [streamOf(options.seed, 'workers'), streamOf(options.seed, 'clients')]
  return {
    workers: Array.from({ length: options.workers }, (_, nth) => drawWorker(ofWorkers, nth, options)),
    clients: Array.from({ length: options.clients }, (_, nth) => drawClient(ofClients, nth, options)),
  }
}

/** Probability that somebody answers an item of the exam right: a three-parameter logistic model with one difficulty. */
export const rightProbability = (ability: number): number =>
  GUESS + (1 - GUESS) / (1 + Math.exp(-SLOPE * (ability - DIFFICULTY)))
const GUESS = 0.25
const SLOPE = 1.1
const DIFFICULTY = -0.55
