import { Form } from '../../../platform/page/form.tsx'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { type Climb, countFront, type FrontFigures, findHero, showClimb } from '../../flows/show-front.ts'
import { staff } from '../../people/staff.data.ts'
import type { Category } from '../../people/worker.ts'
import { cellsOf, type ExamFacts, PLAY_SECONDS } from '../../play/play.ts'
import { shortNumber } from '../figures.ts'
import { SignInButton } from '../guide/story-buttons.tsx'
import { link } from '../links.ts'
import { type PageContext, readerOf, show } from '../page-door.tsx'
import { LaunchForm } from '../parts/launch-form.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { frontScript, frontStyles } from '../styles.ts'
import { ClimbPicture, calledBy } from './climb.tsx'
import { ClockDrawer, type Moved, readMoved } from './clock-drawer.tsx'

/** Of which exam the front page tells. */
export const SHOWN_EXAM: Category = 'business-admin'

interface FrontView {
  readonly reader: Reader
  /** Somebody who has not passed yet; undefined where everybody has. */
  readonly climb: Climb | undefined
  readonly figures: FrontFigures
  /** From the exam's own data; undefined where no pass is played. */
  readonly exam: ExamFacts | undefined
  readonly pluginOrigin: string
  readonly moved: Moved | undefined
  /** Whether as many are watched as can be. */
  readonly crowded: boolean
}

/** What is promised, and the two ways to see it. */
function Pitch({ reader, climb, exam, crowded }: FrontView) {
  const { t, locale } = reader
  const seconds = PLAY_SECONDS
  const hero = climb?.hero.listing.worker
  return (
    <div class="pitch-text">
      <p class="eyebrow">{t('front.eyebrow')}</p>
      <h1>
        {t.list('front.title').map((line) => (
          <span class="line">{line}</span>
        ))}
      </h1>
      <p class="lead">{t('front.lead', { minutes: exam?.minutes ?? 0 })}</p>
      {crowded && (
        <p class="state wait" role="status">
          <Icon name="clock" small />
          {t('front.crowded')}
        </p>
      )}
      {hero && (
        <div class="btns pitch-buttons">
          {exam && (
            <Form method="post" action={link(locale, '/watch')}>
              <button class="btn primary" type="submit">
                <Icon name="play" />
                {t('front.watch', { seconds })}
              </button>
            </Form>
          )}
          <LaunchForm
            locale={locale}
            person={{ id: hero.id, role: 'worker', exam: SHOWN_EXAM }}
            look={exam ? 'btn outline' : 'btn primary'}
          >
            {t('front.takeIt')}
            {exam && <small>{t('front.minutes', { n: exam.minutes })}</small>}
          </LaunchForm>
        </div>
      )}
      <p class="tiny">
        {hero
          ? t(exam ? 'front.note' : 'front.noteAlone', { seconds, name: calledBy(reader, hero) })
          : t('front.nobody')}
      </p>
    </div>
  )
}

/** From the exam to the first job. */
function Way({ reader, exam }: FrontView) {
  const { t } = reader
  const sum = (of: 'items' | 'tasks') => exam?.parts.reduce((all, part) => all + part[of], 0) ?? 0
  const first =
    exam && cellsOf(exam) > 0
      ? t('front.way.examText', { minutes: exam.minutes, items: sum('items'), tasks: sum('tasks') })
      : t('front.way.examFree')
  const steps = [
    [t('front.way.exam'), first],
    [t('front.way.badge'), t('front.way.badgeText')],
    [t('front.way.page'), t('front.way.pageText')],
    [t('front.way.job'), t('front.way.jobText')],
  ] as const
  return (
    <ol class="way">
      {steps.map(([name, text], at) => (
        <li>
          <span class="number">{at + 1}</span>
          <b>{name}</b>
          <small>{text}</small>
        </li>
      ))}
    </ol>
  )
}

const systems = [
  { is: 'escrow', icon: 'yen', of: 'held', path: '/operators/contracts', asOperator: true },
  { is: 'reviews', icon: 'star', of: 'reviews', path: '/workers', asOperator: false },
  { is: 'cases', icon: 'flag', of: 'cases', path: '/operators/queue', asOperator: true },
  { is: 'stopped', icon: 'shield', of: 'stopped', path: '/operators/detector', asOperator: true },
  { is: 'certified', icon: 'bars', of: 'certified', path: '/ranking', asOperator: false },
] as const satisfies readonly {
  readonly icon: IconName
  readonly of: keyof FrontFigures
  readonly [name: string]: unknown
}[]

const operator = staff.find(({ role }) => role === 'operator')

/** What else runs here, each with a figure of this moment. */
function Systems({ reader, figures }: FrontView) {
  const { t, locale } = reader
  return (
    <section class="systems" aria-labelledby="systems">
      <div class="systems-head">
        <h2 id="systems">{t('front.systems.title')}</h2>
        <p class="tiny">{t('front.systems.note')}</p>
      </div>
      <ul class="systems-list">
        {systems.map(({ is, icon, of, path, asOperator }) => {
          const n = shortNumber(locale, figures[of])
          const name = (
            <>
              <Icon name={icon} small />
              {t(`front.systems.${is}.name`)}
            </>
          )
          return (
            <li class="card system">
              <h3>
                {asOperator && operator ? (
                  <SignInButton reader={reader} user={operator.id} next={link(locale, path)}>
                    {name} <small>{t('front.systems.asOperator')}</small>
                  </SignInButton>
                ) : (
                  <a href={link(locale, path, path === '/workers' ? { sort: 'reviews' } : {})}>{name}</a>
                )}
              </h3>
              <p class="system-figure">
                <b>{is === 'escrow' ? t('front.systems.escrow.figure', { n }) : n}</b>{' '}
                <span>{t(`front.systems.${is}.unit`)}</span>
              </p>
              <p class="tiny">{t(`front.systems.${is}.text`)}</p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const roles = [
  { is: 'worker', icon: 'person', user: 'wrk_003', next: '/jobs' },
  { is: 'client', icon: 'page', user: 'cli_07', next: '/jobs/new' },
  { is: 'operator', icon: 'shield', user: 'opr_demo', next: '/operators/queue' },
  { is: 'author', icon: 'pen', user: undefined, next: '' },
] as const

const author = staff.find(({ role }) => role === 'author')

/** Who one may be here. */
function Roles({ reader }: FrontView) {
  const { t } = reader
  return (
    <section class="roles" aria-labelledby="roles">
      <h2 id="roles">{t('front.roles.title')}</h2>
      <ul>
        {roles.map(({ is, icon, user, next }) => {
          const words = (
            <>
              <Icon name={icon} small />
              <b>{t(`front.roles.${is}.name`)}</b>
              <small>{t(`front.roles.${is}.text`)}</small>
            </>
          )
          return (
            <li>
              {user === undefined ? (
                author && (
                  <LaunchForm locale={reader.locale} person={author}>
                    {words}
                  </LaunchForm>
                )
              ) : (
                <SignInButton reader={reader} user={user} next={link(reader.locale, next)}>
                  {words}
                </SignInButton>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Embed({ reader, pluginOrigin }: FrontView) {
  const { t, locale } = reader
  const guide = `${pluginOrigin}/docs/integrate?lang=${locale}`
  return (
    <section class="embed-strip" aria-labelledby="embed">
      <div>
        <h2 id="embed">{t('front.embed.title')}</h2>
        <p class="tiny">{t('front.embed.text')}</p>
      </div>
      <div class="btns">
        <a class="btn s ghost" href={guide}>
          {t('front.embed.guide')}
        </a>
        <a class="btn s ghost" href={`${guide}#try`}>
          {t('front.embed.tests')}
        </a>
      </div>
    </section>
  )
}

/** What is here, for somebody who has ten seconds. */
function FrontPage(view: FrontView) {
  const { reader, climb, moved } = view
  return (
    <Page
      styles={frontStyles}
      script={frontScript}
      reader={reader}
      title={reader.t('market.market')}
      current="guide"
      bar={<ClockDrawer reader={reader} moved={moved} back="/" />}
    >
      <main id="main" class="wrap front">
        <div class="pitch">
          <Pitch {...view} />
          {climb && (
            <div class="pitch-picture">
              <ClimbPicture reader={reader} climb={climb} state="still" />
              <p class="climb-again">
                <button class="plain-button js-only" type="button" data-again>
                  <Icon name="redo" small />
                  {reader.t('front.climb.again')}
                </button>
              </p>
            </div>
          )}
        </div>
        <Way {...view} />
        <Systems {...view} />
        <Roles {...view} />
        <Embed {...view} />
      </main>
    </Page>
  )
}

export async function frontPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const { plays } = world
  const hero = await findHero(world, SHOWN_EXAM, { wasPlayed: (worker) => plays?.wasPlayed(worker) ?? false })
  const view = {
    reader: readerOf(c),
    climb: hero && (await showClimb(world, SHOWN_EXAM, hero)),
    figures: await countFront(world),
    exam: plays?.exam,
    pluginOrigin: world.settings.pluginOrigin,
    moved: readMoved(c),
    crowded: c.req.query('crowded') !== undefined,
  }
  return show(c, <FrontPage {...view} />, 200, { scripts: true })
}
