import { type Figure, known, LEAST_CELL } from '@kentei/marketplace/estimator'
import { Hono } from 'hono'
import * as z from 'zod'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { dayText, dayTimeText } from '../../../platform/page/dates.ts'
import { Cell, RowTable } from '../../../platform/page/row-table.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { Terms } from '../../../platform/page/terms.tsx'
import { settings } from '../../evidence/belief/setting.ts'
import { changeSetting } from '../../flows/change-setting.ts'
import { type WatchedExam, watchNoticed } from '../../flows/watch-noticed.ts'
import { categories } from '../../people/worker.ts'
import { statusOf } from '../../problem-response.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import type { AlarmKind } from '../../search/noticed/alarms.ts'
import { marketOutcomes, otherTerms } from '../../search/noticed/figures.ts'
import { choice, prose, type Rejected, readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, show } from '../page-door.tsx'
import { type Forms, formsOf, PageForm, ProseField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles } from '../styles.ts'
import { operatorName } from './case-parts.tsx'
import { LONGEST_NOTE } from './read-decision.ts'

const PATH = '/operators/noticed'

interface PartProps {
  readonly reader: Reader
  readonly watched: WatchedExam
}

/** Ends of a 95 % interval, in standard errors. */
const Z = 1.96

const signed = (value: number, digits: number): string =>
  `${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value).toFixed(digits)}`
const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(share * 100).toFixed(1)}%`)

function Alarms({ reader: { t }, watched: { alarms, passes, history, figures } }: PartProps) {
  const [now, before] = history
  const say: Readonly<Record<AlarmKind, string>> = {
    'many-passes': t('operator.noticed.alarms.many-passes', { latest: passes.latest, mean: passes.mean.toFixed(1) }),
    'ratio-moved': t('operator.noticed.alarms.ratio-moved', {
      before: (before?.ratio ?? 0).toFixed(1),
      now: (now?.ratio ?? 0).toFixed(1),
    }),
    'small-pool': t('operator.noticed.alarms.small-pool', {
      people: (figures.pool?.certified ?? 0) + (figures.pool?.others ?? 0),
    }),
    'ends-worse': t('operator.noticed.alarms.ends-worse'),
  }
  if (alarms.length === 0)
    return (
      <Note tone="ok" icon="check">
        <p>{t('operator.noticed.calm')}</p>
      </Note>
    )
  return (
    <>
      {alarms.map((alarm) => (
        <Note tone="bad" icon="alert">
          <p>{say[alarm]}</p>
        </Note>
      ))}
    </>
  )
}

function Now({ reader: { t, locale }, watched: { history, figures, passes } }: PartProps) {
  const [belief] = history
  const { pool, heldOut, worth } = figures
  const people = Math.min(worth.certified, worth.others) < LEAST_CELL ? 0 : worth.certified + worth.others
  const checked = known(worth.difference, people)
  const terms: (readonly [string, string])[] = belief
    ? [
        [t('evidence.state'), t(`evidence.states.${belief.state}`)],
        [t('operator.noticed.since'), dayText(locale, belief.since)],
        [t('evidence.d'), t('evidence.plusMinus', { d: signed(belief.d, 2), half: (Z * belief.sigma).toFixed(2) })],
        [t('evidence.ratio'), t('evidence.ratioTimes', { ratio: belief.ratio.toFixed(1) })],
        [t('operator.noticed.factor'), t('evidence.ratioTimes', { ratio: belief.boostFactor.toFixed(2) })],
        [t('operator.noticed.reviewed'), t('operator.noticed.cohorts', belief)],
        [t('operator.noticed.version'), belief.version ?? '–'],
      ]
    : []
  return (
    <>
      <h3>{t('operator.noticed.now')}</h3>
      <Terms
        className="kv"
        terms={[
          ...terms,
          [
            t('operator.noticed.worth'),
            checked
              ? `${t('evidence.plusMinus', { d: signed(checked.value, 2), half: (Z * checked.standardError).toFixed(2) })} (${t('operator.noticed.cohorts', worth)})`
              : t('evidence.unknown'),
          ],
          [
            t('operator.noticed.pool'),
            pool ? t('operator.noticed.poolOf', { ...pool, moment: dayTimeText(locale, pool.at) }) : '–',
          ],
          [
            t('operator.noticed.passes'),
            t('operator.noticed.passesOf', {
              latest: passes.latest,
              mean: passes.mean.toFixed(1),
              sd: passes.sd.toFixed(1),
            }),
          ],
          [
            t('operator.noticed.heldOut'),
            t('operator.noticed.heldOutOf', {
              share: Math.round(heldOut.share * 100),
              heldOut: heldOut.readerDays['held-out'],
              treated: heldOut.readerDays.treated,
            }),
          ],
        ]}
      />
    </>
  )
}

function Noticed({ reader: { t }, watched: { figures } }: PartProps) {
  const { firstPage, displays, waits } = figures
  const columns = [
    { title: t('evidence.figure') },
    { title: t('evidence.certified'), figures: true },
    { title: t('evidence.others'), figures: true },
  ] as const
  const of = (figure: string, people: number) => (
    // one thing in its cell, which is a row of label and value on a narrow screen
    <div>
      <span class="unbroken">{figure}</span> <span class="under">{t('operator.noticed.people', { people })}</span>
    </div>
  )
  const wait = ({ median, people }: typeof waits.certified) =>
    of(median === undefined ? '–' : t('evidence.days', { days: median }), people)
  const shown = ({ perDay, people }: typeof displays.certified) =>
    of(perDay === undefined ? '–' : t('evidence.times', { times: perDay.toFixed(2) }), people)
  return (
    <>
      <h3>{t('evidence.noticed')}</h3>
      <RowTable caption={t('evidence.noticed')} columns={columns}>
        {[
          [t('evidence.firstPage'), of(percent(firstPage.share), firstPage.people), '–'] as const,
          [t('evidence.displays'), shown(displays.certified), shown(displays.others)] as const,
          [t('evidence.waits'), wait(waits.certified), wait(waits.others)] as const,
        ].map(([name, certified, others]) => (
          <tr role="row">
            <Cell column={columns[0]}>{name}</Cell>
            <Cell column={columns[1]}>{certified}</Cell>
            <Cell column={columns[2]}>{others}</Cell>
          </tr>
        ))}
      </RowTable>
    </>
  )
}

function Proofs({ reader: { t }, watched: { figures } }: PartProps) {
  const { lot, market, filled } = figures
  const fewerJobs = filled ? Math.min(filled.units.treated, filled.units.heldOut) : 0
  const columns = [
    { title: t('evidence.outcome') },
    { title: t('evidence.with'), figures: true },
    { title: t('evidence.without'), figures: true },
    { title: t('evidence.difference'), figures: true },
  ] as const
  const row = (
    name: string,
    found: { with: number; without: number; difference: Omit<Figure, 'standardError'>; from: string } | undefined,
    unknown = '–',
  ) => (
    <tr role="row">
      <Cell column={columns[0]}>
        <div>
          {name} <span class="under">{found?.from}</span>
        </div>
      </Cell>
      <Cell column={columns[1]}>{percent(found?.with)}</Cell>
      <Cell column={columns[2]}>{percent(found?.without)}</Cell>
      <Cell column={columns[3]}>
        {found ? (
          <div>
            {t('evidence.points', { points: signed(found.difference.value * 100, 1) })}
            <span class="under">
              {t('evidence.interval', {
                low: signed(found.difference.low * 100, 1),
                high: signed(found.difference.high * 100, 1),
              })}
            </span>
          </div>
        ) : (
          unknown
        )}
      </Cell>
    </tr>
  )
  return (
    <>
      <h3>{t('evidence.lot')}</h3>
      <RowTable caption={t('evidence.lot')} columns={columns}>
        {row(
          t('evidence.outcomes.lot'),
          lot && {
            with: lot.drawn,
            without: lot.notDrawn,
            difference: lot.difference,
            from: t('operator.noticed.clients', { clients: lot.clients }),
          },
        )}
        {marketOutcomes.map((outcome) => {
          const effect = market[outcome]
          return row(
            t(`evidence.outcomes.${outcome}`),
            effect && {
              with: effect.treated,
              without: effect.heldOut,
              difference: { ...effect.difference, ...effect.sequence },
              from: t('operator.noticed.units', effect.units),
            },
          )
        })}
        {row(
          t('operator.noticed.filled'),
          known(filled, fewerJobs) && filled
            ? {
                with: filled.treated,
                without: filled.heldOut,
                difference: { ...filled.difference, ...filled.sequence },
                from: t('operator.noticed.jobs', filled.units),
              }
            : undefined,
          t('evidence.unknown'),
        )}
      </RowTable>
    </>
  )
}

/** What other terms of the lot would have done, from the log of the present ones. */
function OtherTerms({ reader: { t }, watched: { figures } }: PartProps) {
  const columns = [
    { title: t('operator.noticed.others.terms') },
    { title: t('operator.noticed.others.now'), figures: true },
    { title: t('operator.noticed.others.otherwise'), figures: true },
    { title: t('evidence.difference'), figures: true },
  ] as const
  const hires = (perSearch: number) => (100 * perSearch).toFixed(1)
  return (
    <>
      <h3>{t('operator.noticed.others.title')}</h3>
      <p class="small">{t('operator.noticed.others.about')}</p>
      <RowTable caption={t('operator.noticed.others.title')} columns={columns}>
        {otherTerms.map((terms, nth) => {
          const effect = known(figures.others[nth], figures.others[nth]?.searches ?? 0)
          return (
            <tr role="row">
              <Cell column={columns[0]}>
                {'places' in terms
                  ? t('operator.noticed.others.places', { places: terms.places })
                  : t('operator.noticed.others.ratio', { ratio: terms.ratio })}
              </Cell>
              <Cell column={columns[1]}>{effect ? hires(effect.now) : '–'}</Cell>
              <Cell column={columns[2]}>
                {effect ? (
                  <div>
                    {hires(effect.otherwise)}{' '}
                    <span class="under">
                      {t('operator.noticed.others.weighted', { figure: hires(effect.selfNormalised) })}
                    </span>
                  </div>
                ) : (
                  '–'
                )}
              </Cell>
              <Cell column={columns[3]}>
                {effect
                  ? t('evidence.interval', {
                      low: signed(100 * effect.difference.low, 1),
                      high: signed(100 * effect.difference.high, 1),
                    })
                  : t('evidence.unknown')}
              </Cell>
            </tr>
          )
        })}
      </RowTable>
    </>
  )
}

/** Which setting holds, the change to the other one, and who changed it before. */
function SettingOf({ reader, watched: { exam, setting: of }, forms }: PartProps & { readonly forms: Forms }) {
  const { t, locale } = reader
  const [when, who, what, why] = [
    { title: t('operator.noticed.settings.when') },
    { title: t('operator.noticed.settings.who') },
    { title: t('operator.noticed.settings.what') },
    { title: t('operator.noticed.settings.why') },
  ] as const
  const other = of.setting === 'bold' ? 'cautious' : 'bold'
  const form = forms('setting', {}, `setting-${exam}`)
  return (
    <>
      <h3>{t('operator.noticed.settings.title')}</h3>
      <p>
        <b>{t(`operator.noticed.settings.names.${of.setting}`)}</b>{' '}
        <span class="small">{t(`operator.noticed.settings.about.${of.setting}`)}</span>
      </p>
      <PageForm form={form}>
        <input type="hidden" name="exam" value={exam} />
        <input type="hidden" name="setting" value={other} />
        <input type="hidden" name="version" value={String(of.version)} />
        <ProseField
          form={form}
          name="note"
          label={t('operator.noticed.settings.note')}
          hint={t(`operator.noticed.settings.about.${other}`)}
          rows={2}
        />
        <div class="btns">
          <button class="btn s" type="submit">
            {t(`operator.noticed.settings.change.${other}`)}
          </button>
        </div>
      </PageForm>
      {of.changes.length > 0 && (
        <RowTable caption={t('operator.noticed.settings.changes')} columns={[when, who, what, why]}>
          {of.changes.map((change) => (
            <tr role="row">
              <Cell column={when}>{dayTimeText(locale, change.at)}</Cell>
              <Cell column={who}>{operatorName(change.operator)}</Cell>
              <Cell column={what}>{t(`operator.noticed.settings.names.${change.setting}`)}</Cell>
              <Cell column={why}>{change.note}</Cell>
            </tr>
          ))}
        </RowTable>
      )}
    </>
  )
}

function History({ reader: { t }, watched: { history } }: PartProps) {
  const columns = [
    { title: t('evidence.month') },
    { title: t('evidence.d'), figures: true },
    { title: t('evidence.ratio'), figures: true },
    { title: t('operator.noticed.reviewed'), figures: true },
    { title: t('evidence.state') },
  ] as const
  return (
    <>
      <h3>{t('evidence.history')}</h3>
      <RowTable caption={t('evidence.history')} columns={columns}>
        {history.map((belief) => (
          <tr role="row">
            <Cell column={columns[0]}>
              <time datetime={belief.month}>{belief.month.replace('-', '/')}</time>
            </Cell>
            <Cell column={columns[1]}>
              {t('evidence.plusMinus', { d: signed(belief.d, 2), half: (Z * belief.sigma).toFixed(2) })}
            </Cell>
            <Cell column={columns[2]}>{t('evidence.ratioTimes', { ratio: belief.ratio.toFixed(1) })}</Cell>
            <Cell column={columns[3]}>{t('operator.noticed.cohorts', belief)}</Cell>
            <Cell column={columns[4]}>{t(`evidence.states.${belief.state}`)}</Cell>
          </tr>
        ))}
      </RowTable>
    </>
  )
}

/** What a pass of each exam changes, as operators see it: every figure, and what has to be looked into. */
export function NoticedPage({
  reader,
  exams,
  pluginOrigin,
  forms,
  rejected,
}: {
  reader: Reader
  exams: readonly WatchedExam[]
  pluginOrigin: string
  forms: Forms
  rejected: Rejected | undefined
}) {
  const { t, locale } = reader
  const title = `${rejected ? t('form.titlePrefix') : ''}${t('operator.noticed.title')}`
  return (
    <Page styles={operatorsStyles} reader={reader} title={title} current="noticed">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('operator.noticed.title')}</h1>
            <p class="lead">{t('operator.noticed.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          {exams.map((watched) => (
            <section class="card flow" aria-labelledby={watched.exam}>
              <h2 id={watched.exam}>{t(`market.category.${watched.exam}`)}</h2>
              <Alarms reader={reader} watched={watched} />
              <Now reader={reader} watched={watched} />
              <Noticed reader={reader} watched={watched} />
              <Proofs reader={reader} watched={watched} />
              <OtherTerms reader={reader} watched={watched} />
              <History reader={reader} watched={watched} />
              <SettingOf reader={reader} watched={watched} forms={forms} />
              <p class="small">
                <a href={`${pluginOrigin}/exams/${watched.exam}/evidence?lang=${locale}`}>
                  {t('operator.noticed.public')}
                </a>{' '}
                <a href={link(locale, '/operators/blocks')}>{t('operator.noticed.blocks')}</a>{' '}
                <a href={link(locale, '/operators/accounts')}>{t('operator.noticed.accounts')}</a>
              </p>
            </section>
          ))}
        </div>
      </main>
    </Page>
  )
}

async function noticedPage(c: PageContext, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const view = {
    ...{ reader, rejected, pluginOrigin: world.settings.pluginOrigin },
    exams: await Promise.all(categories.map((exam) => watchNoticed(world, exam))),
    forms: formsOf(reader, { rejected, once: world.newId('jti') }),
  }
  return show(c, <NoticedPage {...view} />, rejected ? statusOf(rejected.problem) : 200)
}

const settingForm = z.object({
  exam: z.string().max(128),
  setting: choice(settings),
  note: prose(LONGEST_NOTE),
  version: z.coerce.number().int().min(0),
})

async function takeSetting(c: PageContext): Promise<Response> {
  const fields = await readFields(c)
  const form = parseInput(settingForm, fields)
  const done = form.ok ? await changeSetting(c.get('world'), personOf(c), form.value) : form
  return done.ok ? c.redirect(link(readerOf(c).locale, PATH), 303) : noticedPage(c, { fields, problem: done.problem })
}

/** What a pass changes, for operators. */
export const noticedPages = (): Hono<SandboxEnv> =>
  new Hono<SandboxEnv>().get(PATH, (c) => noticedPage(c)).post(PATH, takeSetting)
