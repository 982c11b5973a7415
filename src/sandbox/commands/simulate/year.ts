import type { Kind } from '../../detector/judge/kinds.ts'
import type { LabelledPost } from '../../detector/learn/labelled-posts.ts'
import type { Pair } from '../../pair.ts'
import type { Category } from '../../people/worker.ts'
import { Agenda } from '../../simulation/agenda.ts'
import type { PopulationOptions, SimClient, SimWorker } from '../../simulation/population.ts'
import type { FirstHire } from '../../simulation/summarise-year.ts'
import type { Visitors } from './visitors.ts'

export type YearOptions = PopulationOptions

/** What has become of a worker in the year, as whoever plays them knows. */
export interface WorkerStory extends SimWorker {
  /** Contracts under way. */
  busy: number
  credential: string | undefined
  /** Attempt that earned the certificate. */
  attempt: string | undefined
  certifiedOn: number | undefined
  failedOn: number | undefined
  /** First contract that was paid in. */
  firstHire: FirstHire | undefined
  /** When they last read of jobs to start with. */
  weeklyReadOn: number | undefined
}

export interface ClientStory extends SimClient {
  suspended: boolean
}

export interface JobStory {
  readonly id: string
  readonly client: string
  readonly category: Category
  /** What the post truly is. */
  readonly kinds: readonly Kind[]
  readonly title: string
  readonly amount: number
  readonly postedOn: number
  readonly band: 'publish' | 'queue' | 'hold'
  readonly applicants: string[]
  takenDown: boolean
  reports: number
}

export interface ContractStory {
  readonly id: string
  readonly client: string
  readonly worker: string
  readonly category: Category
  readonly amount: number
  readonly formedOn: number
  readonly certified: boolean
  /** How the work turned out, in stars. */
  readonly level: number
  readonly parts: readonly string[]
}

/** Things that happened, to be counted. */
export type Happening =
  | 'exams'
  | 'passed'
  | 'jobs'
  | 'scams'
  | 'queued'
  | 'held'
  | 'reports'
  | 'applications'
  | 'invitations'
  | 'invitations accepted'
  | 'invitations declined'
  | 'weekly notices'
  | 'applications after a weekly notice'
  | 'contracts'
  | 'payments declined'
  | 'not paid in time'
  | 'deliveries'
  | 'changes requested'
  | 'accepted'
  | 'accepted by time'
  | 'cancelled'
  | 'disputes'
  | 'reviews'
  | 'take-downs'
  | 'wrong take-downs'
  | 'wrongly let through'
  | 'cleared'
  | 'suspensions'
  | 'appeals'
  | 'appeals reversed'
  | 'plugin cases'
  | 'certificates withdrawn'
  | 'worklist entries'

/** One place in the order of a category, at the end of a week. */
export interface CensusRow {
  readonly worker: string
  readonly day: number
  /** 0 is the last place, 100 the first. */
  readonly percentile: number
}

/** A year under way: who takes part, what is due, and what has happened. */
export class Year extends Agenda {
  readonly options: YearOptions
  readonly pair: Pair
  readonly visitors: Visitors
  readonly posts: readonly LabelledPost[]
  readonly workers: ReadonlyMap<string, WorkerStory>
  readonly clients: ReadonlyMap<string, ClientStory>
  readonly jobs = new Map<string, JobStory>()
  readonly contracts: ContractStory[] = []
  readonly happened = new Map<Happening, number>()
  readonly census: CensusRow[] = []

  constructor(of: {
    readonly options: YearOptions
    readonly pair: Pair
    readonly visitors: Visitors
    readonly posts: readonly LabelledPost[]
    readonly people: { readonly workers: readonly SimWorker[]; readonly clients: readonly SimClient[] }
  }) {
    super(of.options.seed)
    this.options = of.options
    this.pair = of.pair
    this.visitors = of.visitors
    this.posts = of.posts
    const untold = {
      busy: 0,
      credential: undefined,
      attempt: undefined,
      certifiedOn: undefined,
      failedOn: undefined,
      firstHire: undefined,
      weeklyReadOn: undefined,
    }
    this.workers = new Map(of.people.workers.map((worker) => [worker.id, { ...worker, ...untold }]))
    this.clients = new Map(of.people.clients.map((client) => [client.id, { ...client, suspended: false }]))
  }

  note(what: Happening, times = 1): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + times)
  }

  times(what: Happening): number {
    return this.happened.get(what) ?? 0
  }

  worker(id: string): WorkerStory {
    const worker = this.workers.get(id)
    if (!worker) throw new Error(`${id} does not take part`)
    return worker
  }

  client(id: string): ClientStory {
    const client = this.clients.get(id)
    if (!client) throw new Error(`${id} does not take part`)
    return client
  }
}
