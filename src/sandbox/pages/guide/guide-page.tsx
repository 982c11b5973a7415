import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod'
import { workerId } from '../../../contract/tokens.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { playedSteps, playStep } from '../../flows/play-story.ts'
import { findNewcomers, type Newcomer, type Story, showStory, stepsTaken, storySteps } from '../../flows/show-story.ts'
import { staff } from '../../people/staff.data.ts'
import { findWorker } from '../../people/store.ts'
import type { Category } from '../../people/worker.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { calledBy } from '../front/climb.tsx'
import { ClockDrawer, type Moved, moveClock, readMoved } from '../front/clock-drawer.tsx'
import { frontPage } from '../front/front-page.tsx'
import { beginWatching, controlPlay, watchPage } from '../front/watch-page.tsx'
import { link } from '../links.ts'
import { type PageContext, readerOf, refuse, show } from '../page-door.tsx'
import { LaunchForm } from '../parts/launch-form.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Avatar } from '../parts/seal.tsx'
import { homeStyles } from '../styles.ts'
import { pageOf } from './story-buttons.tsx'
import { StorySteps } from './story-steps.tsx'

/** Somebody whose story can be followed. */
interface Candidate extends Newcomer {
  readonly name: string
  readonly reading: string
}

interface GuideView {
  readonly reader: Reader
  /** Whose story is followed; undefined before somebody is chosen. */
  readonly story: Story | undefined
  /** Position of that person when it began. */
  readonly from: number
  readonly candidates: readonly Candidate[]
  readonly moved: Moved | undefined
}

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
                <b>{t('guide.start', { name: calledBy(reader, candidate) })}</b>
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
            {calledBy(reader, worker)}
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
  const { reader, story, from, candidates } = view
  const { t } = reader
  if (!story) {
    return (
      <section class="card flow" aria-labelledby="choose">
        <h2 id="choose">{t('guide.choose')}</h2>
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
        <h2 id="steps" class="unseen">
          {t('guide.story')}
        </h2>
        <StorySteps reader={reader} story={story} />
        <details class="quiet-fold">
          <summary class="small">{t('guide.another')}</summary>
          <p class="tiny">{t('guide.anotherText')}</p>
          <Choose reader={reader} candidates={candidates} primary={false} />
        </details>
      </section>
    </>
  )
}

/** Opens the plugin's own pages as its staff; the second operator is here only for the marketplace's own appeals. */
const StaffEntrance = ({ reader }: { reader: Reader }) => {
  const { t } = reader
  const operator = staff.find(({ role }) => role === 'operator')
  return (
    operator && (
      <section class="card flow" aria-labelledby="staff">
        <h2 id="staff">{t('guide.staff')}</h2>
        <p class="tiny">{t('guide.staffText')}</p>
        <LaunchForm person={operator} locale={reader.locale} look="btn s ghost">
          {t('guide.operator')}
        </LaunchForm>
      </section>
    )
  )
}

/** A newcomer's story, step by step, and what moves it on. */
export function GuidePage(view: GuideView) {
  const { reader } = view
  const { t } = reader
  return (
    <Page
      styles={homeStyles}
      reader={reader}
      title={t('guide.story')}
      current="guide"
      bar={<ClockDrawer reader={reader} moved={view.moved} back="/tour" />}
    >
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('guide.story')}</h1>
            <p class="lead">{t('guide.storyText')}</p>
          </div>
        </div>
        <div class="stack">
          <Told view={view} />
          <StaffEntrance reader={reader} />
        </div>
      </main>
    </Page>
  )
}

/** What the story is about. */
const TOUR: Category = 'business-admin'
const CANDIDATES = 3

async function candidatesIn(world: SandboxWorld): Promise<Candidate[]> {
  const found = await findNewcomers(world, TOUR, CANDIDATES)
  const people = await Promise.all(found.map(({ id }) => findWorker(world.db, id)))
  return found.flatMap((newcomer, at) => {
    const worker = people[at]
    return worker ? [{ ...newcomer, name: worker.name, reading: worker.reading }] : []
  })
}

const tourQuery = z.object({ worker: workerId, from: z.coerce.number().int().min(0).max(999_999_999).catch(0) })

async function guidePage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const asked = tourQuery.safeParse(c.req.query())
  // whoever comes from a play goes on with its person
  if (asked.success) keepTour(c, asked.data)
  const tour = asked.success ? asked.data : readTour(c)
  const story = tour && (await showStory(world, tour.worker, TOUR))
  const view = {
    reader: readerOf(c),
    // somebody who has left has no story any more
    story: story?.ok ? story.value : undefined,
    from: tour?.from ?? 0,
    candidates: await candidatesIn(world),
    moved: readMoved(c),
  }
  return show(c, <GuidePage {...view} />)
}

const tourForm = z.object({ worker: workerId })
const playForm = z.object({ worker: workerId, step: z.enum(playedSteps) })

async function beginTour(c: PageContext): Promise<Response> {
  const form = parseInput(tourForm, await c.req.parseBody())
  const story = form.ok ? await showStory(c.get('world'), form.value.worker, TOUR) : form
  if (!story.ok) return refuse(c, story.problem)
  keepTour(c, { worker: story.value.worker.id, from: story.value.position ?? 0 })
  return c.redirect(link(readerOf(c).locale, '/tour'), 303)
}

async function play(c: PageContext): Promise<Response> {
  const form = parseInput(playForm, await c.req.parseBody())
  const played = form.ok ? await playStep(c.get('world'), { ...form.value, category: TOUR }) : form
  if (!form.ok || !played.ok)
    return refuse(c, form.ok ? (played as Extract<typeof played, { ok: false }>).problem : form.problem)
  return c.redirect(`${link(readerOf(c).locale, '/tour')}#step-${form.value.step}`, 303)
}

/** The first page, what can be watched and played there, and what their buttons do. */
export function guidePages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get('/', frontPage)
  app.post('/watch', beginWatching)
  app.get('/watch/:id', (c) => watchPage(c, c.req.param('id')))
  app.post('/watch/:id', (c) => controlPlay(c, c.req.param('id')))
  app.get('/tour', guidePage)
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
