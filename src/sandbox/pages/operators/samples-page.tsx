import { Hono } from 'hono'
import * as z from 'zod'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { readCursor, writeCursor } from '../../escrow/paid-work.ts'
import {
  judgeSample,
  type ReadSample,
  sampleVerdicts,
  showSample,
  showWaitingSamples,
} from '../../flows/judge-sample.ts'
import { statusOf } from '../../problem-response.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { SampleChip } from '../account/sample-part.tsx'
import { calledIn } from '../contracts/contract-details.ts'
import { choice, maybeProse, type Rejected, readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show } from '../page-door.tsx'
import { Choice, type Forms, formsOf, PageForm, ProseField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { type Paged, Pager, pageOf } from '../parts/pager.tsx'
import { operatorsStyles } from '../styles.ts'
import { waitIn } from './case-parts.tsx'
import { LONGEST_NOTE } from './read-decision.ts'

const PATH = '/operators/samples'
const SAMPLES_PER_PAGE = 20

function About({ reader, sample }: { reader: Reader; sample: ReadSample }) {
  const { locale, t } = reader
  return (
    <p class="tiny queue-facts">
      <a href={link(locale, `/workers/${sample.worker}`)}>
        <bdi>{calledIn(locale, sample.who)}</bdi>
      </a>
      <span>{t(`market.category.${sample.category}`)}</span>
      {sample.state.name === 'waiting' && (
        <span>{t('case.waiting', { time: waitIn(reader, sample.state.since) })}</span>
      )}
    </p>
  )
}

/** What the detector of posts thinks of the words; nothing where it thinks of no rule. */
const Suspected = ({ reader, sample }: { reader: Reader; sample: ReadSample }) => (
  <>
    {sample.suspected.map(({ kind }) => (
      <p class="small">{reader.t('operator.samples.suspected', { kind: kindTexts[kind].title[reader.locale] })}</p>
    ))}
  </>
)

interface ListView {
  readonly reader: Reader
  readonly samples: Paged<ReadSample>
  readonly after: string
}

/** Samples that wait, those that have waited longest first. */
function SamplesPage({ reader, samples, after }: ListView) {
  const { locale, t } = reader
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('operator.samples.title')} current="queue">
      <main id="main" class="wrap narrow">
        <Crumb href={link(locale, '/operators/queue')}>{t('case.queue')}</Crumb>
        <div class="head">
          <div>
            <h1>{t('operator.samples.title')}</h1>
            <p class="lead">{t('operator.samples.lead')}</p>
          </div>
        </div>
        {samples.entries.length === 0 && <p class="card">{t('operator.samples.none')}</p>}
        <ol class="results">
          {samples.entries.map((sample) => (
            <li class="card flow">
              <h2>
                <a href={link(locale, `${PATH}/${sample.id}`)}>
                  <bdi>{sample.title}</bdi>
                </a>
              </h2>
              <About reader={reader} sample={sample} />
              <Suspected reader={reader} sample={sample} />
            </li>
          ))}
        </ol>
        <Pager reader={reader} path={PATH} query={{ after }} next={samples.next} />
      </main>
    </Page>
  )
}

interface SampleView {
  readonly reader: Reader
  readonly sample: ReadSample
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

function VerdictForm({ reader, sample, forms }: SampleView) {
  const { t } = reader
  const form = forms('judge', sample.state.name === 'shown' ? { verdict: 'refused' } : {})
  const verdicts = sampleVerdicts.filter((verdict) => verdict !== sample.state.name)
  return (
    <section class="card flow" aria-labelledby="decide">
      <h2 id="decide">{t('operator.samples.decide')}</h2>
      <PageForm form={form}>
        <Choice
          form={form}
          name="verdict"
          label={t('form.names.verdict')}
          options={verdicts.map((value) => ({
            value,
            label: t(`operator.samples.verdicts.${value}`),
            about: t(`operator.samples.about.${value}`),
          }))}
        />
        <ProseField form={form} name="reason" label={t('operator.samples.reason')} rows={3} optional />
        <div class="btns">
          <button class="btn primary" type="submit">
            {t('operator.samples.send')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}

/** One sample and the decision about it. */
function SamplePage(view: SampleView) {
  const { reader, sample, rejected } = view
  const { locale, t } = reader
  return (
    <Page
      styles={operatorsStyles}
      reader={reader}
      title={`${rejected ? t('form.titlePrefix') : ''}${sample.title}`}
      current="queue"
    >
      <main id="main" class="wrap narrow">
        <Crumb href={link(locale, PATH)}>{t('operator.samples.title')}</Crumb>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <section class="card flow" aria-labelledby="sample">
            <div class="card-head">
              <h1 id="sample">
                <bdi>{sample.title}</bdi>
              </h1>
              <div class="chips">
                <SampleChip reader={reader} state={sample.state} />
              </div>
            </div>
            <About reader={reader} sample={sample} />
            <Suspected reader={reader} sample={sample} />
            <p class="written">{sample.text}</p>
            {sample.state.name === 'refused' && (
              <p class="small written">{t('operator.samples.refusedFor', { reason: sample.state.reason })}</p>
            )}
          </section>
          {sample.state.name !== 'refused' && <VerdictForm {...view} />}
        </div>
      </main>
    </Page>
  )
}

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const pageQuery = z.object({ after: z.string().max(200).catch('') })

async function samplesPage(c: PageContext): Promise<Response> {
  const { after } = pageQuery.parse(c.req.query())
  const read = await showWaitingSamples(c.get('world'), { after: readCursor(after), limit: SAMPLES_PER_PAGE + 1 })
  const samples = pageOf(read, SAMPLES_PER_PAGE, ({ state, id }) => writeCursor({ at: state.since, id }))
  return show(c, <SamplesPage reader={readerOf(c)} samples={samples} after={after} />)
}

async function samplePage(c: PageContext, id: string, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const sample = await showSample(world, id)
  if (!sample) return refuse(c, rejected?.problem ?? { code: 'not-found' })
  const forms = formsOf(reader, { rejected, once: world.newId('jti') })
  return show(
    c,
    <SamplePage reader={reader} sample={sample} forms={forms} rejected={rejected} />,
    rejected ? statusOf(rejected.problem) : 200,
  )
}

const verdictForm = z
  .object({ verdict: choice(sampleVerdicts), reason: maybeProse(LONGEST_NOTE) })
  .refine(({ verdict, reason }) => verdict === 'shown' || reason !== '', { path: ['reason'], message: 'required' })

async function takeVerdict(c: PageContext, id: string): Promise<Response> {
  const fields = await readFields(c)
  const form = parseInput(verdictForm, fields)
  const done = form.ok ? await judgeSample(c.get('world'), personOf(c), { id, ...form.value }) : form
  return done.ok
    ? c.redirect(link(readerOf(c).locale, PATH), 303)
    : samplePage(c, id, { fields, problem: done.problem })
}

/** Samples of workers' own work, for operators. */
export const samplesPages = (): Hono<SandboxEnv> =>
  new Hono<SandboxEnv>()
    .get(PATH, samplesPage)
    .get(`${PATH}/:id`, (c) => samplePage(c, c.req.param('id')))
    .post(`${PATH}/:id`, (c) => takeVerdict(c, c.req.param('id')))
