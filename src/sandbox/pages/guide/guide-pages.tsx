import { Hono } from 'hono'
import * as z from 'zod'
import { workerId } from '../../../contract/tokens.ts'
import { days } from '../../../kernel/instant.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { advanceClock } from '../../flows/advance-clock.ts'
import { playedSteps, playStep } from '../../flows/play-story.ts'
import { surveyMarket } from '../../flows/show-market.ts'
import { findNewcomers, showStory } from '../../flows/show-story.ts'
import { findWorker } from '../../people/store.ts'
import type { Category } from '../../people/worker.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { link } from '../links.ts'
import { type PageContext, readerOf, refuse, show } from '../page-door.tsx'
import type { Candidate } from './guide-aside.tsx'
import { GuidePage } from './guide-page.tsx'
import { keepTour, readTour } from './tour-cookie.ts'

/** What the story is about. */
const TOUR: Category = 'business-admin'
const CANDIDATES = 4

const movedQuery = z.object({
  moved: z.coerce.number().int().min(1).max(30),
  fired: z.coerce.number().int().min(0).max(1_000_000),
})

async function candidatesIn(world: SandboxWorld): Promise<Candidate[]> {
  const found = await findNewcomers(world, TOUR, CANDIDATES)
  const people = await Promise.all(found.map(({ id }) => findWorker(world.db, id)))
  return found.flatMap((newcomer, at) => {
    const worker = people[at]
    return worker ? [{ ...newcomer, name: worker.name, reading: worker.reading }] : []
  })
}

async function guidePage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const tour = readTour(c)
  const story = tour && (await showStory(world, tour.worker, TOUR))
  const moved = movedQuery.safeParse(c.req.query())
  const view = {
    reader: readerOf(c),
    // somebody who has left has no story any more
    story: story?.ok ? story.value : undefined,
    from: tour?.from ?? 0,
    candidates: await candidatesIn(world),
    survey: await surveyMarket(world),
    origin: world.settings.origin,
    pluginOrigin: world.settings.pluginOrigin,
    moved: moved.success ? { days: moved.data.moved, fired: moved.data.fired } : undefined,
  }
  return show(c, <GuidePage {...view} />)
}

const tourForm = z.object({ worker: workerId })
const playForm = z.object({ worker: workerId, step: z.enum(playedSteps) })
const clockForm = z.object({ days: z.enum(['1', '7', '30']).transform(Number) })

async function beginTour(c: PageContext): Promise<Response> {
  const form = parseInput(tourForm, await c.req.parseBody())
  const story = form.ok ? await showStory(c.get('world'), form.value.worker, TOUR) : form
  if (!story.ok) return refuse(c, story.problem)
  keepTour(c, { worker: story.value.worker.id, from: story.value.position ?? 0 })
  return c.redirect(link(readerOf(c).locale, '/'), 303)
}

async function play(c: PageContext): Promise<Response> {
  const form = parseInput(playForm, await c.req.parseBody())
  const played = form.ok ? await playStep(c.get('world'), { ...form.value, category: TOUR }) : form
  if (!form.ok || !played.ok)
    return refuse(c, form.ok ? (played as Extract<typeof played, { ok: false }>).problem : form.problem)
  return c.redirect(`${link(readerOf(c).locale, '/')}#step-${form.value.step}`, 303)
}

async function moveClock(c: PageContext): Promise<Response> {
  const form = parseInput(clockForm, await c.req.parseBody())
  if (!form.ok) return refuse(c, form.problem)
  const { fired } = await advanceClock(c.get('world'), days(form.value.days))
  return c.redirect(
    `${link(readerOf(c).locale, '/', { moved: String(form.value.days), fired: String(fired) })}#clock`,
    303,
  )
}

/** The first page, and what its buttons do. */
export function guidePages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get('/', guidePage)
  app.post('/tour', beginTour)
  app.post('/tour/play', play)
  app.post('/clock', moveClock)
  return app
}
