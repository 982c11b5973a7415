import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import { describeShownJob } from '../../src/sandbox/api/job-api.ts'
import { describePlace } from '../../src/sandbox/api/workers-api.ts'
import { readLabelledPosts } from '../../src/sandbox/detector/learn/labelled-posts.ts'
import { type JobSearch, searchJobs } from '../../src/sandbox/flows/search-jobs.ts'
import { insertPeople, seedSandbox } from '../../src/sandbox/flows/seed-sandbox.ts'
import { countSearch, searchWorkers } from '../../src/sandbox/flows/show-market.ts'
import { written } from '../../src/sandbox/job/job.ts'
import { insertJobs } from '../../src/sandbox/job/store.ts'
import { openSandboxWorld } from '../../src/sandbox/open-sandbox.ts'
import { insertIntroductions } from '../../src/sandbox/people/introduction/store.ts'
import { skillPhrases } from '../../src/sandbox/people/skills.data.ts'
import { standingChange } from '../../src/sandbox/people/store.ts'
import { type Category, categories } from '../../src/sandbox/people/worker.ts'
import { axes, reviewScore } from '../../src/sandbox/review/totals.ts'
import { growthOf } from '../../src/sandbox/review/weight.ts'
import type { SandboxWorld } from '../../src/sandbox/sandbox-world.ts'
import { noFilter, type Sort, type WorkerFilter } from '../../src/sandbox/search/worker-filter.ts'
import { inventIntroduction } from '../../src/sandbox/seed/invent-introductions.ts'
import { startChild } from './child.ts'
import type { FirstSearch } from './first-search.ts'
import { type Measure, median, rounded, timed } from './measure.ts'

const SIZE = 100_000
const PER_BATCH = 5_000
const ROUNDS = 15
const STARTS = 3
const PAGE = 20
const CEILING_MS = 50
/** What a page may take as a multiple of a bare full-text search of the same texts and a sort of as many rows, both in one. */
const MOST_OF_BARE = 1
/** What the first search after a start may take as a multiple of the same search later. */
const MOST_OF_LATER = 5
/** What filling may take as a multiple of the full-text index alone. */
const MOST_OF_INDEX = 2.5
const origin = 'https://market.example'

const jobSearches: readonly Omit<JobSearch, 'limit'>[] = [
  {},
  { category: 'web-writer' },
  { payType: 'hourly', payMin: 1_500 },
  ...['請求書', '経理', '校正', 'PR', 'で', 'ます。', 'データ入力 請求書', 'です 経理', 'オンライン'].map((q) => ({
    q,
  })),
  { q: '校正 記事', category: 'web-writer' },
]

const workerSearches: readonly {
  readonly category?: Category
  readonly filter?: Partial<WorkerFilter>
  readonly sort?: Sort
}[] = [
  {},
  { category: 'business-admin' },
  { filter: { certified: true } },
  ...['請求書', '経理', '校正', 'PR', 'の', '取材記事 校正', 'data'].map((words) => ({ filter: { words } })),
  { category: 'business-admin', filter: { words: '秘書', rateMin: 1_500, rateMax: 2_000 } },
  { filter: { times: ['weekends'], skills: ['proofreading', 'outlines'], bands: ['few'] } },
  ...(['reviews', 'rate', 'newest'] as const).map((sort) => ({
    sort,
    filter: { times: ['weekday-evenings'] } as const,
  })),
]

/** Sentences and titles that people wrote, to make texts of. */
function readSentences() {
  const posts = ['ja1', 'ja2', 'ja3', 'ja4', 'ja5', 'ja6'].flatMap((name) => {
    const read = readLabelledPosts(
      readFileSync(new URL(`../../src/sandbox/detector/learn/labelled/${name}.jsonl`, import.meta.url), 'utf8'),
    )
    return read.ok ? read.value : []
  })
  return {
    titles: posts.map(({ title }) => title),
    sentences: posts.flatMap(({ body }) => body.split(/(?<=[。\n])/)).filter((sentence) => sentence.length > 5),
  }
}

async function fillJobs(world: SandboxWorld): Promise<void> {
  const random = randomFrom('00'.repeat(16))
  const { titles, sentences } = readSentences()
  const pick = <T>(from: readonly T[]) => from[random.below(from.length)] as T
  const assessment = world.detect({ title: '', body: '' })
  for (let at = 0; at < SIZE; at += PER_BATCH) {
    const batch = Array.from({ length: PER_BATCH }, (_, nth) => {
      const body = Array.from({ length: 3 + random.below(6) }, () => pick(sentences)).join('')
      const pay = { type: pick(['fixed', 'hourly', 'per-item'] as const), amount: 500 + random.below(5_000) }
      const terms = { closesAt: null, headcount: 1, welcomesNewcomers: random.unit() < 0.1 }
      const draft = { title: pick(titles), body, category: pick(categories), pay, ...terms }
      const row = written(draft, { ...assessment, any: random.unit() / 2 }, 'published')
      return {
        id: `job_${at + nth}`,
        client: `cli_${nth % 900}`,
        clientStanding: 'good' as const,
        postNumber: at + nth + 100,
        requestKey: null,
        now: instant(world.now() - random.below(1_000_000_000)),
        ...row,
      }
    })
    await world.db.batch([insertJobs(world.db, batch)])
  }
}

async function fillWorkers(world: SandboxWorld): Promise<void> {
  const random = randomFrom('11'.repeat(16))
  const pick = <T>(from: readonly T[]) => from[random.below(from.length)] as T
  const people = Array.from({ length: SIZE }, (_, at) => {
    const category = pick(categories)
    const skills = [1, 2, 3].map(() => pick(skillPhrases[category]))
    const named = {
      id: `wrk_b${at}`,
      name: `試験${at}`,
      reading: `Test${at}`,
      skillsJa: skills.map(({ ja }) => ja).join('、'),
      skillsEn: skills.map(({ en }) => en).join(', '),
    }
    return {
      ...named,
      categories: [category],
      hourlyRate: 1_200 + random.below(1_600),
      joinedAt: 0 as Instant,
      lastSeenAt: world.now(),
      standing: 'good' as const,
      standingVersion: 1,
      erasedAt: null,
    }
  })
  const growth = growthOf(world.now())
  const totals = people
    .filter(() => random.unit() < 0.6)
    .map(({ id }) => {
      const count = 1 + random.below(40)
      const sums = Object.fromEntries(
        axes.map((axis) => [axis, count * (2 + random.below(3)) + random.below(count)]),
      ) as Record<(typeof axes)[number], number>
      const weights = { weight: count, grown: growth * count, grownScore: growth * reviewScore(sums), limited: 0 }
      return { worker: id, count, clients: count, ...sums, ...weights }
    })
  await insertPeople(world, { workers: people, reviews: [], totals, norms: { mean: 4, sd: 0.6 } })
  const told = people.map((worker) => inventIntroduction(worker, world.now()))
  for (const statement of insertIntroductions(world.db, told)) await world.db.batch([statement])
}

/** Median milliseconds of a request whose answer is read. */
async function medianOf(call: () => Promise<unknown>): Promise<number> {
  await call()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(call))
  return median(times)
}

/** The slowest of several searches, with the milliseconds of each. */
async function slowest<Query>(
  queries: readonly Query[],
  search: (query: Query) => () => Promise<unknown>,
): Promise<{ value: number; detail: string }> {
  const figures: { query: string; ms: number }[] = []
  for (const query of queries)
    figures.push({ query: JSON.stringify(query).replace(/[{}"]/g, '') || 'all', ms: await medianOf(search(query)) })
  figures.sort((a, b) => b.ms - a.ms)
  return { value: figures[0]?.ms ?? 0, detail: figures.map(({ query, ms }) => `${query} ${rounded(ms)}`).join(', ') }
}

/** The least that a search of workers can do: a full-text search by SQLite alone, and a sort of as many rows by one number. */
function bareSearch({ db }: SandboxWorld): () => Promise<unknown> {
  const random = randomFrom('22'.repeat(16))
  const rows = Array.from({ length: SIZE }, (_, doc) => ({ doc, quality: random.unit() }))
  return async () => {
    const found = await db.all<{ rowid: number }>(
      sql`SELECT rowid FROM bare_workers WHERE bare_workers MATCH '"請求書"'`,
    )
    const sorted = rows.toSorted((a, b) => b.quality - a.quality)
    return JSON.stringify([found.length, sorted.slice(0, PAGE)])
  }
}

/** Milliseconds that SQLite takes to index the same texts, of jobs and of workers, by itself. */
async function fillBare({ db }: SandboxWorld): Promise<number> {
  for (const name of ['bare_jobs', 'bare_workers'])
    await db.run(
      sql.raw(`CREATE VIRTUAL TABLE ${name} USING fts5(text, content='', tokenize='trigram case_sensitive 1')`),
    )
  return timed(async () => {
    await db.run(sql`INSERT INTO bare_jobs (rowid, text) SELECT doc, search_text FROM jobs`)
    await db.run(sql`INSERT INTO bare_workers (rowid, text) SELECT doc, text FROM worker_texts`)
  })
}

/** The first search after a start, each time of a new process, against the same later. */
async function measureStarts(directory: string): Promise<Measure> {
  const starts: FirstSearch[] = []
  for (let start = 0; start < STARTS; start += 1) {
    const child = startChild(fileURLToPath(new URL('./first-search.ts', import.meta.url)), [directory])
    starts.push(await child.told<FirstSearch>())
    child.end()
  }
  const of = (part: keyof FirstSearch) => rounded(median(starts.map((start) => start[part])))
  return {
    name: 'first search of 100,000 workers after a start ÷ the same later',
    value: median(starts.map(({ first, later }) => first / later)),
    unit: '×',
    most: MOST_OF_LATER,
    detail: `${of('first')} ÷ ${of('later')} ms; the start ${of('opening')} ms`,
  }
}

/** The first page of a search among 100,000 jobs and 100,000 workers, as JSON, warm. */
export async function measureSearch(): Promise<Measure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'kentei-search-'))
  const world = await openSandboxWorld({ directory, origin, pluginOrigin: origin, waitsIn: 'process' })
  try {
    await seedSandbox(world)
    const fillingWorkers = await timed(() => fillWorkers(world))
    const fillingJobs = await timed(() => fillJobs(world))
    const jobs = (query: Omit<JobSearch, 'limit'>) => async () => {
      const found = await searchJobs(world, { ...query, limit: PAGE })
      return JSON.stringify({ ...found, jobs: found.jobs.map((job) => describeShownJob(job, world.now())) })
    }
    const workers =
      ({ category, filter, sort }: (typeof workerSearches)[number]) =>
      async () => {
        const wanted = { category, filter: { ...noFilter, ...filter } }
        const [found, counts] = await Promise.all([
          searchWorkers(world, { ...wanted, sort, limit: PAGE }),
          countSearch(world, wanted),
        ])
        return JSON.stringify({
          ...found,
          counts,
          places: found.places.map((place) => describePlace(place, world.now())),
        })
      }
    const afterWrite: number[] = []
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      await standingChange(world.db, `wrk_b${turn}`, 'restricted')
      afterWrite.push(await timed(workers({ category: 'business-admin' })))
    }
    const bareFilling = await fillBare(world)
    const bare = await medianOf(bareSearch(world))
    const slowestWorkers = await slowest(workerSearches, workers)
    const ceiling = { unit: 'ms', most: CEILING_MS } as const
    const slowestJobs = await slowest(jobSearches, jobs)
    await world.close()
    return [
      { name: 'first page of 100,000 jobs, slowest search', ...slowestJobs, ...ceiling },
      {
        name: 'first page of 100,000 workers, slowest search ÷ a bare full-text search and sort',
        value: slowestWorkers.value / bare,
        unit: '×',
        most: MOST_OF_BARE,
        detail: `bare ${rounded(bare)} ms; ${slowestWorkers.detail}`,
      },
      await measureStarts(directory),
      {
        name: 'filling ÷ the full-text index of the same texts alone',
        value: (fillingWorkers + fillingJobs) / bareFilling,
        unit: '×',
        most: MOST_OF_INDEX,
        detail: `workers ${rounded(fillingWorkers / 1_000)} and jobs ${rounded(fillingJobs / 1_000)} ÷ ${rounded(bareFilling / 1_000)} s`,
      },
      {
        name: 'first page of workers right after a change ÷ the same bare search',
        value: median(afterWrite) / bare,
        unit: '×',
        most: MOST_OF_BARE,
        detail: `${rounded(median(afterWrite))} ms`,
      },
    ]
  } finally {
    await world.close()
    await rm(directory, { recursive: true, force: true })
  }
}
