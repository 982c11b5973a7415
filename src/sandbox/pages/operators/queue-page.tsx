import { Hono } from 'hono'
import * as z from 'zod'
import type { Instant } from '../../../kernel/instant.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { readCursor, writeCursor } from '../../escrow/paid-work.ts'
import { noteRead, offeredSeconds } from '../../flows/judge-again.ts'
import { type SubjectKind, subjectKinds } from '../../moderation/decision/actions.ts'
import { type Appeal, findDecision, listAppeals } from '../../moderation/decision/store.ts'
import { priorityOf } from '../../moderation/report/priority.ts'
import type { Drawn } from '../../moderation/second/store.ts'
import { countWaiting, findCase, kindsWithCases } from '../../moderation/store.ts'
import { countWaitingSamples } from '../../people/sample/store.ts'
import { staff } from '../../people/staff.data.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, show } from '../page-door.tsx'
import { LaunchForm } from '../parts/launch-form.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { type Paged, Pager, pageOf } from '../parts/pager.tsx'
import { operatorsStyles, queueKeysScript } from '../styles.ts'
import { type AppealLine, AppealsPage } from './appeals-page.tsx'
import {
  CaseChips,
  causeIn,
  lineOf,
  loadQueue,
  QueueKeys,
  type QueueLine,
  type QueuePart,
  Share,
  titleIn,
  waitIn,
} from './case-parts.tsx'
import { drawnTitle, secondPath } from './second-page.tsx'

export interface QueueView {
  readonly reader: Reader
  readonly part: QueuePart
  /** What is to be judged a second time. */
  readonly seconds: readonly Drawn[]
  /** Cases that wait, whatever the filter. */
  readonly waiting: number
  /** Samples of workers' own work that wait. */
  readonly samples: number
  readonly kind: string | undefined
  readonly closed: boolean
  /** Kinds of subjects about which there ever was a case, in their order; a filter for another one would find nothing. */
  readonly kinds: readonly SubjectKind[]
  /** Whether the list goes on from an earlier page. */
  readonly after: string
}

const PATH = '/operators/queue'

function Filters({ reader, kinds, kind, closed }: QueueView) {
  const { t } = reader
  const choices = [
    { name: t('case.all'), kind: undefined, closed: false },
    ...kinds.map((one) => ({ name: t(`case.kinds.${one}`), kind: one, closed: false })),
    { name: t('case.closedCases'), kind: undefined, closed: true },
  ]
  return (
    <nav class="switch" aria-label={t('case.filters')}>
      {choices.map((choice) => (
        <a
          href={link(reader.locale, PATH, { kind: choice.kind, status: choice.closed ? 'closed' : undefined })}
          aria-current={choice.kind === kind && choice.closed === closed ? 'page' : undefined}
        >
          {choice.name}
        </a>
      ))}
    </nav>
  )
}

function Row({ reader, line }: { reader: Reader; line: QueueLine }) {
  const { t } = reader
  const { known, cause } = line
  const priority = priorityOf(known.points)
  return (
    <li class="card queue-row">
      <div class="queue-measure">
        <b>{priority}</b>
        <Share share={priority / 100} />
        <small>{t('case.priority')}</small>
      </div>
      <div>
        <h2>
          <a href={link(reader.locale, `/operators/subjects/${known.id}`)}>{causeIn(reader, cause)}</a>
        </h2>
        <p class="small">
          {t('case.about', { subject: t('case.subject', { kind: known.kind }), title: titleIn(reader, line) })}
        </p>
        <p class="tiny queue-facts">
          <span>{t(`case.openers.${known.openedBy}`)}</span>
          <span>{t('case.reports', { n: known.reports })}</span>
          {known.status !== 'closed' && <span>{t('case.waiting', { time: waitIn(reader, known.openedAt) })}</span>}
        </p>
      </div>
      <div class="chips">
        <CaseChips reader={reader} known={known} />
      </div>
    </li>
  )
}

/** A text that somebody else has decided about, to be judged by somebody who does not know how. */
function BlindRow({ reader, drawn }: { reader: Reader; drawn: Drawn }) {
  const { t } = reader
  const { second } = drawn
  return (
    <li class="card queue-row">
      <div class="queue-measure">
        <Icon name="eye" />
      </div>
      <div>
        <h2>
          <a href={link(reader.locale, secondPath(second.id))}>{t('case.second.title')}</a>
        </h2>
        <p class="small">{drawnTitle(reader, drawn)}</p>
        <p class="tiny queue-facts">
          <span>{t('case.second.unknown')}</span>
          <span>{t('case.waiting', { time: waitIn(reader, second.drawnAt) })}</span>
        </p>
      </div>
    </li>
  )
}

/** Who decides in the certification service too. */
const certifier = staff.find(({ role }) => role === 'operator')

/** What waits for a person, the most urgent first. */
function QueuePage(view: QueueView) {
  const { reader, part, seconds, waiting, samples, kind, closed, after } = view
  const { locale, t } = reader
  const [first] = part.lines
  const filters = { kind, status: closed ? 'closed' : undefined }
  return (
    <Page styles={operatorsStyles} script={queueKeysScript} reader={reader} title={t('case.queue')} current="queue">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('case.queue')}</h1>
            <p class="lead">{t('case.queueLead', { open: waiting })}</p>
            <p class="small">
              <a href={link(locale, '/operators/samples')}>{t('operator.samples.waiting', { n: samples })}</a>
              {' · '}
              <a href={link(locale, '/operators/agreement')}>{t('case.agreement.title')}</a>
            </p>
            {certifier && (
              <LaunchForm person={certifier} locale={locale} look="btn s ghost">
                {t('guide.staff')}
              </LaunchForm>
            )}
          </div>
          {first && !closed && after === '' && (
            <a class="btn s primary" href={link(locale, `/operators/subjects/${first.known.id}`)}>
              {t('case.openMost')}
            </a>
          )}
        </div>
        <Filters {...view} />
        {part.lines.length + seconds.length === 0 && <p class="card">{t('case.empty')}</p>}
        {part.lines.length + seconds.length > 0 && <QueueKeys reader={reader} place="list" />}
        <ol class="results" data-queue>
          {seconds.map((drawn) => (
            <BlindRow reader={reader} drawn={drawn} />
          ))}
          {part.lines.map((line) => (
            <Row reader={reader} line={line} />
          ))}
        </ol>
        <Pager reader={reader} path={PATH} query={{ ...filters, after }} next={part.next} />
      </main>
    </Page>
  )
}

const CASES_PER_PAGE = 20
const APPEALS_PER_PAGE = 20
const JUDGED_PER_PAGE = 10

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const queueQuery = z.object({
  kind: z.enum(subjectKinds).optional().catch(undefined),
  status: z.literal('closed').optional().catch(undefined),
  after: z.string().max(200).catch(''),
})

async function queuePage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const { kind, status, after } = queueQuery.parse(c.req.query())
  const closed = status === 'closed'
  // they stand before the rest, where the whole list begins
  const asksForSeconds = !closed && after === '' && kind === undefined
  const [part, seconds, waiting, samples, kinds] = await Promise.all([
    loadQueue(world, { statuses: closed ? ['closed'] : ['open', 'escalated'], kind, after, limit: CASES_PER_PAGE }),
    asksForSeconds ? offeredSeconds(world, personOf(c)) : [],
    countWaiting(world.db),
    countWaitingSamples(world.db),
    kindsWithCases(world.db, subjectKinds),
  ])
  return show(
    c,
    <QueuePage reader={readerOf(c)} {...{ part, seconds, waiting, samples, kinds, kind, closed }} after={after} />,
    200,
    { scripts: true },
  )
}

async function appealLines(world: SandboxWorld, appeals: readonly Appeal[]): Promise<AppealLine[]> {
  const lines = await Promise.all(
    appeals.map(async (appeal) => {
      const [decision, known] = await Promise.all([
        findDecision(world.db, appeal.decision),
        findCase(world.db, appeal.subject),
      ])
      return decision && known ? [{ appeal, decision, line: await lineOf(world, known) }] : []
    }),
  )
  return lines.flat()
}

async function appealsPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const { after, judged: behind } = c.req.query()
  const [waiting, judged] = await Promise.all([
    listAppeals(world.db, { judged: false, after: readCursor(after ?? ''), limit: APPEALS_PER_PAGE + 1 }),
    listAppeals(world.db, { judged: true, after: readCursor(behind ?? ''), limit: JUDGED_PER_PAGE + 1 }),
  ])
  await noteRead(
    world,
    personOf(c),
    [...waiting, ...judged].map(({ subject }) => subject),
  )
  const lines = async ({ entries, next }: Paged<Appeal>) => ({ entries: await appealLines(world, entries), next })
  return show(
    c,
    <AppealsPage
      reader={readerOf(c)}
      open={await lines(pageOf(waiting, APPEALS_PER_PAGE, ({ at, id }) => writeCursor({ at, id })))}
      judged={
        await lines(
          pageOf(judged, JUDGED_PER_PAGE, ({ decidedAt, id }) => writeCursor({ at: decidedAt as Instant, id })),
        )
      }
      places={{ after, judged: behind }}
    />,
  )
}

/** What waits for an operator: cases, and appeals against decisions. */
export function queuePages(): Hono<SandboxEnv> {
  return new Hono<SandboxEnv>().get('/operators/queue', queuePage).get('/operators/appeals', appealsPage)
}
