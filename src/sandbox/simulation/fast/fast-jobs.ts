import type { Category } from '../../people/worker.ts'
import { noFilter } from '../../search/worker-filter.ts'
import type { Agenda } from '../agenda.ts'
import { between, chance, count, drawPlace, pick } from '../draw.ts'
import {
  APPLIES,
  BOARD,
  INVITES,
  LOOKS_AFTER,
  NOTICE_DAYS,
  OPEN_DAYS,
  REACTS,
  type SimClient,
  VISITS,
} from '../population.ts'
import { type FastMarket, instantOf } from './fast-market.ts'
import type { Scheme } from './fast-search.ts'

export interface Job {
  readonly id: string
  readonly client: SimClient
  readonly category: Category
  readonly amount: number
  readonly applicants: Set<string>
  open: boolean
}

const STARTER = { yen: 30_000, applicants: 3, paid: 3 } as const

/** The posts of a year in memory, and how people come to apply for them: by invitation, by a weekly notice, by a look at the board. */
export class FastJobs {
  posted = 0
  private readonly board: Job[] = []
  private readonly agenda: Agenda
  private readonly market: FastMarket
  private readonly clients: readonly SimClient[]
  private readonly scheme: Scheme

  constructor(of: {
    readonly agenda: Agenda
    readonly market: FastMarket
    readonly clients: readonly SimClient[]
    readonly scheme: Scheme
  }) {
    this.agenda = of.agenda
    this.market = of.market
    this.clients = of.clients
    this.scheme = of.scheme
  }

  /** What is posted today; `look` lets its client look for somebody. */
  post(look: (job: Job) => unknown): void {
    const random = this.agenda.draws('demand')
    for (const client of this.clients)
      for (let left = count(random, client.rate); left > 0; left -= 1) this.postOne(client, look)
  }

  private postOne(client: SimClient, look: (job: Job) => unknown): void {
    const random = this.agenda.draws('posts')
    const job: Job = {
      id: `job_${this.posted}`,
      client,
      category: client.category,
      amount: 1_000 * between(random, 4, 60),
      applicants: new Set(),
      open: true,
    }
    this.posted += 1
    this.board.push(job)
    if (this.scheme === 'noticed' && chance(random, INVITES.posters)) this.invite(job)
    this.agenda.inDays(between(random, LOOKS_AFTER.least, LOOKS_AFTER.most), () => look(job))
    this.agenda.inDays(OPEN_DAYS, () => this.close(job))
  }

  close(job: Job): void {
    if (!job.open) return
    job.open = false
    this.board.splice(this.board.indexOf(job), 1)
  }

  /** The first two in the order who are free, and two by the row's lot. */
  private invite(job: Job): void {
    const random = this.agenda.draws('invitations')
    const book = this.market.consult()
    const at = {
      category: job.category,
      now: instantOf(this.agenda.day),
      arm: 'treated' as const,
      filter: noFilter,
      docs: undefined,
    }
    const first = book
      .find({ ...at, limit: 40 })
      .places.map(({ worker }) => this.market.person(worker))
      .filter((person) => person.busy === 0)
      .slice(0, 2)
    const row = book.drawRow({ ...at, seed: `${this.agenda.day}/${job.id}`, onPage: first.map(({ id }) => id) })
    const drawn = row.cards.filter(({ way }) => way === 'lot').map(({ newcomer }) => this.market.person(newcomer.id))
    for (const person of [...first, ...drawn])
      if (chance(random, INVITES.each) && this.market.isFree(person) && chance(random, INVITES.applies))
        job.applicants.add(person.id)
  }

  /** Weekly for four weeks from the pass, or from joining: up to three jobs to begin with. */
  sendNotices(): void {
    if (this.scheme !== 'noticed') return
    const random = this.agenda.draws('notices')
    for (const person of this.market.present(undefined)) {
      const since = this.agenda.day - (person.certifiedOn ?? person.joinsOn ?? Number.NEGATIVE_INFINITY)
      if (person.firstHire !== undefined || since <= 0 || since > NOTICE_DAYS || since % 7 !== 0) continue
      const starters = this.board.filter(
        (job) =>
          job.category === person.category &&
          job.amount <= STARTER.yen &&
          job.applicants.size < STARTER.applicants &&
          this.market.contractsPaidBy(job.client.id) >= STARTER.paid,
      )
      if (starters.length === 0) continue
      if (chance(random, person.certifiedOn === undefined ? REACTS.other : REACTS.certified))
        pick(random, starters.slice(-3)).applicants.add(person.id)
    }
  }

  /** Some look at the newest jobs today, read one, and apply or not. */
  visitBoard(): void {
    const random = this.agenda.draws('visits')
    const present = this.market.present(undefined)
    for (let left = count(random, VISITS * present.length); left > 0; left -= 1) {
      const person = pick(random, present)
      const jobs = this.board
        .filter(({ category }) => category === person.category)
        .slice(-BOARD)
        .toReversed()
      const job = jobs.length > 0 ? jobs[drawPlace(random, jobs.length) - 1] : undefined
      if (job && chance(random, APPLIES)) job.applicants.add(person.id)
    }
  }
}
