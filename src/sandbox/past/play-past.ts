import * as z from 'zod'
import { requestOf } from '../../contract/call.ts'
import { extendDeadline, setAccommodation } from '../../contract/kentei/staff.ts'
import { days, type Instant, minutes, plus, seconds } from '../../kernel/instant.ts'
import { stableHash } from '../../kernel/random.ts'
import { RETRY_WAITS } from '../../platform/outbox/delivery.ts'
import { SANDBOX_SEED, seedPeople } from '../flows/seed-sandbox.ts'
import { turnBeliefs } from '../flows/turn-beliefs.ts'
import { type Category, categories, type Worker } from '../people/worker.ts'
import { axes } from '../review/totals.ts'
import { inventedClients } from '../seed/clients.data.ts'
import { inventPeople } from '../seed/invent-people.ts'
import { between, pick } from '../simulation/draw.ts'
import { JobBoard, type Posted } from './job-board.ts'
import { Order } from './keep-order.ts'
import { agreedWork, brokenPosts, caseNotes, confidences, reportDetails } from './past.data.ts'
import { Past, type PastPair } from './past.ts'
import { ask, enter, leaveOpen, sitExam } from './sit-exam.ts'
import { type Deal, type Ending, type RunningStage, Trade } from './trade.ts'

/** Days before the opening at which the past begins: somebody's certificate has expired since. */
export const PAST_DAYS = 780
const EXPIRED_DAYS_AGO = 752
/** Days in which the others passed. */
const PASSED_WITHIN = 165

/** People who are left as they are, for whoever tries calls by hand. */
const UNTOUCHED = 20

/** Who passes in each category: mostly people who are known already. */
const CERTIFIED = { esteemed: 4, known: 3, newcomers: 5 } as const
/** Reviews from which somebody is well known. */
const OFTEN = 8
/** Who does not. */
const FAILING = { known: 1, newcomers: 1 } as const
const KNOWS = { passing: 0.95, failing: 0.5 } as const
/** Of so many sittings of an exam one is in English. */
const ENGLISH_EVERY = 5
/** From one newcomer's pass to the next. */
const NEWCOMER_EVERY_DAYS = 12

const RUNNING: readonly (readonly [stage: RunningStage, times: number])[] = [
  ['proposed', 2],
  ['funded', 3],
  ['in-progress', 27],
  ['delivered', 14],
  ['changes-requested', 4],
  ['disputed', 2],
  ['second-half', 4],
]
const ENDED: readonly (readonly [ending: Ending, times: number])[] = [
  ['reviewed', 16],
  ['one-sided', 4],
  ['left-alone', 2],
  ['cancelled', 2],
  ['decided', 1],
]
/** Posts for which one of the applicants was hired. */
const HIRED_FOR = 5
/** People of each category who trade, and where the next ones begin. */
const BUSY = 42

/** Clients of whom two hire the same people, so that operators have something to look into. */
const alike = [
  ['cli_05', 'cli_09'],
  ['cli_14', 'cli_20'],
] as const
const clients = inventedClients
  .map(({ id }) => id)
  .filter((id) => !alike.some((pair) => pair.some((one) => one === id)))

interface Holder {
  readonly worker: string
  readonly exam: Category
  readonly daysAgo: number
  readonly isNew: boolean
  /** Once it is there. */
  credential: string | undefined
}

type ByCategory = Readonly<Record<Category, readonly string[]>>

/** The people who play a part: those with reviews, and those without. */
interface Cast {
  readonly known: ByCategory
  readonly newcomers: ByCategory
  /** Of those with reviews, the best reviewed. */
  readonly esteemed: ByCategory
}

function castOf(): Cast {
  const { workers, totals } = inventPeople(SANDBOX_SEED)
  const reviewed = new Set(totals.map(({ worker }) => worker))
  const shuffled = workers.slice(UNTOUCHED).toSorted((a, b) => stableHash(a.id) - stableHash(b.id))
  const of = (among: readonly Worker[]): ByCategory => {
    const first = (category: Category) => among.filter((one) => one.categories[0] === category).map(({ id }) => id)
    return { 'business-admin': first('business-admin'), 'web-writer': first('web-writer') }
  }
  const [known, newcomers] = [true, false].map((isKnown) => shuffled.filter(({ id }) => reviewed.has(id) === isKnown))
  const stars = new Map(totals.map((one) => [one.worker, axes.reduce((sum, axis) => sum + one[axis], 0) / one.count]))
  const often = new Set(totals.filter(({ count }) => count >= OFTEN).map(({ worker }) => worker))
  const esteemed = (known ?? [])
    .filter(({ id }) => often.has(id))
    .toSorted((a, b) => (stars.get(b.id) ?? 0) - (stars.get(a.id) ?? 0))
  return { known: of(known ?? []), newcomers: of(newcomers ?? []), esteemed: of(esteemed) }
}

/** Lives through what was before the demonstration. Both services are empty before, but for the exams. */
export async function playPast(pair: PastPair, opens: Instant): Promise<void> {
  await seedPeople(pair.market, opens)
  const past = new Past(pair, opens)
  const cast = castOf()
  const holders = categories.flatMap((exam) => sitAll(past, cast, exam))
  const board = new JobBoard(past)
  const posts = board.postAll()
  board.searchAll(clients, posts)
  const deals = new Trade(past)
  trade(past, deals, { cast, holders })
  applyAndHire(past, deals, { board, posts, cast })
  const order = new Order(past)
  keepPosts(past, order, { board, posts, cast })
  keepCertificates(order, holders)
  keepPeople(order, cast)
  loseTouch(past, cast)
  sitNow(past, cast)
  await past.play()
  await turnBeliefs(pair.market)
}

function sitAll(past: Past, { known, newcomers, esteemed }: Cast, exam: Category): Holder[] {
  const random = past.draws(`dates/${exam}`)
  let sittings = 0
  const sit = (worker: string, at: number, knows: number): Holder => {
    sittings += 1
    const locale = sittings % ENGLISH_EVERY === 0 ? 'en' : 'ja'
    const daysAgo = at + 0.5 * random.unit()
    const isNew = newcomers[exam].includes(worker)
    const holder: Holder = { worker, exam, daysAgo, isNew, credential: undefined }
    past.ago(days(daysAgo), async () => {
      holder.credential = (await sitExam(past, { worker, exam, knows, locale })).credential
      await past.deliver()
    })
    return holder
  }
  for (const worker of known[exam].slice(-FAILING.known)) sit(worker, between(random, 3, 80), KNOWS.failing)
  for (const worker of newcomers[exam].slice(-FAILING.newcomers)) sit(worker, between(random, 2, 60), KNOWS.failing)
  // every second of the first ones, so that a page shows both
  const best = esteemed[exam].filter((_, nth) => nth % 2 === 1).slice(0, CERTIFIED.esteemed)
  const others = known[exam].filter((worker) => !best.includes(worker)).slice(0, CERTIFIED.known)
  const passed = [...best, ...others]
  const early = exam === 'business-admin' ? passed.slice(-1) : []
  return [
    ...early.map((worker) => sit(worker, EXPIRED_DAYS_AGO, KNOWS.passing)),
    ...passed
      .filter((worker) => !early.includes(worker))
      .map((worker) => sit(worker, between(random, 6, PASSED_WITHIN), KNOWS.passing)),
    ...newcomers[exam]
      .slice(0, CERTIFIED.newcomers)
      .map((worker, nth) => sit(worker, 3 + NEWCOMER_EVERY_DAYS * nth, KNOWS.passing)),
  ]
}

const spread = <T extends string>(of: readonly (readonly [T, number])[]): T[] =>
  of.flatMap(([what, times]) => Array.from({ length: times }, () => what))

/** What a client asks a worker for; each client in turn, unless it is named. */
function dealFor(past: Past, worker: string, category: Category, client = past.inTurn(clients)): Deal {
  const random = past.draws('deals')
  const [title, amount] = pick(random, agreedWork[category])
  return { client, worker, category, title, amount: amount + 500 * random.below(9) }
}

function trade(
  past: Past,
  deals: Trade,
  { cast: { known }, holders }: { readonly cast: Cast; readonly holders: readonly Holder[] },
): void {
  const random = past.draws('dates')
  const busy = random.shuffle(
    categories.flatMap((category) => known[category].slice(0, BUSY).map((worker) => ({ worker, category }))),
  )
  const next = (nth: number) => busy[nth % busy.length] as (typeof busy)[number]
  const stages = spread(RUNNING)
  for (const [nth, stage] of stages.entries()) {
    const { worker, category } = next(nth)
    deals.runs(dealFor(past, worker, category), stage)
  }
  for (const [nth, ending] of spread(ENDED).entries()) {
    const { worker, category } = next(stages.length + nth)
    const story = deals.ended(
      dealFor(past, worker, category),
      ending,
      between(random, 6, ending === 'one-sided' ? 20 : 60),
    )
    if (ending === 'reviewed') deals.reply(story)
  }
  // of the newcomers who passed, those of long ago have their first contract behind them
  for (const { worker, exam, daysAgo, isNew } of holders) {
    if (!isNew) continue
    if (daysAgo > 40) deals.ended(dealFor(past, worker, exam), 'reviewed', Math.floor(daysAgo - 25))
    else if (daysAgo > 25) deals.runs(dealFor(past, worker, exam), 'in-progress')
  }
  for (const [at, pair] of alike.entries()) {
    const category = categories[at] as Category
    for (const worker of known[category].slice(BUSY, BUSY + 3))
      for (const client of pair) deals.ended(dealFor(past, worker, category, client), 'reviewed', 32 - 10 * at)
  }
  // praised in public, and not in confidence
  for (const [at, category] of categories.entries()) {
    const worker = known[category][BUSY + 4] ?? ''
    const story = deals.ended(dealFor(past, worker, category), 'released', 12 - 6 * at)
    const hidden = at
      ? ({ again: 2, safe: 'yes', note: confidences.pressed } as const)
      : ({ again: 5, safe: 'no', note: confidences.unsafe } as const)
    deals.review(story, 'worker', days(10 - 6 * at), { stars: 5, hidden })
    deals.review(story, 'client', days(9 - 6 * at))
  }
}

/** People apply for the posts; for some, one of them is hired. */
function applyAndHire(
  past: Past,
  deals: Trade,
  { board, posts, cast }: { readonly board: JobBoard; readonly posts: readonly Posted[]; readonly cast: Cast },
): void {
  const random = past.draws('applicants')
  for (const [nth, post] of posts.slice(0, -3).entries()) {
    const { category } = post
    const among = [...cast.known[category].slice(5), ...cast.newcomers[category].slice(0, 3)]
    const applicants = random.shuffle(among).slice(0, 1 + (nth % 3))
    for (const worker of applicants) board.apply(worker, post)
    const [first] = applicants
    if (first === undefined || nth % 3 !== 2 || nth > 3 * HIRED_FOR || !clients.includes(post.client)) continue
    const deal = dealFor(past, first, category, post.client)
    deals.runs({ ...deal, job: () => post.id }, 'funded')
  }
}

/** Posts that were reported, held, taken down and appealed about. */
function keepPosts(
  past: Past,
  order: Order,
  { board, posts, cast }: { readonly board: JobBoard; readonly posts: readonly Posted[]; readonly cast: Cast },
): void {
  const reporters = cast.known['business-admin'].slice(20, 30)
  const broken = brokenPosts.map(({ client, category, title, body, yen }, nth) => {
    const pay = { type: 'fixed', amount: yen } as const
    const closesAt = plus(past.opens, days(20))
    const draft = { title, body, category, pay, closesAt, headcount: 10, welcomesNewcomers: false }
    return board.post(client, draft, 41 - 18 * nth)
  })
  for (const [nth, post] of broken.entries()) {
    const kinds = brokenPosts[nth]?.kinds ?? []
    const duration = { years: 0, months: 0, days: 120 }
    const ruling = { action: 'take-down', facts: caseNotes.breach, kinds, duration } as const
    order.decide('job', () => post.id, post.daysAgo - 0.7, ruling)
    if (nth === 0) order.appeal('job', () => post.id, post.daysAgo - 9, post.daysAgo - 12)
    else order.appeal('job', () => post.id, 3)
  }
  const [one, two, three, four] = [2, 6, 11, 17].map((nth) => posts[nth] as Posted)
  if (!one || !two || !three || !four) return
  const reported = [
    [one, 'other', reportDetails.other],
    [two, 'copyright', reportDetails.copyright],
    [three, 'off-platform-contact', reportDetails.contact],
    [four, 'upfront-fee', reportDetails.fee],
  ] as const
  for (const [nth, [post, reason, detail]] of reported.entries())
    board.report(reporters[nth] ?? '', post, { reason, detail, daysAgo: 5.5 - nth })
  board.report(reporters[5] ?? '', four, { reason: 'upfront-fee', detail: reportDetails.fee, daysAgo: 1.2 })
  order.decide('job', () => one.id, 4, { action: 'no-action', facts: caseNotes.noBreach })
  order.claim(two)
}

/** Certificates that do not stand any more, or not now: of people who have passed by then. */
function keepCertificates(order: Order, holders: readonly Holder[]): void {
  const known = holders.filter(({ isNew, daysAgo }) => !isNew && daysAgo < PASSED_WITHIN)
  const taken = new Map<string, Holder>()
  // whoever it is stays the same for all acts of one purpose
  const chosen = (purpose: string, before: number) => () => {
    // the last, since the first ones stand on the first page
    const free = known.findLast(
      (one) => one.credential !== undefined && one.daysAgo > before && ![...taken.values()].includes(one),
    )
    const holder = taken.get(purpose) ?? free
    if (!holder) throw new Error(`nobody holds a certificate of ${before} days ago`)
    taken.set(purpose, holder)
    return holder.credential ?? ''
  }
  const [revoked, paused, suspected] = [chosen('revoked', 52), chosen('paused', 20), chosen('suspected', 10)]
  order.suspect(revoked, 50)
  order.decide('credential', revoked, 46, { action: 'revoke-credential', facts: caseNotes.impersonation })
  // only what nobody can appeal against any more is taken away for good
  order.appeal('credential', revoked, 40, 37)
  order.pause(paused, 12)
  order.suspect(suspected, 5)
}

/** What operators do about people and what they say of each other. */
function keepPeople(order: Order, { known, newcomers }: Cast): void {
  order.readWorklist(8)
  order.clearBlock(20)
  order.notice('client', 'cli_24', 2)
  order.notice('worker', known['web-writer'].at(-7) ?? '', 3)
  order.restrict(known['web-writer'].at(-5) ?? '', 15)
  const unnoticed = newcomers['business-admin'].slice(-8, -6)
  order.shareAccount(unnoticed, 9)
  order.identify(known['web-writer'][3] ?? '', 30)
  for (const [nth, category] of categories.entries()) order.send(newcomers[category].at(-9) ?? '', category, 1 + nth)
}

/** Two people look at an exam while the exam centre is away: of one it was told once it was back, of the other it will be in some minutes. */
function loseTouch(past: Past, { newcomers }: Cast): void {
  const look = (exam: Category) => () => enter(past, { worker: newcomers[exam].at(-11) ?? '', exam })
  past.ago(days(62), () => past.whileAway(RETRY_WAITS.length, look('business-admin')))
  past.ago(seconds(30), () => past.whileAway(2, look('web-writer')))
}

/** People who are in the middle of an exam when the demonstration opens. */
function sitNow(past: Past, { newcomers }: Cast): void {
  const [first, second] = categories.map((exam) => ({
    worker: newcomers[exam].at(-10) ?? '',
    exam,
    knows: KNOWS.passing,
  }))
  if (!first || !second) return
  past.ago(days(2), async () => {
    const session = await enter(past, { worker: 'opr_demo', role: 'operator' })
    // somebody who has been there before
    const path = { worker: newcomers[second.exam].at(-1) ?? '' }
    const body = { timeMultiplier: 1.5, why: caseNotes.more }
    await ask(past, z.unknown(), requestOf(setAccommodation, { path, body }), session)
  })
  past.ago(minutes(7), () => leaveOpen(past, second))
  past.ago(minutes(4), async () => {
    const id = await leaveOpen(past, first)
    const session = await enter(past, { worker: 'opr_demo', role: 'operator' })
    const body = { minutes: 10, why: caseNotes.slow }
    await ask(past, z.unknown(), requestOf(extendDeadline, { path: { id }, body }), session)
  })
}
