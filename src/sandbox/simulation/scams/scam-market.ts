import type { Post } from '../../detector/read/features.ts'
import { inventedJobs } from '../../seed/jobs.data.ts'
import { Agenda } from '../agenda.ts'
import { between, chance, count, drawPlace } from '../draw.ts'
import { OPEN_DAYS } from '../population.ts'
import type { Judge } from './judges.ts'
import type { Verdict } from './remembered.ts'
import {
  accountOf,
  chooseTactic,
  learn,
  newScammer,
  openAccount,
  restsFor,
  type Scammer,
  type Tactic,
  tactics,
  writeScam,
} from './scammers.ts'
import { nearTheBorder, scams, tellParts } from './scams.data.ts'

/** How people behave; assumptions, none of it measured. */
const CLIENTS = 150
const POSTS_A_DAY = 6
/** Clients have been here for so many days when the year begins. */
const KNOWN_FOR = 400
const SCAMMERS = 12
const SCAMS_A_DAY = 0.5
/** Lawful posts that speak of what scams speak of, as a share. */
const NEAR_THE_BORDER = 0.3
/** Posts that are opened on the board in a day, and what readers of them do. */
const READINGS = 60
const READER = { contract: 0.15, reportsLawful: 0.005, reportsScam: 0.25, falls: 0.12 } as const
/** Whoever lost money says so some days later, or not at all. */
const VICTIM = { reports: 0.5, least: 2, most: 6 } as const
/** Posts that operators decide about in a day, and how often they err. */
const OPERATORS = { decide: 30, err: 0.04 } as const
/** A wrong decision is appealed against, and judged by somebody else after so many days. */
const APPEALED_FOR_DAYS = 4
const STRIKES = 2
/** Days in sight after which a scammer thinks that it works. */
const WORKS_AFTER = 3
const DAYS_UNTIL_NEW_ACCOUNT = 1

interface Posted {
  readonly client: string
  readonly post: Pick<Post, 'title' | 'body'>
  readonly on: number
  readonly verdict: Verdict
  readonly scam: { readonly by: Scammer; readonly account: number; readonly tactic: Tactic } | undefined
  state: 'shown' | 'held' | 'gone'
  waits: boolean
  reports: number
  /** Days on which it could be seen. */
  daysSeen: number
}

export interface TacticFigures {
  posts: number
  seen: number
  lost: number
}

/** What a year showed. */
export interface ScamYear {
  /** Yen that people lost to scams, by day from the first on, added up; and contracts that came about by then. */
  readonly byDay: readonly { readonly lost: number; readonly contracts: number }[]
  readonly lawful: { readonly posts: number; readonly held: number; readonly takenDown: number }
  /** Scams of which the end is known: how many nobody could ever see, and for how many days the others could be seen. */
  readonly scams: { readonly posts: number; readonly unseen: number; readonly daysSeen: readonly number[] }
  readonly tactics: Readonly<Record<Tactic, TacticFigures>>
}

export interface ScamOptions {
  readonly seed: number
  readonly days: number
  readonly judge: Judge
}

/** A market in memory in which scammers learn from what becomes of their posts. */
class ScamMarket extends Agenda {
  readonly byDay: { lost: number; contracts: number }[] = []
  readonly lawful = { posts: 0, held: 0, takenDown: 0 }
  readonly posts: Posted[] = []
  readonly tactics = Object.fromEntries(
    tactics.map((one): [Tactic, TacticFigures] => [one, { posts: 0, seen: 0, lost: 0 }]),
  ) as Record<Tactic, TacticFigures>
  private readonly days: number
  private readonly judge: Judge
  private readonly scammers: readonly Scammer[]
  private lost = 0
  private contracts = 0

  constructor({ seed, days, judge }: ScamOptions) {
    super(seed)
    this.days = days
    this.judge = judge
    const random = this.draws('scammers')
    this.scammers = random
      .shuffle(Array.from({ length: SCAMMERS }, (_, nth) => scams[nth % scams.length] as (typeof scams)[number]))
      .map((scam, nth) => newScammer(nth, scam, random.below(Math.ceil(days / 2))))
  }

  async run(): Promise<void> {
    for (; this.day < this.days; this.day += 1) {
      for (let left = count(this.draws('demand'), POSTS_A_DAY); left > 0; left -= 1) this.postLawful()
      for (const scammer of this.scammers) this.scheme(scammer)
      this.read()
      await this.keepAppointments()
      this.decide()
      this.byDay.push({ lost: this.lost, contracts: this.contracts })
    }
  }

  private place(client: string, post: Posted['post'], of: Pick<Posted, 'scam'> & { readonly age: number }): Posted {
    const verdict = this.judge.judge(client, { ...post, accountAgeDays: of.age })
    const posted: Posted = {
      ...{ client, post, on: this.day, verdict, scam: of.scam, reports: 0, daysSeen: 0 },
      state: verdict.band === 'hold' ? 'held' : 'shown',
      waits: verdict.band !== 'publish',
    }
    this.posts.push(posted)
    return posted
  }

  /** Clients ask for the same again and again, in other numbers. */
  private postLawful(): void {
    const random = this.draws('lawful')
    const nth = random.below(CLIENTS)
    const own = inventedJobs.slice(0, -3)
    const { title, body } = chance(random, NEAR_THE_BORDER)
      ? (nearTheBorder[nth % nearTheBorder.length] as (typeof nearTheBorder)[number])
      : (own[(nth * 3 + random.below(3)) % own.length] as (typeof own)[number])
    const parts = tellParts(between(random, 2, 40))
    const posted = this.place(
      `client ${nth}`,
      { title: `${title}${parts}`.slice(0, 100), body },
      {
        scam: undefined,
        age: KNOWN_FOR + this.day,
      },
    )
    this.lawful.posts += 1
    if (posted.state === 'held') this.lawful.held += 1
  }

  /** A scammer posts today, or gets ready to. */
  private scheme(scammer: Scammer): void {
    const random = this.draws(`scammer ${scammer.id}`)
    if (this.day < scammer.rests) return
    for (let left = count(random, SCAMS_A_DAY); left > 0 && this.day >= scammer.rests; left -= 1) {
      const tactic = chooseTactic(scammer, random)
      if (tactic === 'wait' && !scammer.waited) return openAccount(scammer, this.day, restsFor(random))
      if (tactic === 'copy') openAccount(scammer, this.day)
      this.postScam(scammer, tactic)
    }
  }

  private postScam(scammer: Scammer, tactic: Tactic): void {
    const random = this.draws(`words ${scammer.id}`)
    const lawful = this.board()
      .filter(({ scam }) => !scam)
      .flatMap(({ post }) => post.body.split('\n'))
    const words = writeScam(scammer, tactic, { random, lawful })
    const posted = this.place(accountOf(scammer), words, {
      scam: { by: scammer, account: scammer.accounts, tactic },
      age: this.day - scammer.joined,
    })
    this.tactics[tactic].posts += 1
    if (posted.state !== 'shown') return
    this.inDays(WORKS_AFTER, () => posted.state === 'shown' && learn(scammer, tactic, true))
  }

  /** What can be seen, the newest first. */
  private board(): readonly Posted[] {
    return this.posts.filter(({ state, on }) => state === 'shown' && this.day - on < OPEN_DAYS).reverse()
  }

  private read(): void {
    const random = this.draws('readers')
    const board = this.board()
    for (const posted of board) {
      if (posted.daysSeen === 0 && posted.scam) this.tactics[posted.scam.tactic].seen += 1
      posted.daysSeen += 1
    }
    for (let left = READINGS; left > 0 && board.length > 0; left -= 1) {
      const posted = board[drawPlace(random, board.length) - 1] as Posted
      if (posted.state !== 'shown') continue
      if (posted.scam) this.readScam(posted, posted.scam)
      else if (chance(random, READER.reportsLawful)) this.report(posted)
      else if (chance(random, READER.contract)) {
        this.contracts += 1
        posted.state = 'gone'
      }
    }
  }

  private readScam(posted: Posted, { by, tactic }: NonNullable<Posted['scam']>): void {
    const random = this.draws('victims')
    if (chance(random, READER.reportsScam)) return this.report(posted)
    if (!chance(random, READER.falls)) return
    this.lost += by.scam.asks
    this.tactics[tactic].lost += by.scam.asks
    learn(by, tactic, true)
    if (chance(random, VICTIM.reports))
      this.inDays(between(random, VICTIM.least, VICTIM.most), () => this.report(posted))
  }

  private report(posted: Posted): void {
    posted.reports += 1
    posted.waits = true
  }

  /** Operators decide about what waits: the most reported first, then the likeliest. */
  private decide(): void {
    const random = this.draws('operators')
    const waiting = this.posts
      .filter(({ waits, state }) => waits && state !== 'gone')
      .sort((a, b) => b.reports - a.reports || b.verdict.any - a.verdict.any)
    for (const posted of waiting.slice(0, OPERATORS.decide)) {
      posted.waits = false
      posted.reports = 0
      const finds = chance(random, OPERATORS.err) ? posted.scam === undefined : posted.scam !== undefined
      if (finds) this.takeDown(posted)
      else this.clear(posted)
    }
  }

  private clear(posted: Posted): void {
    posted.state = 'shown'
    const { client, post, verdict } = posted
    // of a post that nobody suspected nothing is kept
    if (verdict.band !== 'publish') this.judge.decided(client, post, { good: true, verdict })
  }

  private takeDown(posted: Posted): void {
    const { client, post, verdict, scam } = posted
    posted.state = 'gone'
    const takeBack = this.judge.decided(client, post, { good: false, verdict })
    if (!scam) {
      this.lawful.takenDown += 1
      this.inDays(APPEALED_FOR_DAYS, () => {
        takeBack()
        posted.state = 'shown'
      })
      return
    }
    const { by, account, tactic } = scam
    by.taken = post
    learn(by, tactic, false)
    if (account !== by.accounts) return
    by.strikes += 1
    if (by.strikes < STRIKES) return
    for (const one of this.posts) if (one.scam?.by === by && one.scam.account === account) one.state = 'gone'
    openAccount(by, this.day + DAYS_UNTIL_NEW_ACCOUNT)
  }
}

/** Lives a year in memory. The same options, with a judge that has decided nothing yet, give the same year. */
export async function runScamYear(options: ScamOptions): Promise<ScamYear> {
  const market = new ScamMarket(options)
  await market.run()
  // what was posted at the end may still be caught
  const known = market.posts.filter(({ scam, on }) => scam && on < options.days - OPEN_DAYS)
  const seen = known.filter(({ daysSeen }) => daysSeen > 0)
  return {
    byDay: market.byDay,
    lawful: market.lawful,
    scams: { posts: known.length, unseen: known.length - seen.length, daysSeen: seen.map(({ daysSeen }) => daysSeen) },
    tactics: market.tactics,
  }
}
