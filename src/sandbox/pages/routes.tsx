import { Hono } from 'hono'
import * as z from 'zod'
import { roles, workerId } from '../../contract/tokens.ts'
import { parseInput } from '../../platform/http/parse-input.ts'
import { assetResponse } from '../../platform/page/asset.ts'
import { BRAND_PATHS, brandFile } from '../../platform/page/brand-files.ts'
import { readPerson } from '../api/doors.ts'
import { readCursor, writeCursor } from '../escrow/paid-work.ts'
import { readHolding } from '../evidence/belief/store.ts'
import { changeStanding } from '../flows/change-standing.ts'
import { postsToInviteTo } from '../flows/invite-worker.ts'
import { launchPerson } from '../flows/launch-person.ts'
import { countSearch, searchWorkers } from '../flows/show-market.ts'
import { listWorkerReviews } from '../flows/show-reviews.ts'
import { noteOpened, weekOf } from '../flows/show-row.ts'
import { showWorker, showWorkRecord } from '../flows/show-worker.ts'
import { categories, isCategory, standings } from '../people/worker.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { type FacetGroup, facetOptions, sorts, type WorkerFilter } from '../search/worker-filter.ts'
import { accountPages } from './account/account-pages.tsx'
import { CallsPage } from './calls-page.tsx'
import { contractPages } from './contracts/contract-pages.tsx'
import { anyYen, searchWords } from './form-fields.ts'
import { guidePages } from './guide/guide-page.tsx'
import { jobPages } from './jobs/job-pages.tsx'
import { link } from './links.ts'
import { operatorsPages } from './operators/operators-pages.tsx'
import { type PageContext, readerOf, refuse, show } from './page-door.tsx'
import { pageOf } from './parts/pager.tsx'
import { marketIcon } from './parts/seal.tsx'
import { ProfilePage } from './profile-page.tsx'
import { RankingPage } from './ranking-page.tsx'
import { PEOPLE_PER_PAGE, parameterOf, SearchPage } from './search-page.tsx'
import { signInPages } from './sign-in-page.tsx'
import * as sheets from './styles.ts'

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const searchQuery = z.object({
  category: z.enum(categories).optional().catch(undefined),
  q: searchWords,
  rateMin: anyYen,
  rateMax: anyYen,
  certified: z.literal('1').optional().catch(undefined),
  sort: z.enum(sorts).catch('ranked'),
  /** The draw of page 1, so that later pages are of the same search. */
  draw: z.string().max(60).optional().catch(undefined),
  page: z.coerce.number().int().min(1).catch(1),
})

const launchForm = z.object({
  worker: workerId,
  role: z.enum(roles),
  exam: z.string().min(1).max(64).optional(),
  locale: z.enum(['ja', 'en']).catch('ja'),
})

const standingForm = z.object({ status: z.enum(standings) })

/** What was ticked of a group; anything unknown counts as not given. */
const tickedOf = <const T extends string>(c: PageContext, group: FacetGroup, options: readonly T[]): T[] => {
  const asked = c.req.queries(parameterOf[group]) ?? []
  return options.filter((option) => asked.includes(option))
}

function filterOf(c: PageContext, query: z.infer<typeof searchQuery>): WorkerFilter {
  const bands = tickedOf(c, 'bands', facetOptions.bands)
  const { rateMin, rateMax } = query
  return {
    words: query.q.trim(),
    certified: false,
    // any exam is each of them
    exams: query.certified === '1' ? categories : tickedOf(c, 'exams', facetOptions.exams),
    // all bands is no filter
    bands: bands.length === facetOptions.bands.length ? [] : bands,
    times: tickedOf(c, 'times', facetOptions.times),
    skills: tickedOf(c, 'skills', facetOptions.skills),
    // a range that ends before it begins is none
    ...(rateMin !== undefined && rateMax !== undefined && rateMin > rateMax ? {} : { rateMin, rateMax }),
  }
}

async function searchPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const query = searchQuery.parse(c.req.query())
  const filter = filterOf(c, query)
  const read = (page: number) =>
    searchWorkers(world, {
      category: query.category,
      filter,
      sort: query.sort,
      draw: query.draw,
      skip: (page - 1) * PEOPLE_PER_PAGE,
      limit: PEOPLE_PER_PAGE,
      person: c.get('person')?.id,
    })
  const asked = await read(query.page)
  // a page behind the last one is the last one
  const page = Math.min(query.page, Math.max(1, Math.ceil(asked.total / PEOPLE_PER_PAGE)))
  const found = page === query.page ? asked : await read(page)
  return show(
    c,
    <SearchPage
      reader={readerOf(c)}
      category={query.category}
      filter={filter}
      sort={query.sort}
      counts={await countSearch(world, { category: query.category, filter })}
      total={found.total}
      places={found.places}
      row={found.row}
      drawId={found.drawId ?? query.draw}
      page={page}
      now={world.now()}
    />,
  )
}

const REVIEWS_SHOWN = 6
/** Some of those that are read stand beside their contracts. */
const REVIEWS_READ = 20

async function profilePage(c: PageContext, id: string): Promise<Response> {
  const world = c.get('world')
  const wanted = c.req.query('category') ?? ''
  const profile = await showWorker(world, id, isCategory(wanted) ? wanted : undefined)
  if (!profile.ok) return refuse(c, profile.problem)
  const draw = c.req.query('draw')
  const person = c.get('person')
  const isFromHere = c.req.header('sec-fetch-site') === 'same-origin'
  if (draw) await noteOpened(world, { draw, worker: id, person: person?.id, isFromHere })
  const { worker } = profile.value.listing
  const place = c.req.query('reviews')
  const before = readCursor(place ?? '')
  const [work, week, posts, older] = await Promise.all([
    showWorkRecord(world, id),
    person?.id === id ? weekOf(world, id) : undefined,
    person?.role === 'client' && worker.standing !== 'suspended'
      ? postsToInviteTo(world, person.id, worker)
      : undefined,
    before && listWorkerReviews(world, id, { before, limit: REVIEWS_READ }),
  ])
  // those of the contracts below stand there, beside what the worker said
  const below = new Set(work.concluded.flatMap((one) => one.reviews.map(({ review }) => review.id)))
  const reviews = (older?.ok ? older.value : profile.value.reviews).filter((review) => !below.has(review.id))
  const said = { ...pageOf(reviews, REVIEWS_SHOWN, ({ at, id: last }) => writeCursor({ at, id: last })), place }
  const view = { reader: readerOf(c), profile: profile.value, work, said, week, posts, now: world.now() }
  return show(c, <ProfilePage {...view} />)
}

/** The pages and what their forms post to. */
export function pages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.use(readPerson)
  app.route('/', signInPages())
  app.route('/', guidePages())
  app.route('/', contractPages())
  app.route('/', operatorsPages())
  app.route('/', jobPages())
  app.route('/', accountPages())
  app.get('/workers', searchPage)
  app.get('/workers/:id', (c) => profilePage(c, c.req.param('id')))
  app.get('/ranking', async (c) => {
    const { settings } = await readHolding(c.get('world').db)
    const cautious = categories.filter((exam) => settings.get(exam) === 'cautious')
    return show(c, <RankingPage reader={readerOf(c)} cautious={cautious} />)
  })
  app.get('/docs', (c) => show(c, <CallsPage reader={readerOf(c)} />))

  for (const file of Object.values(sheets)) app.get(file.path, () => assetResponse(file))
  app.on('GET', BRAND_PATHS, (c, next) => brandFile(c.req.path, c.get('world').settings.brand) ?? next())
  app.get('/assets/market.svg', (c) =>
    c.body(marketIcon, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }),
  )

  app.post('/launch', async (c) => {
    const form = parseInput(launchForm, await c.req.parseBody())
    const launched = form.ok ? await launchPerson(c.get('world'), form.value) : form
    return launched.ok ? c.redirect(launched.value.url, 303) : refuse(c, launched.problem)
  })

  app.post('/workers/:id/standing', async (c) => {
    const form = parseInput(standingForm, await c.req.parseBody())
    const changed = form.ok ? await changeStanding(c.get('world'), c.req.param('id'), form.value.status) : form
    return changed.ok
      ? c.redirect(link(readerOf(c).locale, `/workers/${encodeURIComponent(c.req.param('id'))}`), 303)
      : refuse(c, changed.problem)
  })

  return app
}
