import { days, type Instant, instant, minus } from '../../../kernel/instant.ts'
import type { Random } from '../../../kernel/random.ts'
import { insertPeople } from '../../flows/seed-sandbox.ts'
import { insertCast } from '../../people/store.ts'
import type { Worker } from '../../people/worker.ts'
import { axes, normsOf, type Review, totalsOfPast } from '../../review/totals.ts'
import { inventedNames } from '../../seed/names.data.ts'
import { between } from '../../simulation/draw.ts'
import { drawDaysHere, drawLevel, drawReviewCount, drawStars, LONGEST_HERE_DAYS } from '../../simulation/judge-work.ts'
import type { SimWorker } from '../../simulation/population.ts'
import { said } from './said.data.ts'
import type { Year } from './year.ts'

const nameOf = (id: string): { name: string; reading: string } => {
  const nth = Number(id.slice(4)) - 1
  const { name, reading } = inventedNames[nth % inventedNames.length] ?? { name: id, reading: id }
  const round = Math.floor(nth / inventedNames.length)
  return round === 0 ? { name, reading } : { name: `${name}${round + 1}`, reading: `${reading} ${round + 1}` }
}

const workerRow = ({ id, category }: SimWorker, joinedAt: Instant, now: Instant, random: Random): Worker => ({
  id,
  ...nameOf(id),
  categories: [category],
  skillsJa: category === 'web-writer' ? said.writing : said.office,
  skillsEn: category === 'web-writer' ? 'Writing' : 'Office work',
  hourlyRate: 100 * between(random, 12, 28),
  joinedAt,
  lastSeenAt: now,
  standing: 'good',
  standingVersion: 1,
  erasedAt: null,
})

const pastReviews = (random: Random, worker: SimWorker, row: Worker, now: Instant): Review[] =>
  Array.from({ length: drawReviewCount(random) }, (_, nth) => ({
    id: `rev_${worker.id.slice(4)}_${nth + 1}`,
    worker: worker.id,
    client: `cli_before_${worker.id.slice(4)}_${nth + 1}`,
    at: instant(row.joinedAt + (now - row.joinedAt) * random.unit()),
    ...drawStars(random, drawLevel(random, worker.quality), axes),
    commentJa: '',
    commentEn: '',
  }))

/** Fills the market with its clients and with the workers who were there before, each with the reviews they had. Nobody signs up over HTTP: the marketplace has no such door. */
export async function fillMarket(year: Year): Promise<void> {
  const { db, now } = year.pair.market
  const random = year.draws('incumbents')
  const before = [...year.workers.values()].filter(({ joinsOn }) => joinsOn === null)
  const rows = before.map((worker) => workerRow(worker, minus(now(), days(drawDaysHere(random))), now(), random))
  const histories = before.map((worker, at) => pastReviews(random, worker, rows[at] as Worker, now()))
  const reviews = histories.flat()
  await insertPeople({ db }, { workers: rows, reviews, totals: histories.map(totalsOfPast), norms: normsOf(reviews) })
  const clients = [...year.clients.values()].map(({ id, honest }) => ({
    id,
    ...nameOf(id),
    aboutJa: '',
    aboutEn: '',
    joinedAt: minus(now(), days(honest ? between(random, 30, LONGEST_HERE_DAYS) : between(random, 0, 20))),
    standing: 'good' as const,
    standingVersion: 1,
  }))
  for (let at = 0; at < clients.length; at += 100)
    await insertCast(db, { clients: clients.slice(at, at + 100), workers: rows.slice(0, 1) })
}

/** Lets today's newcomers in. */
export async function welcomeNewcomers(year: Year): Promise<void> {
  const { db, now } = year.pair.market
  const random = year.draws('newcomers')
  const today = [...year.workers.values()].filter(({ joinsOn }) => joinsOn === year.day)
  if (today.length === 0) return
  // the norms stand since the market was filled
  await insertPeople(
    { db },
    {
      workers: today.map((worker) => workerRow(worker, now(), now(), random)),
      reviews: [],
      totals: [],
      norms: { mean: 0, sd: 1 },
    },
  )
}
