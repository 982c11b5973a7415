import { Hono } from 'hono'
import { parseRfc3339 } from '../../../kernel/instant.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import type { Judged } from '../../detector/judge/calibration.ts'
import { type Figures, type Tested, testedOn } from '../../detector/judge/figures.ts'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { type Kind, kinds } from '../../detector/judge/kinds.ts'
import type { ModelCard } from '../../detector/judge/model.ts'
import { findJob } from '../../job/store.ts'
import { type Label, latestLabels } from '../../moderation/label/store.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { Moment } from '../contracts/records.tsx'
import { link } from '../links.ts'
import { readerOf, show } from '../page-door.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles } from '../styles.ts'
import { ConfusionTable, decimal, PerKind, PerPrevalence, percent } from './detector-tables.tsx'
import { Reliability } from './reliability-plot.tsx'

export interface DetectorView {
  readonly reader: Reader
  readonly model: ModelCard | undefined
  readonly decisions: Decisions
}

const LABELS_SHOWN = 12

function ModelFacts({ reader, model }: { reader: Reader; model: ModelCard }) {
  const { t } = reader
  const { version, trainedOn, thresholds } = model
  const { posts, unlawful, authors, hash } = trainedOn
  return (
    <section class="card flow" aria-labelledby="model">
      <h2 id="model">{t('detector.model')}</h2>
      <dl class="kv stacked">
        <div>
          <dt>{t('detector.version')}</dt>
          <dd>
            <code>{version}</code>
          </dd>
        </div>
        <div>
          <dt>{t('detector.trainedOn')}</dt>
          <dd>{t('detector.posts', { posts, unlawful, authors })}</dd>
        </div>
        <div>
          <dt>{t('detector.hash')}</dt>
          <dd>
            <code>{hash}</code>
          </dd>
        </div>
      </dl>
      <h3>{t('detector.bands')}</h3>
      <p class="tiny">{t('detector.bandsText', { share: percent(model.prevalence) })}</p>
      <Bands reader={reader} thresholds={thresholds} />
    </section>
  )
}

/** The three bands on a line from 0 to 1. */
function Bands({ reader, thresholds: { queue, hold } }: { reader: Reader; thresholds: ModelCard['thresholds'] }) {
  const { t } = reader
  const bands = [
    { name: t('detector.publish'), from: 0, to: queue, tint: 'publish' },
    { name: t('detector.queue'), from: queue, to: hold, tint: 'queue' },
    { name: t('detector.hold'), from: hold, to: 1, tint: 'hold' },
  ] as const
  return (
    <>
      <svg class="bands" height="14" aria-hidden="true">
        {bands.map(({ from, to, tint }) => (
          <rect class={tint} x={percent(from)} width={percent(to - from)} height="100%" />
        ))}
      </svg>
      <dl class="kv sums">
        {bands.map(({ name, from, tint }) => (
          <div>
            <dt>
              <i class={`band-key ${tint}`} aria-hidden="true" /> {name}
            </dt>
            <dd>{from === 0 ? '' : t('detector.from', { threshold: from.toFixed(2) })}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Overall({ reader, figures, prevalence }: { reader: Reader; figures: Figures; prevalence: number }) {
  const { t } = reader
  const ece = figures.eceAt.find((one) => one.prevalence === prevalence)?.ece
  const [band, precision, recall] = [
    { title: t('detector.band') },
    { title: t('detector.precision'), figures: true },
    { title: t('detector.recall'), figures: true },
  ] as const satisfies readonly Column[]
  const rows = [
    [t('detector.flagged'), figures.precision, figures.recall],
    [t('detector.held'), figures.holdPrecision, figures.holdRecall],
  ] as const
  return (
    <>
      <RowTable caption={t('detector.overall')} columns={[band, precision, recall]}>
        {rows.map(([name, p, r]) => (
          <tr role="row">
            <Cell column={band}>{name}</Cell>
            <Cell column={precision}>{percent(p)}</Cell>
            <Cell column={recall}>{percent(r)}</Cell>
          </tr>
        ))}
      </RowTable>
      {ece !== undefined && (
        <dl class="kv sums">
          <div>
            <dt>{`${t('detector.ece')} · ${t('detector.any')}`}</dt>
            <dd>{decimal(ece)}</dd>
          </div>
        </dl>
      )}
    </>
  )
}

/** Whether probabilities came true, and what was taken for what. */
const TestedPart = ({ reader, tested, id }: { reader: Reader; tested: Tested; id: string }) => {
  const { t } = reader
  return (
    <>
      <Reliability reader={reader} bins={tested.reliability} id={id} />
      <details class="fold">
        <summary>
          <h3>{t('detector.confusion')}</h3>
          <Icon name="right" small turning />
        </summary>
        <div class="flow">
          <p class="tiny">{t('detector.confusionText')}</p>
          <ConfusionTable reader={reader} confusion={tested.confusion} />
        </div>
      </details>
    </>
  )
}

/** What operators decided against what the detector had said. */
function AgainstDecisions({ reader, decisions }: { reader: Reader; decisions: Decisions }) {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="decisions">
      <h2 id="decisions">{t('detector.decisions')}</h2>
      {decisions.judged === 0 ? (
        <p class="small quiet">{t('detector.noDecisions')}</p>
      ) : (
        <>
          <p class="small">{t('detector.decisionsText', { n: decisions.judged })}</p>
          <TestedPart reader={reader} tested={decisions.tested} id="decided-plot" />
        </>
      )}
    </section>
  )
}

const kindsIn = (reader: Reader, told: readonly Kind[]): string =>
  told.map((kind) => kindTexts[kind].title[reader.locale]).join(' / ') || reader.t('detector.asIs')

/** Decisions from which the model has not learnt, and how it does. */
function Labels({ reader, labels }: { reader: Reader; labels: Decisions['unlearnt'] }) {
  const { locale, t } = reader
  return (
    <section class="card flow" aria-labelledby="labels">
      <h2 id="labels">{t('detector.labels')}</h2>
      <p class="small">
        {labels.length === 0 ? t('detector.noLabels') : t('detector.labelsText', { n: labels.length })}
      </p>
      {labels.length > 0 && (
        <ul class="lines">
          {labels.slice(0, LABELS_SHOWN).map((label) => (
            <li>
              <span>
                <a href={link(locale, `/jobs/${label.job}`)}>
                  <bdi>{label.title}</bdi>
                </a>
                <small class="under">
                  <Moment reader={reader} at={label.at} />
                </small>
              </span>
              <span class="small">{kindsIn(reader, label.kinds)}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="small">{t('detector.retrainText')}</p>
      <p class="btns">
        <a class="btn s outline" href={link(locale, '/operators/detector/learning')}>
          {t('detector.learning.title')}
        </a>
      </p>
    </section>
  )
}

/** What the detector can do, measured, and what it has not learnt yet. */
export function DetectorPage({ reader, model, decisions }: DetectorView) {
  const { t } = reader
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('detector.title')} current="detector">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('detector.title')}</h1>
            <p class="lead">{t('detector.lead')}</p>
          </div>
        </div>
        <div class="cols">
          <div class="stack">
            {model && (
              <section class="card flow" aria-labelledby="overall">
                <h2 id="overall">{t('detector.overall')}</h2>
                <p class="small">
                  {t('detector.overallText', {
                    unlawful: percent(model.trainedOn.unlawful / model.trainedOn.posts),
                    share: percent(model.prevalence),
                  })}
                </p>
                <Overall reader={reader} figures={model.figures} prevalence={model.prevalence} />
                <h3>{t('detector.perPrevalence')}</h3>
                <p class="tiny">{t('detector.perPrevalenceText')}</p>
                <PerPrevalence reader={reader} model={model} />
                <h3>{t('detector.perKind')}</h3>
                <PerKind reader={reader} figures={model.figures} />
                {model.tested && <TestedPart reader={reader} tested={model.tested} id="tested-plot" />}
                <dl class="kv legend-list">
                  {(['precision', 'recall', 'ece'] as const).map((figure) => (
                    <div>
                      <dt>{t(`detector.${figure}`)}</dt>
                      <dd>{t(`detector.meaning.${figure}`)}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            )}
            <AgainstDecisions reader={reader} decisions={decisions} />
          </div>
          <div class="stack plain-words">
            {model ? <ModelFacts reader={reader} model={model} /> : <p class="card">{t('detector.noModel')}</p>}
            <Labels reader={reader} labels={decisions.unlearnt} />
          </div>
        </div>
      </main>
    </Page>
  )
}

const MOST_LABELS = 500

export interface Decisions {
  /** Posts that operators decided, and what the detector had said of them: only posts that came up. */
  readonly judged: number
  readonly tested: Tested
  /** Decisions from which the model in use has not learnt, the latest first. */
  readonly unlearnt: readonly Label[]
}

/** What the detector had said of a post that was decided; undefined for a post that is gone. */
async function saidOf(world: SandboxWorld, { job: id }: Label): Promise<Judged | undefined> {
  const job = await findJob(world.db, id)
  return (
    job && {
      kinds: kinds.map((kind) => job.assessment.probability[kind]),
      any: job.assessment.any,
      band: job.assessment.band,
      unreadable: job.assessment.unreadable ?? false,
    }
  )
}

/** Compares what operators decided lately with what the detector had said. */
export async function loadDecisions(world: SandboxWorld): Promise<Decisions> {
  const labels = await latestLabels(world.db, MOST_LABELS)
  const pairs = (await Promise.all(labels.map(async (label) => ({ label, said: await saidOf(world, label) })))).flatMap(
    ({ label, said }) => (said ? [{ label, said }] : []),
  )
  const learntUntil =
    parseRfc3339(world.detector?.serving.model.trainedOn.decidedUntil ?? '') ?? Number.NEGATIVE_INFINITY
  return {
    judged: pairs.length,
    tested: testedOn(
      pairs.map(({ label }) => label),
      pairs.map(({ said }) => said),
    ),
    unlearnt: labels.filter(({ at }) => at > learntUntil).toReversed(),
  }
}

/** How accurate the detector is, for operators. */
export const detectorPages = (): Hono<SandboxEnv> =>
  new Hono<SandboxEnv>().get('/operators/detector', async (c) => {
    const world = c.get('world')
    return show(
      c,
      <DetectorPage
        reader={readerOf(c)}
        model={world.detector?.serving.model}
        decisions={await loadDecisions(world)}
      />,
    )
  })
