import { days, type Instant, instant, plus } from '../../../kernel/instant.ts'
import type { Category } from '../../people/worker.ts'
import { componentsOf, isLinked, type Link } from '../../review/block/block.ts'
import { axes, normsOfScores, type ReviewNorms, reviewScore } from '../../review/totals.ts'
import { growthOf, weightOf } from '../../review/weight.ts'
import type { Remembered } from '../../search/category-order.ts'
import {
  type Candidate,
  evidenceAt,
  expectedQuality,
  reviewQuality,
  standardScore,
  type Weighed,
} from '../../search/quality.ts'
import { WorkerBook } from '../../search/worker-book.ts'
import type { Agenda } from '../agenda.ts'
import { drawDaysHere, drawLevel, drawReviewCount, drawStars, LONGEST_HERE_DAYS } from '../judge-work.ts'
import { CAPACITY, type SimWorker } from '../population.ts'

const STARTS_AT = instant(Date.UTC(2027, 0, 4, 12))
/** The middle of a day of the year, 0 the first. */
export const instantOf = (day: number): Instant => plus(STARTS_AT, days(day))

/** What the plugin tells of a certificate before there are data of its own (ρ₀ = .30 worth 60 observations): the boost of a certificate, and its weight in reviews. */
const SIGNAL = { priorMean: 0.11, equivalentReviews: 3.06 } as const
/** Clients of whom nothing is known but a review from before the year. */
const BEFORE = 'before '
const FOREVER = instantOf(100_000)

interface PastReview {
  readonly weight: number
  readonly growth: number
  /** Mean of the five axes, 1..5. */
  readonly score: number
}

/** What has become of somebody. */
export interface Person extends SimWorker {
  certifiedOn: number | undefined
  failedOn: number | undefined
  /** Contracts under way. */
  busy: number
  firstHire: { readonly on: number; readonly certified: boolean; readonly way: string } | undefined
  /** Day on which they gave up. */
  leftOn: number | undefined
  /** The newest review of each client, by client. */
  readonly reviews: Map<string, PastReview>
  /** What they weigh together; undefined where they have to be summed anew. */
  weighed: Weighed | undefined
  /** Scores of the first three counted reviews, in SD. */
  readonly first: number[]
  /** Days since joining, or since the pass, on which a first page showed them first, and somebody first looked at them. */
  shownOn: number | undefined
  lookedAtOn: number | undefined
}

/** Everybody of a year in memory, with the order that the marketplace itself keeps. */
export class FastMarket {
  readonly people: ReadonlyMap<string, Person>
  readonly book = new WorkerBook()
  private readonly norms: ReviewNorms
  /** Contracts that a client has paid, by worker. */
  private readonly paid = new Map<string, Map<string, number>>()
  /** In which block a client is. */
  blocks: ReadonlyMap<string, string> = new Map()
  private readonly changed = new Set<string>()
  private readonly agenda: Agenda

  constructor(workers: readonly SimWorker[], agenda: Agenda) {
    this.agenda = agenda
    this.people = new Map(
      workers.map((worker) => [
        worker.id,
        {
          ...worker,
          certifiedOn: undefined,
          failedOn: undefined,
          busy: 0,
          firstHire: undefined,
          leftOn: undefined,
          reviews: new Map(),
          weighed: undefined,
          first: [],
          shownOn: undefined,
          lookedAtOn: undefined,
        },
      ]),
    )
    const before = [...this.people.values()].filter(({ joinsOn }) => joinsOn === null)
    for (const person of before) this.givePast(person)
    this.norms = normsOfScores(before.flatMap(({ reviews }) => [...reviews.values()].map(({ score }) => score)))
    this.book.fill(
      before.map((person) => this.memoryOf(person)),
      { seq: 0, norms: this.norms },
    )
  }

  get day(): number {
    return this.agenda.day
  }

  private givePast(person: Person): void {
    const random = this.agenda.draws('incumbents')
    const count = drawReviewCount(random)
    const here = drawDaysHere(random)
    for (let nth = 0; nth < count; nth += 1) {
      const stars = drawStars(random, drawLevel(random, person.quality), axes)
      const at = instantOf(-Math.ceil(here * random.unit()))
      person.reviews.set(`${BEFORE}${nth}`, { weight: 1, growth: growthOf(at), score: reviewScore(stars) })
    }
  }

  person(id: string): Person {
    const person = this.people.get(id)
    if (!person) throw new Error(`${id} does not take part`)
    return person
  }

  isPresent({ joinsOn, leftOn }: Person): boolean {
    return leftOn === undefined && (joinsOn === null || joinsOn <= this.day)
  }

  isFree(person: Person): boolean {
    return this.isPresent(person) && person.busy < CAPACITY
  }

  private weighed(person: Person): Weighed {
    person.weighed ??= this.sumUp(person)
    return person.weighed
  }

  private sumUp({ reviews }: Person): Weighed {
    let [weight, grown, grownScore] = [0, 0, 0]
    for (const [client, review] of reviews) {
      const own = this.blocks.has(client) ? 0 : review.weight
      weight += own
      grown += own * review.growth
      grownScore += own * review.growth * review.score
    }
    return { weight, grown, mean: grown === 0 ? 0 : standardScore(grownScore / grown, this.norms) }
  }

  /** Finds the clients who reviewed nearly the same workers; their reviews weigh nothing from now on. */
  findBlocks(): void {
    const reviewed = new Map<string, Set<string>>()
    for (const person of this.people.values())
      for (const client of person.reviews.keys())
        if (!client.startsWith(BEFORE)) reviewed.set(client, (reviewed.get(client) ?? new Set()).add(person.id))
    const clients = [...reviewed.keys()].sort()
    const links: Link[] = []
    for (const [nth, client] of clients.entries())
      for (const other of clients.slice(nth + 1)) {
        const [own, theirs] = [reviewed.get(client) as Set<string>, reviewed.get(other) as Set<string>]
        let shared = 0
        for (const worker of own) shared += Number(theirs.has(worker))
        if (isLinked({ own: own.size, theirs: theirs.size, shared })) links.push([client, other])
      }
    const before = this.blocks
    this.blocks = new Map(
      componentsOf(clients, links).flatMap((block) => block.map((client) => [client, block[0] as string] as const)),
    )
    for (const person of this.people.values())
      if ([...person.reviews.keys()].some((client) => before.get(client) !== this.blocks.get(client))) {
        person.weighed = undefined
        this.touch(person)
      }
  }

  private memoryOf(person: Person): Remembered {
    const { id, category, certifiedOn, joinsOn } = person
    const certified = certifiedOn !== undefined
    const counted = { exam: category, validUntil: FOREVER }
    return {
      worker: {
        id,
        categories: [category],
        standing: person.leftOn !== undefined ? 'suspended' : 'good',
        erasedAt: null,
        joinedAt: instantOf(joinsOn ?? -LONGEST_HERE_DAYS),
        lastSeenAt: FOREVER,
      },
      reviews: this.weighed(person),
      reviewCount: person.reviews.size,
      meanScore: 0,
      underContract: person.busy > 0,
      // everybody of a simulated year is one person with one account
      payeeSince: instantOf(joinsOn ?? -LONGEST_HERE_DAYS),
      badges: certified ? [{ ...counted, status: 'active', issuedAt: instantOf(certifiedOn) }] : [],
      signals: certified ? [{ ...counted, ...SIGNAL, withdrawn: false }] : [],
      hourlyRate: 1_500,
      week: 0,
      skills: 0,
      doc: undefined,
    }
  }

  /** The order has to look at somebody anew. */
  touch(person: Person): void {
    this.changed.add(person.id)
  }

  /** The order, with everything that has happened. */
  consult(): WorkerBook {
    if (this.changed.size > 0) {
      const memories = [...this.changed].map((id) => this.memoryOf(this.person(id)))
      this.changed.clear()
      this.book.learn(memories, { seq: 0, norms: this.norms })
    }
    return this.book
  }

  /** What a page says of somebody's reviews; undefined without any. */
  shownQuality(person: Person): number | undefined {
    return person.reviews.size === 0 ? undefined : reviewQuality(evidenceAt(this.weighed(person), instantOf(this.day)))
  }

  /** Somebody as the ranking sees them; `factor` is by what certificates are multiplied. */
  candidateOf(person: Person, factor = 1): Candidate {
    const prior = person.certifiedOn === undefined ? undefined : { ...SIGNAL, priorMean: SIGNAL.priorMean * factor }
    const reviews = evidenceAt(this.weighed(person), instantOf(this.day))
    return { id: person.id, reviews, prior, restricted: false }
  }

  /** What the ranking expects of somebody, in the order in which certificates count. */
  rankedQuality(person: Person): number {
    const { reviews, prior } = this.candidateOf(person, this.book.termsOf('treated')(person.category).boostFactor)
    return expectedQuality(reviews, prior)
  }

  contractsPaidBy(client: string): number {
    return [...(this.paid.get(client)?.values() ?? [])].reduce((sum, n) => sum + n, 0)
  }

  notePaid(client: string, worker: string): void {
    const own = this.paid.get(client) ?? new Map<string, number>()
    this.paid.set(client, own)
    own.set(worker, (own.get(worker) ?? 0) + 1)
  }

  /** Reveals a client's review. */
  review(person: Person, of: { readonly client: string; readonly yen: number; readonly score: number }): void {
    const others = this.contractsPaidBy(of.client) - (this.paid.get(of.client)?.get(person.id) ?? 0)
    const weight = weightOf({ yen: of.yen, others })
    person.reviews.set(of.client, { weight, growth: growthOf(instantOf(this.day)), score: of.score })
    person.weighed = undefined
    if (person.first.length < 3) person.first.push(standardScore(of.score, this.norms))
    this.touch(person)
  }

  present(category: Category | undefined): Person[] {
    return [...this.people.values()].filter(
      (person) => this.isPresent(person) && (category === undefined || person.category === category),
    )
  }
}
