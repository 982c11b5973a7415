import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod'
import { workerId } from '../../../contract/tokens.ts'
import { days } from '../../../kernel/instant.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { playedSteps, playStep } from '../../flows/play-story.ts'
import { advanceClock } from '../../flows/run-timers.ts'
import { surveyMarket } from '../../flows/show-market.ts'
import { findNewcomers, type Story, showStory, stepsTaken, storySteps } from '../../flows/show-story.ts'
import { findWorker } from '../../people/store.ts'
import type { Category } from '../../people/worker.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { link } from '../links.ts'
import { type PageContext, readerOf, refuse, show } from '../page-door.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Avatar, MarketSeal } from '../parts/seal.tsx'
import { homeStyles } from '../styles.ts'
import { type Candidate, Clock, type GuideView, MarketNow, More, StaffEntrance } from './guide-aside.tsx'
import { pageOf } from './story-buttons.tsx'
import { StorySteps } from './story-steps.tsx'

const called = ({ locale }: Reader, { name, reading }: { readonly name: string; readonly reading: string }): string =>
  locale === 'en' ? reading : name

function Choose({
  reader,
  candidates,
  primary,
}: {
  reader: Reader
  candidates: readonly Candidate[]
  primary: boolean
}) {
  const { t } = reader
  return (
    <ul class="choices">
      {candidates.map((candidate, at) => (
        <li>
          <Form method="post" action={link(reader.locale, '/tour')}>
            <button
              class={primary && at === 0 ? 'choice first' : 'choice'}
              name="worker"
              value={candidate.id}
              type="submit"
            >
              <Avatar id={candidate.id} name={candidate.name} />
              <span>
                <b>{t('guide.start', { name: called(reader, candidate) })}</b>
                <small>
                  {t('guide.chooseAbout', { page: pageOf(candidate.position), position: candidate.position })}
                </small>
              </span>
            </button>
          </Form>
        </li>
      ))}
    </ul>
  )
}

/** Whose story it is, and where they stand now. */
function Hero({ reader, story, from }: { reader: Reader; story: Story; from: number }) {
  const { t } = reader
  const { worker, position, badge, weight, reviews } = story
  const certificate =
    weight !== undefined
      ? t('guide.weightOf', { percent: weight })
      : badge
        ? t('guide.notCounted')
        : t('guide.noCertificate')
  return (
    <section class="card heroine" aria-labelledby="who">
      <Avatar id={worker.id} name={worker.name} />
      <div>
        <p class="tiny">{t('guide.now')}</p>
        <h2 id="who">
          <a href={link(reader.locale, `/workers/${worker.id}`, { category: story.category })}>
            {called(reader, worker)}
          </a>
        </h2>
      </div>
      <dl class="figures-row">
        <div>
          <dt>{t('guide.place')}</dt>
          <dd>
            {position === undefined ? t('guide.absent') : t('guide.placeOf', { page: pageOf(position), position })}
          </dd>
        </div>
        <div>
          <dt>{t('guide.certificate')}</dt>
          <dd>{certificate}</dd>
        </div>
        <div>
          <dt>{t('guide.reviews')}</dt>
          <dd>{t('guide.reviewsOf', { n: reviews })}</dd>
        </div>
      </dl>
      {position !== undefined && from > 0 && pageOf(from) !== pageOf(position) && (
        <p class="state ok moved">
          <Icon name="check" small />
          {t('guide.moved', { from: pageOf(from), to: pageOf(position) })}
        </p>
      )}
    </section>
  )
}

function Told({ view }: { view: GuideView }) {
  const { reader, story, from, candidates, origin } = view
  const { t } = reader
  if (!story) {
    return (
      <section class="card flow" aria-labelledby="choose">
        <h2 id="choose">{t('guide.choose')}</h2>
        <p class="small">{t('guide.storyText')}</p>
        {candidates.length === 0 ? (
          <p class="small quiet">{t('guide.nobody')}</p>
        ) : (
          <Choose reader={reader} candidates={candidates} primary />
        )}
        <ol class="steps story preview-steps">
          {storySteps.map((step, at) => (
            <li class="later">
              <span class="n">{at + 1}</span>
              <div>
                <h3>{t(`guide.steps.${step}.title`)}</h3>
                <p>{t(`guide.steps.${step}.text`)}</p>
              </div>
            </li>
          ))}
        </ol>
      </section>
    )
  }
  const finished = stepsTaken(story).size === storySteps.length
  return (
    <>
      <Hero reader={reader} story={story} from={from} />
      {finished && (
        <Note icon="check" role="status">
          <p>
            <b>{t('guide.finished')}</b> {t('guide.finishedText')}
          </p>
        </Note>
      )}
      <section class="card flow" id="story" aria-labelledby="steps">
        <h2 id="steps">{t('guide.story')}</h2>
        <p class="small">{t('guide.storyText')}</p>
        <StorySteps reader={reader} story={story} origin={origin} />
        <details class="quiet-fold">
          <summary class="small">{t('guide.another')}</summary>
          <p class="tiny">{t('guide.anotherText')}</p>
          <Choose reader={reader} candidates={candidates} primary={false} />
        </details>
      </section>
    </>
  )
}

/** The first page: a newcomer's story, step by step, and what moves it on. */
export function GuidePage(view: GuideView) {
  const { reader } = view
  const { t } = reader
  return (
    <Page styles={homeStyles} reader={reader} title={reader.t('market.market')} current="guide">
      <main id="main" class="wrap">
        <div class="hero">
          <MarketSeal size={64} />
          <div>
            <h1>{t('guide.title')}</h1>
            <p class="lead">{t('guide.lead')}</p>
          </div>
        </div>
        <div class="cols">
          <div class="stack">
            <Told view={view} />
          </div>
          <div class="stack plain-words">
            <Clock {...view} />
            <More reader={reader} />
            <MarketNow {...view} />
            <StaffEntrance reader={reader} />
          </div>
        </div>
      </main>
    </Page>
  )
}

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

const COOKIE = '__Host-story'
const A_YEAR_OF_SECONDS = 31_536_000

/** Whose story a reader follows, and where that person stood when it began. */
export interface Tour {
  readonly worker: string
  /** Position in the order, from 1; 0 where there was none. */
  readonly from: number
}

/** The tour of this browser; undefined before it has begun. */
export function readTour(c: PageContext): Tour | undefined {
  const [, worker, from] = /^([A-Za-z0-9_-]{1,128})\.(\d{1,9})$/.exec(getCookie(c, COOKIE) ?? '') ?? []
  return worker === undefined ? undefined : { worker, from: Number(from) }
}

export function keepTour(c: PageContext, { worker, from }: Tour): void {
  setCookie(c, COOKIE, `${worker}.${from}`, {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: A_YEAR_OF_SECONDS,
  })
}
