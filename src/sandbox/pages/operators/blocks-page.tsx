import { Hono } from 'hono'
import * as z from 'zod'
import type { Instant } from '../../../kernel/instant.ts'
import { fail } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { dayText, momentText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import { readCursor, writeCursor } from '../../escrow/paid-work.ts'
import { type BlockEvidence, type BlockWorker, judgeBlock, showBlock } from '../../flows/judge-block.ts'
import type { Outcome } from '../../problem.ts'
import { statusOf } from '../../problem-response.ts'
import { type Block, type BlockReview, listBlocks } from '../../review/block/store.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { calledIn } from '../contracts/contract-details.ts'
import { yenText } from '../figures.ts'
import { choice, type Fields, prose, type Rejected, readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show } from '../page-door.tsx'
import { Checks, Choice, type Forms, formsOf, PageForm, ProseField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { type Paged, Pager, pageOf } from '../parts/pager.tsx'
import { operatorsStyles } from '../styles.ts'
import { operatorName, waitIn } from './case-parts.tsx'
import { LONGEST_NOTE } from './read-decision.ts'

const PATH = '/operators/blocks'
const BLOCKS_PER_PAGE = 40
const DECIDED_PER_PAGE = 10

/** The lists about reviews that wait for operators, side by side. */
export const ReviewLists = ({ reader: { locale, t }, current }: { reader: Reader; current: 'worklist' | 'blocks' }) => (
  <nav class="switch" aria-label={t('operator.worklist.lists')}>
    {(
      [
        ['worklist', '/operators/reviews'],
        ['blocks', PATH],
      ] as const
    ).map(([list, path]) => (
      <a href={link(locale, path)} aria-current={list === current ? 'page' : undefined}>
        {t(`operator.${list}.title`)}
      </a>
    ))}
  </nav>
)

/** How a block stands now. */
const stateOf = ({ state, size }: Block) => (size === 0 ? ('dissolved' as const) : state)

/** What was decided, as a chip; while nothing is, how long it has waited. */
function StateOf({ reader, block }: { reader: Reader; block: Block }) {
  const { t } = reader
  const state = stateOf(block)
  return state === 'open' ? (
    <Chip tone="wait" icon="clock">
      {t('operator.blocks.waiting', { time: waitIn(reader, block.openedAt) })}
    </Chip>
  ) : (
    <Chip tone="off" icon="check">
      {t(`operator.blocks.states.${state}`)}
    </Chip>
  )
}

function Verdict({ reader, block }: { reader: Reader; block: Block }) {
  if (block.decidedAt === null) return null
  const moment = momentText(reader.locale, block.decidedAt, reader.now)
  return (
    <>
      <p class="tiny">{reader.t('operator.blocks.decidedBy', { operator: operatorName(block.decidedBy), moment })}</p>
      {block.note && <p class="small">{block.note}</p>}
    </>
  )
}

const Row = ({ reader, block }: { reader: Reader; block: Block }) => (
  <li class="card flow">
    <div class="card-head">
      <h3>
        <a href={link(reader.locale, `${PATH}/${block.id}`)}>
          {reader.t('operator.blocks.clients', { n: block.size })}
        </a>
      </h3>
      <StateOf reader={reader} block={block} />
    </div>
    <Verdict reader={reader} block={block} />
  </li>
)

interface ListView {
  readonly reader: Reader
  readonly open: Paged<Block>
  readonly decided: Paged<Block>
  /** The places of both lists, as the address has them. */
  readonly places: { readonly after?: string | undefined; readonly decided?: string | undefined }
}

/** Blocks of clients that wait for a person, and those decided about last. */
function BlocksPage({ reader, open, decided, places }: ListView) {
  const { t } = reader
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('operator.blocks.title')} current="worklist">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('operator.blocks.title')}</h1>
            <p class="lead">{t('operator.blocks.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <ReviewLists reader={reader} current="blocks" />
          <section class="stack s" aria-labelledby="waiting">
            <h2 id="waiting">{t('operator.blocks.open')}</h2>
            {open.entries.length === 0 && <p class="card">{t('operator.blocks.none')}</p>}
            <ol class="results">
              {open.entries.map((block) => (
                <Row reader={reader} block={block} />
              ))}
            </ol>
            <Pager reader={reader} path={PATH} query={places} next={open.next} list="waiting" />
          </section>
          <section class="stack s" aria-labelledby="decided">
            <h2 id="decided">{t('operator.blocks.decided')}</h2>
            {decided.entries.length === 0 && <p class="small quiet">{t('operator.blocks.noneDecided')}</p>}
            <ol class="results">
              {decided.entries.map((block) => (
                <Row reader={reader} block={block} />
              ))}
            </ol>
            <Pager reader={reader} path={PATH} query={places} place="decided" next={decided.next} list="decided" />
          </section>
        </div>
      </main>
    </Page>
  )
}

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const listQuery = z.object({ after: z.string().max(200).catch(''), decided: z.string().max(200).catch('') })

async function blocksPage(c: PageContext): Promise<Response> {
  const { db } = c.get('world')
  const places = listQuery.parse(c.req.query())
  const [open, decided] = await Promise.all([
    listBlocks(db, { which: 'open', after: readCursor(places.after), limit: BLOCKS_PER_PAGE + 1 }),
    listBlocks(db, { which: 'decided', after: readCursor(places.decided), limit: DECIDED_PER_PAGE + 1 }),
  ])
  return show(
    c,
    <BlocksPage
      reader={readerOf(c)}
      open={pageOf(open, BLOCKS_PER_PAGE, ({ openedAt, id }) => writeCursor({ at: openedAt, id }))}
      decided={pageOf(decided, DECIDED_PER_PAGE, ({ decidedAt, id }) => writeCursor({ at: decidedAt as Instant, id }))}
      places={places}
    />,
  )
}

interface BlockView extends BlockEvidence {
  readonly reader: Reader
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

/** The middle one of some amounts, in yen. */
const medianYen = (reviews: readonly BlockReview[]): number =>
  reviews.map(({ yen }) => yen).sort((a, b) => a - b)[Math.floor((reviews.length - 1) / 2)] ?? 0

/** Who is in the block, how much they reviewed and paid, from when to when. */
function Figures({ reader, block, workers }: BlockView) {
  const { locale, t } = reader
  const reviews = workers.flatMap((worker) => worker.reviews)
  const times = reviews.map(({ at }) => at)
  const figures = [
    [t('operator.blocks.figures.clients'), String(block.size)],
    [t('operator.blocks.figures.workers'), String(workers.length)],
    [t('operator.blocks.figures.reviews'), String(reviews.length)],
    [t('operator.blocks.figures.median'), yenText(locale, medianYen(reviews))],
  ]
  return (
    <section class="card flow" aria-label={t('operator.blocks.figuresTitle')}>
      <dl class="figures-row">
        {figures.map(([name, figure]) => (
          <div>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      {times.length > 0 && (
        <p class="tiny">
          {t('operator.blocks.period', {
            from: dayText(locale, Math.min(...times)),
            to: dayText(locale, Math.max(...times)),
          })}
        </p>
      )}
    </section>
  )
}

function Clients({ reader, clients }: BlockView) {
  const { locale, t } = reader
  const [who, since, workers, shared] = [
    { title: t('operator.blocks.client') },
    { title: t('operator.blocks.since') },
    { title: t('operator.blocks.reviewed'), figures: true },
    { title: t('operator.blocks.shared'), figures: true },
  ] as const satisfies readonly Column[]
  return (
    <details class="card fold">
      <summary>
        <span>{t('operator.blocks.whoTitle')}</span>
        <small>{t('operator.blocks.clients', { n: clients.length })}</small>
        <Icon name="right" small turning />
      </summary>
      <RowTable caption={t('operator.blocks.whoTitle')} columns={[who, since, workers, shared]}>
        {clients.map((one) => (
          <tr role="row">
            <Cell column={who}>
              <a href={link(locale, `/clients/${one.id}`)}>
                <bdi>{calledIn(locale, one.client)}</bdi>
              </a>
            </Cell>
            <Cell column={since}>{one.client ? dayText(locale, one.client.joinedAt) : '–'}</Cell>
            <Cell column={workers}>{String(one.workers)}</Cell>
            <Cell column={shared}>{String(one.shared)}</Cell>
          </tr>
        ))}
      </RowTable>
    </details>
  )
}

/** One worker, with what the clients of the block paid them and said. */
function WorkerFold({ view, of: { id, worker, reviews } }: { view: BlockView; of: BlockWorker }) {
  const { reader, block, clients } = view
  const { locale, t } = reader
  const [who, yen, stars, at] = [
    { title: t('operator.blocks.client') },
    { title: t('operator.blocks.yen'), figures: true },
    { title: t('operator.blocks.stars'), figures: true },
    { title: t('operator.blocks.at') },
  ] as const satisfies readonly Column[]
  const name = calledIn(locale, worker)
  return (
    <details class="fold">
      <summary>
        <span>
          <bdi>{name}</bdi>
          <small class="under">
            {t('operator.blocks.by', {
              n: reviews.length,
              all: block.size,
              yen: yenText(
                locale,
                reviews.reduce((sum, review) => sum + review.yen, 0),
              ),
            })}
          </small>
        </span>
        <Icon name="right" small turning />
      </summary>
      <div class="flow">
        <RowTable caption={name} columns={[who, yen, stars, at]}>
          {reviews.map((review) => (
            <tr role="row">
              <Cell column={who}>
                <a href={link(locale, `/contracts/${review.contract}`)}>
                  <bdi>{calledIn(locale, clients.find((one) => one.id === review.client)?.client)}</bdi>
                </a>
              </Cell>
              <Cell column={yen}>{yenText(locale, review.yen)}</Cell>
              <Cell column={stars}>{review.score.toFixed(1)}</Cell>
              <Cell column={at}>{dayText(locale, review.at)}</Cell>
            </tr>
          ))}
        </RowTable>
        {worker && (
          <p class="small">
            <a href={link(locale, `/workers/${id}`)}>{t('operator.blocks.profile')}</a>
          </p>
        )}
      </div>
    </details>
  )
}

function Decision({ reader, block, clients, forms }: BlockView) {
  const { locale, t } = reader
  const form = forms('decide')
  return (
    <section class="card flow" aria-labelledby="decision">
      <h2 id="decision">{t('operator.blocks.decide')}</h2>
      <PageForm form={form}>
        <input type="hidden" name="version" value={String(block.version)} />
        <Choice
          form={form}
          name="decision"
          label={t('operator.blocks.areThey')}
          options={(['independent', 'confirmed'] as const).map((value) => ({
            value,
            label: t(`operator.blocks.verdicts.${value}.label`),
            about: t(`operator.blocks.verdicts.${value}.about`),
          }))}
        />
        <Checks
          form={form}
          name="apart"
          label={t('operator.blocks.apart')}
          hint={t('operator.blocks.apartHint')}
          options={clients.map((one) => ({
            value: one.id,
            label: calledIn(locale, one.client),
            about: t('operator.blocks.apartAbout', { workers: one.workers, shared: one.shared }),
          }))}
          optional
        />
        <ProseField form={form} name="note" label={t('operator.blocks.note')} rows={3} />
        <div class="btns">
          <button class="btn primary" type="submit">
            {t('operator.blocks.send')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}

/** One block: who, whom they reviewed, for how much and when; and the decision. */
function BlockPage(view: BlockView) {
  const { reader, block, workers, cut, rejected } = view
  const { locale, t } = reader
  const title = t('operator.blocks.clients', { n: block.size })
  return (
    <Page
      styles={operatorsStyles}
      reader={reader}
      title={`${rejected ? t('form.titlePrefix') : ''}${title}`}
      current="worklist"
    >
      <main id="main" class="wrap narrow">
        <Crumb href={link(locale, PATH)}>{t('operator.blocks.back')}</Crumb>
        <div class="head">
          <div>
            <h1>{title}</h1>
            <p class="lead">{t('operator.blocks.why')}</p>
          </div>
          <StateOf reader={reader} block={block} />
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <Note icon="info">
            <p>{t(`operator.blocks.effects.${stateOf(block)}`)}</p>
            <Verdict reader={reader} block={block} />
          </Note>
          <Figures {...view} />
          <section class="card flow" aria-labelledby="workers">
            <h2 id="workers">{t('operator.blocks.workersTitle')}</h2>
            <p class="small">{t('operator.blocks.workersText')}</p>
            {cut && <p class="small quiet">{t('operator.blocks.cut')}</p>}
            <div class="folds">
              {workers.map((worker) => (
                <WorkerFold view={view} of={worker} />
              ))}
            </div>
          </section>
          <Clients {...view} />
          {stateOf(block) === 'open' && <Decision {...view} />}
        </div>
      </main>
    </Page>
  )
}

async function blockPage(c: PageContext, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const shown = await showBlock(world, c.req.param('id') ?? '')
  if (!shown.ok) return refuse(c, shown.problem)
  const forms = formsOf(reader, { rejected, once: world.newId('jti') })
  const view = { ...shown.value, reader, rejected, forms }
  return show(c, <BlockPage {...view} />, rejected ? statusOf(rejected.problem) : 200)
}

const decisionForm = z.object({
  decision: choice(['independent', 'confirmed']),
  note: prose(LONGEST_NOTE),
  version: z.coerce.number().int().min(1),
})

/** How the boxes of clients are named who do not belong to the others. */
const APART = 'apart-'

async function decide(c: PageContext, fields: Fields): Promise<Outcome<unknown>> {
  if (fields.act !== 'decide') return fail({ code: 'not-found' })
  const form = parseInput(decisionForm, fields)
  const apart = Object.keys(fields).flatMap((name) => (name.startsWith(APART) ? [name.slice(APART.length)] : []))
  return form.ok ? judgeBlock(c.get('world'), personOf(c), c.req.param('id') ?? '', { ...form.value, apart }) : form
}

/** Clients who reviewed nearly the same people, for operators. */
export function blocksPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get(PATH, blocksPage)
  app.get(`${PATH}/:id`, (c) => blockPage(c))
  app.post(`${PATH}/:id`, async (c) => {
    const fields = await readFields(c)
    const done = await decide(c, fields)
    return done.ok ? c.redirect(readerOf(c).here, 303) : blockPage(c, { fields, problem: done.problem })
  })
  return app
}
