import { type Belief, type Cohort, type Draw, type FirstReviews, nextBelief } from '@kentei/marketplace/estimator'
import { type Category, categories } from '../../people/worker.ts'
import { axes, reviewScore } from '../../review/totals.ts'
import { beforeAnyData, type ExamTerms, termsOf } from '../../search/newcomers/terms.ts'
import { Agenda } from '../agenda.ts'
import type { Choice } from '../choose.ts'
import { between, chance } from '../draw.ts'
import { disappointment, drawLevel, drawStars } from '../judge-work.ts'
import { drawPopulation, type PopulationOptions, rightProbability, SECOND_TRY_AFTER, TRIES } from '../population.ts'
import { FastJobs, type Job } from './fast-jobs.ts'
import { FastMarket, instantOf, type Person } from './fast-market.ts'
import { type Exposure, FastSearches, type SearchOptions, type SearchOutcome } from './fast-search.ts'

export interface FastOptions extends PopulationOptions, SearchOptions {
  /** Whether newcomers who find nothing leave. */
  readonly idleLeave: boolean
  /** Twenty clients who pay ten newcomers 500 yen each for five stars, from a day on; and whether blocks of clients are looked for. */
  readonly ring?: { readonly from: number; readonly recognised: boolean } | undefined
}

/** A contract that came about. */
export interface Formed {
  readonly on: number
  readonly worker: string
  readonly quality: number
  readonly first: boolean
  readonly incumbent: boolean
}

/** What a year showed. */
export interface FastResult {
  readonly options: FastOptions
  readonly people: readonly Person[]
  readonly formed: readonly Formed[]
  readonly jobs: { readonly posted: number; readonly filled: number; readonly endedWell: number }
  readonly exposure: readonly Exposure[]
  readonly beliefs: readonly { readonly month: number; readonly category: Category; readonly belief: Belief }[]
  readonly draws: readonly Draw[]
  readonly searches: readonly SearchOutcome[]
  /** Places at the end, from 1, of those whom a ring lifted; and clients in blocks who are in no ring. */
  readonly ringPlaces: readonly number[]
  readonly honestInBlocks: number
}

const ITEMS = 30
const RIGHT_TO_PASS = 21
const MONTH = 365 / 12
/** What befalls contracts; as in the year over HTTP. */
const COURSE = { cancelled: 0.03, undelivered: 0.007, dispute: 0.012, changes: 0.1, late: 0.1, reviews: 0.85 } as const
const REVEALED_AT_LATEST = 30
const LEAVES = { from: 60, daily: 0.01 } as const
const RING = { clients: 20, workers: 10, yen: 500, category: 'web-writer' } as const

/** A year in memory: the people, the ranking and the rules of the marketplace, and clients who look and choose; no HTTP. */
class FastYear extends Agenda {
  readonly formed: Formed[] = []
  readonly ends = { filled: 0, endedWell: 0 }
  readonly beliefs: FastResult['beliefs'][number][] = []
  readonly market: FastMarket
  readonly searches: FastSearches
  readonly jobs: FastJobs
  private readonly options: FastOptions
  private readonly current = new Map<Category, Belief>()
  private ringed: readonly Person[] = []

  constructor(options: FastOptions) {
    super(options.seed)
    this.options = options
    const { workers, clients } = drawPopulation(options)
    this.market = new FastMarket(workers, this)
    this.searches = new FastSearches(this.market, options)
    // who means no good hires nobody
    const honest = clients.filter(({ honest }) => honest)
    this.jobs = new FastJobs({ agenda: this, market: this.market, clients: honest, scheme: options.scheme })
  }

  async run(tell: (day: number) => void): Promise<void> {
    for (; this.day < this.options.days; this.day += 1) {
      this.beginDay()
      this.sitExams()
      this.jobs.sendNotices()
      this.jobs.post((job) => this.hire(job, TRIES))
      this.jobs.visitBoard()
      await this.keepAppointments()
      this.searches.countPool()
      tell(this.day + 1)
    }
  }

  private beginDay(): void {
    const month = Math.floor(this.day / MONTH)
    if (this.searches.beginDay(month)) {
      if (this.options.scheme === 'noticed') this.believe(month)
      if (this.options.ring?.recognised !== false) this.market.findBlocks()
    }
    this.payRing()
    for (const person of this.market.present(undefined)) {
      if (person.joinsOn === this.day) this.market.touch(person)
      if (this.options.idleLeave && this.isIdle(person) && chance(this.draws('leaving'), LEAVES.daily)) {
        person.leftOn = this.day
        this.market.touch(person)
      }
    }
  }

  /** One of the twenty clients of a ring a day pays all ten, and praises them. */
  private payRing(): void {
    const { ring } = this.options
    if (!ring || this.day < ring.from || this.day >= ring.from + RING.clients) return
    if (this.day === ring.from)
      this.ringed = this.market
        .present(RING.category)
        .filter(({ joinsOn, firstHire, reviews }) => joinsOn !== null && !firstHire && reviews.size === 0)
        .slice(0, RING.workers)
    const client = `ring ${this.day - ring.from}`
    for (const person of this.ringed) this.market.notePaid(client, person.id)
    for (const person of this.ringed) this.market.review(person, { client, yen: RING.yen, score: 5 })
  }

  /** Where those of the ring stand in the end, and which others were taken for one. */
  ringAtTheEnd(): Pick<FastResult, 'ringPlaces' | 'honestInBlocks'> {
    const at = { category: RING.category, now: instantOf(this.day), arm: 'treated' as const }
    const book = this.market.consult()
    return {
      ringPlaces: this.ringed.flatMap(({ id }) => book.placeOf(id, at)?.position ?? []),
      honestInBlocks: [...this.market.blocks.keys()].filter((client) => !client.startsWith('ring ')).length,
    }
  }

  private isIdle({ joinsOn, firstHire, certifiedOn }: Person): boolean {
    const since = certifiedOn ?? joinsOn
    return since !== null && firstHire === undefined && this.day - since >= LEAVES.from
  }

  /** What is believed from this month on. */
  private believe(month: number): void {
    for (const category of categories) {
      const reviews: Record<Cohort, FirstReviews> = {
        certified: this.firstReviews(category, true),
        other: this.firstReviews(category, false),
      }
      const belief = nextBelief(this.current.get(category), { reviews, version: null })
      this.current.set(category, belief)
      this.beliefs.push({ month, category, belief })
    }
    const terms = new Map<string, ExamTerms>([...this.current].map(([exam, belief]) => [exam, termsOf(belief)]))
    this.market.book.believe((exam) => terms.get(exam) ?? beforeAnyData)
  }

  private firstReviews(category: Category, certified: boolean): FirstReviews {
    const [people, sums] = [
      [0, 0, 0],
      [0, 0, 0],
    ]
    for (const person of this.market.people.values()) {
      const { first, firstHire } = person
      if (person.joinsOn === null || person.category !== category || first.length === 0) continue
      if (firstHire === undefined || firstHire.certified !== certified) continue
      const at = first.length - 1
      people[at] = (people[at] ?? 0) + 1
      sums[at] = (sums[at] ?? 0) + first.reduce((sum, score) => sum + score, 0) / first.length
    }
    return { people: people as unknown as FirstReviews['people'], sums: sums as unknown as FirstReviews['sums'] }
  }

  private sitExams(): void {
    const random = this.draws('answers')
    for (const person of this.market.people.values()) {
      const again =
        person.failedOn !== undefined && person.triesAgain && person.failedOn + SECOND_TRY_AFTER === this.day
      if (person.leftOn !== undefined || (person.examOn !== this.day && !again)) continue
      const probability = person.cheats ? 1 : rightProbability(person.ability)
      let right = 0
      for (let nth = 0; nth < ITEMS; nth += 1) right += Number(chance(random, probability))
      if (right >= RIGHT_TO_PASS) {
        person.certifiedOn = this.day
        this.market.touch(person)
      } else person.failedOn = person.failedOn === undefined ? this.day : -1
    }
  }

  /** A client looks for somebody: applicants, or a search; whoever finds nobody looks again the next day. */
  private async hire(job: Job, tries: number): Promise<void> {
    if (!job.open) return
    const choice = await this.searches.choose(job, tries)
    if (choice) this.form(job, choice)
    else if (tries > 1) this.inDays(1, () => this.hire(job, tries - 1))
    else this.jobs.close(job)
  }

  /** A contract forms: the one way in which it does. */
  private form(job: Job, { worker, way }: Choice): void {
    this.jobs.close(job)
    const person = this.market.person(worker)
    const random = this.draws('work')
    const level = drawLevel(random, person.quality)
    const first = person.joinsOn !== null && person.firstHire === undefined
    this.ends.filled += 1
    this.formed.push({ on: this.day, worker, quality: person.quality, first, incumbent: person.joinsOn === null })
    if (first) person.firstHire = { on: this.day, certified: person.certifiedOn !== undefined, way }
    person.busy += 1
    this.market.touch(person)
    this.work(job, person, level)
  }

  /** How the work goes, and what the client says of it. */
  private work(job: Job, person: Person, level: number): void {
    const random = this.draws('work')
    const displeased = Math.max(0, 1 + disappointment(level))
    const [cancelled, undelivered] = [chance(random, COURSE.cancelled), chance(random, COURSE.undelivered)]
    const [dispute, changes] = [
      chance(random, COURSE.dispute * displeased),
      chance(random, COURSE.changes * displeased),
    ]
    const late = chance(random, COURSE.late) ? between(random, 5, 20) : 0
    const length = cancelled
      ? between(random, 0, 5)
      : undelivered
        ? 76
        : between(random, 2, 12) + late + between(random, 1, 6) + (changes ? between(random, 2, 10) : 0)
    const ended = this.day + length
    if (!cancelled && !undelivered && !dispute && !changes) this.ends.endedWell += 1
    this.inDays(length, () => {
      person.busy -= 1
      this.market.touch(person)
      if (!cancelled && !undelivered) this.market.notePaid(job.client.id, person.id)
    })
    if (cancelled || undelivered || !chance(random, COURSE.reviews)) return
    const both = chance(random, 0.7)
    const revealed = both ? between(random, 0, 12) : REVEALED_AT_LATEST
    const score = reviewScore(drawStars(random, level, axes))
    this.inDays(ended - this.day + revealed, () =>
      this.market.review(person, { client: job.client.id, yen: job.amount, score }),
    )
  }
}

/** Lives a year in memory. The same options give the same year. */
export async function runFastYear(options: FastOptions, tell: (day: number) => void = () => {}): Promise<FastResult> {
  const year = new FastYear(options)
  await year.run(tell)
  const { formed, beliefs } = year
  const jobs = { posted: year.jobs.posted, ...year.ends }
  const { exposure, draws, outcomes } = year.searches
  const people = [...year.market.people.values()]
  return { options, people, formed, jobs, exposure, beliefs, draws, searches: outcomes, ...year.ringAtTheEnd() }
}
