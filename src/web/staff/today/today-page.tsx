import { MARKETPLACE } from '../../../flows/address-messages.ts'
import {
  type Destination,
  type MeasuredPoint,
  QUIET_AFTER,
  type Scope,
  type Stage,
  type StageName,
  type Today,
} from '../../../flows/read-today.ts'
import { beginOfDay } from '../../../kernel/instant.ts'
import { clockText, dayOfYearText, weekdayTimeText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { staffStyles, todayScript } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { shortTitle } from '../bank/comparison.tsx'
import { FigureTiles, fewText, percent, rangeText, shareTile, type Tile } from '../figure-tiles.tsx'
import { HoursBars } from '../hours-bars.tsx'
import { ItemMap, MapLegend, signed } from '../item-map.tsx'
import { FlagChip } from '../item-statistics.tsx'
import { leftText, Person } from '../person.tsx'
import { ScopePicker, scopeHref, titleOf } from '../scope.tsx'

interface TodayProps {
  readonly context: PageContext
  readonly scope: Scope
  readonly today: Today
}

const itemHref = ({ exam, item }: MeasuredPoint): string => `/staff/exams/${exam}/items/${encodeURIComponent(item)}`

const destinationName = ({ t }: PageContext, destination: string): string =>
  destination === MARKETPLACE ? t('log.who.marketplace') : destination.replace(/^subscriber:/, '')

const Alert = ({
  tone,
  icon,
  title,
  text,
  children,
}: {
  tone?: 'bad' | 'wait'
  icon: IconName
  title: string
  text?: string
  children: unknown
}) => (
  <li class={tone}>
    <Icon name={icon} />
    <div>
      <b>{title}</b>
      {text && <span>{text}</span>}
    </div>
    {children}
  </li>
)

const Act = ({ href, children }: { href: string; children: string }) => (
  <a class="btn ghost s" href={href}>
    {children}
  </a>
)

/** What waits for a person, each with the one act that settles it. */
const Alerts = ({ context, today: { alerts, exams } }: Omit<TodayProps, 'scope'>) => {
  const { t, locale } = context
  const { dead, silent, suspects, concerns, proposals, leakedBanks, overdue } = alerts
  const [suspect] = suspects
  const [concern] = concerns
  const [proposal] = proposals
  const examTitle = (id: string) => titleOf(context, exams.find((exam) => exam.id === id) ?? { id, title: {} })
  const rows = [
    ...leakedBanks.map((exam) => (
      <Alert tone="bad" icon="alert" title={t('leaks.bankLeaked')} text={examTitle(exam)}>
        <Act href="/staff/leaks">{t('today.see')}</Act>
      </Alert>
    )),
    suspect && (
      <Alert
        tone="bad"
        icon="flag"
        title={t('today.suspects', { count: suspects.length })}
        text={t('today.suspectText', { item: shortTitle(suspect.of, locale) })}
      >
        <Act href={itemHref(suspect)}>{t('today.openItem')}</Act>
      </Alert>
    ),
    dead > 0 && (
      <Alert tone="bad" icon="cross" title={t('staff.dead', { count: dead })} text={t('today.deadText')}>
        <Form method="post" action="/staff/deliveries/replay-dead">
          <button class="btn ghost s">{t('today.sendAgain')}</button>
        </Form>
      </Alert>
    ),
    ...silent.map(({ destination, silentSince, waiting }) => (
      <Alert
        tone="wait"
        icon="clock"
        title={t('today.silent', {
          destination: destinationName(context, destination),
          time: clockText(locale, silentSince ?? 0),
        })}
        text={t('today.silentText', { count: waiting })}
      >
        <Act href="/staff/deliveries?status=pending">{t('today.seeDeliveries')}</Act>
      </Alert>
    )),
    concern && (
      <Alert
        tone="wait"
        icon="question"
        title={t('today.concerns', { count: concerns.length })}
        text={t(`concerns.kind.${concern.kind}`)}
      >
        <Act href={`/staff/credentials/${concern.credential}#concerns`}>{t('today.readConcern')}</Act>
      </Alert>
    ),
    proposal && (
      <Alert
        tone="wait"
        icon="page"
        title={t('today.proposals', { count: proposals.length })}
        text={`${examTitle(proposal.exam)} ${t('bank.version', { version: proposal.version })}`}
      >
        <Act href={`/staff/proposals/${proposal.id}`}>{t('today.readProposal')}</Act>
      </Alert>
    ),
    ...overdue.map(({ exam, items }) => (
      <Alert icon="calendar" title={t('today.overdue', { count: items })} text={examTitle(exam)}>
        <Act href={`/staff/exams/${exam}?only=due`}>{t('today.openList')}</Act>
      </Alert>
    )),
  ].filter(Boolean)
  return rows.length === 0 ? (
    <p class="calm">
      <Icon name="check" tone="ok" />
      {t('today.calm')}
    </p>
  ) : (
    <ul class="alerts" aria-label={t('today.alerts')}>
      {rows}
    </ul>
  )
}

const timeText = ({ t }: PageContext, milliseconds: number): string =>
  milliseconds < 60_000
    ? t('unit.seconds', { count: Math.round(milliseconds / 100) / 10 })
    : milliseconds < 3_600_000
      ? t('unit.minutes', { count: Math.round(milliseconds / 60_000) })
      : t('unit.hours', { count: Math.round(milliseconds / 3_600_000) })

const Figures = ({ context, scope, today }: TodayProps) => {
  const { t } = context
  const { openCount, startedToday, startedYesterday, passRate, medianMinutes, expired, finished, deliveries } = today
  const list = (state?: string, of: Scope = scope) => scopeHref('/staff/attempts', of, { state })
  const tiles: readonly Tile[] = [
    {
      name: t('today.open'),
      value: openCount,
      unit: t('today.people'),
      note: t('today.quiet', { count: today.quiet }),
      href: list('open'),
    },
    {
      name: t('today.started'),
      value: startedToday,
      unit: t('today.times'),
      note: t('today.yesterday', { count: startedYesterday }),
      href: list(undefined, { ...scope, days: 1 }),
    },
    { name: t('today.passRate'), ...shareTile(context, passRate), href: list('passed') },
    {
      name: t('today.minutes'),
      ...(medianMinutes.minutes === undefined || expired.estimate === undefined
        ? { value: '–', note: fewText(context, medianMinutes.n) }
        : {
            value: medianMinutes.minutes,
            unit: t('unit.minutesWord'),
            note: t('today.minutesNote', { percent: percent(expired.estimate.value) }),
          }),
      href: list('expired'),
    },
    { name: t('today.finished'), ...shareTile(context, finished), href: list('withdrawn') },
    {
      name: t('today.delay'),
      value: deliveries.median === undefined ? '–' : timeText(context, deliveries.median),
      note:
        deliveries.median === undefined
          ? t('today.noDeliveries', { count: deliveries.waiting })
          : t('today.delayNote', { count: deliveries.waiting }),
      href: '/staff/deliveries',
    },
  ]
  return <FigureTiles label={t('today.figures')} tiles={tiles} />
}

const stageStates: Readonly<Partial<Record<StageName, string>>> = {
  started: '',
  submitted: '',
  passed: 'passed',
  shown: 'passed',
}

const Funnel = ({ context, scope, today: { funnel, expired } }: TodayProps) => {
  const { t } = context
  const most = Math.max(1, ...funnel.map(({ n }) => n))
  const isMissing = ({ stage, n, before }: Stage) => (stage === 'opened' || stage === 'hired') && n + before === 0
  const noteOf = (stage: Stage): string => {
    if (isMissing(stage)) return t(`stage.${stage.stage as 'opened' | 'hired'}.missing`)
    if (stage.stage === 'submitted') return t('stage.expired', { count: expired.part })
    if (stage.stage === 'passed' && stage.share)
      return stage.share.estimate ? rangeText(context, stage.share.estimate) : fewText(context, stage.share.of)
    if ((stage.stage === 'opened' || stage.stage === 'hired') && scope.locale) return t('stage.anyLanguage')
    return stage.stage === 'hired' ? t('stage.within') : ''
  }
  const changeOf = ({ n, before }: Stage): string =>
    n === before ? '±0' : n > before ? `+${n - before}` : `−${before - n}`
  return (
    <section class="card" aria-labelledby="funnel">
      <div class="card-head">
        <h2 id="funnel">{t('today.funnel')}</h2>
        <small>{t('today.funnelNote')}</small>
      </div>
      <table class="table funnel" role="table">
        <caption class="unseen">{t('today.funnel')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {t('stage.stage')}
            </th>
            <th scope="col" role="columnheader">
              <span class="unseen">{t('stage.chart')}</span>
            </th>
            {(['stage.count', 'stage.before', 'stage.detail', 'stage.change'] as const).map((key) => (
              <th scope="col" role="columnheader" class={key === 'stage.detail' ? undefined : 'figures'}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {funnel.map((stage) => {
            const name = t(`stage.${stage.stage}`)
            const state = stageStates[stage.stage]
            const { estimate } = stage.share ?? {}
            return (
              <tr role="row">
                <th scope="row" role="rowheader">
                  {state === undefined ? name : <a href={scopeHref('/staff/attempts', scope, { state })}>{name}</a>}
                </th>
                <td role="cell" class="bar">
                  <svg class="meter" aria-hidden="true">
                    <rect width={`${(100 * stage.n) / most}%`} height="100%" />
                  </svg>
                </td>
                <td role="cell" class="figures">
                  <b>{isMissing(stage) ? '–' : stage.n}</b>
                </td>
                <td role="cell" class="figures">
                  {estimate ? `${percent(estimate.value)}%` : ''}
                </td>
                <td role="cell" class="detail">
                  {noteOf(stage)}
                </td>
                <td role="cell" class="figures detail">
                  {isMissing(stage) ? '' : changeOf(stage)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const WEEKS_HEIGHT = 168

const Weeks = ({ context, today: { weeks } }: Omit<TodayProps, 'scope'>) => {
  const { t, locale } = context
  const y = (share: number): string => ((1 - share) * WEEKS_HEIGHT).toFixed(1)
  const x = (nth: number): number => (100 / weeks.length) * (nth + 0.5)
  const known = weeks.flatMap(({ from, estimate }, nth) =>
    estimate ? [{ nth, estimate, from: dayOfYearText(locale, beginOfDay(from)) }] : [],
  )
  const line = known.map(({ nth, estimate }, i) => `${i === 0 ? 'M' : 'L'}${x(nth).toFixed(2)} ${y(estimate.value)}`)
  return (
    <section class="card" aria-labelledby="weeks">
      <div class="card-head">
        <h2 id="weeks">{t('today.weeks')}</h2>
        <small>{t('today.weeksNote')}</small>
      </div>
      {known.length === 0 ? (
        <p class="quiet">{fewText(context, Math.max(...weeks.map(({ of }) => of)))}</p>
      ) : (
        <div class="plot-frame">
          <svg class="plot" height={WEEKS_HEIGHT} role="img" aria-labelledby="weeks-t weeks-d">
            <title id="weeks-t">{t('today.weeks')}</title>
            <desc id="weeks-d">
              {known.map(({ from, estimate }) => `${from} ${percent(estimate.value)}%`).join(t('list.comma'))}
            </desc>
            {[0, 0.25, 0.5, 0.75, 1].map((at) => (
              <>
                <line x1="0" x2="100%" y1={y(at)} y2={y(at)} class="grid" />
                <text x="0" dx="-8" y={y(at)} dy=".35em" text-anchor="end">{`${at * 100}%`}</text>
              </>
            ))}
            <svg width="100%" height={WEEKS_HEIGHT} viewBox={`0 0 100 ${WEEKS_HEIGHT}`} preserveAspectRatio="none">
              <path class="thin" d={line.join('')} />
            </svg>
            {known.map(({ nth, estimate }) => (
              <>
                <line class="whisk" x1={`${x(nth)}%`} x2={`${x(nth)}%`} y1={y(estimate.low)} y2={y(estimate.high)} />
                <circle
                  class={nth === weeks.length - 1 ? 'last' : 'here'}
                  cx={`${x(nth)}%`}
                  cy={y(estimate.value)}
                  r="4"
                />
              </>
            ))}
            {weeks.map(
              ({ from }, nth) =>
                nth % 4 === 3 && (
                  <text
                    x={`${x(nth)}%`}
                    y={WEEKS_HEIGHT}
                    dy="20"
                    text-anchor={nth === weeks.length - 1 ? 'end' : 'middle'}
                  >
                    {dayOfYearText(locale, beginOfDay(from))}
                  </text>
                ),
            )}
          </svg>
          <div class="unseen">
            <table>
              <caption>{t('today.weeks')}</caption>
              <tbody>
                {known.map(({ from, estimate }) => (
                  <tr>
                    <th scope="row">{from}</th>
                    <td>{`${percent(estimate.value)}%`}</td>
                    <td>{rangeText(context, estimate)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </section>
  )
}

const Open = ({ context, scope, today: { open, openCount, exams, now } }: TodayProps) => {
  const { t } = context
  const columns = (['attempts.who', 'attempts.exam', 'attempts.answers', 'attempts.left', 'staff.state'] as const).map(
    (key): Column => ({ title: t(key) }),
  )
  const [, exam, answers, left, state] = columns as [Column, Column, Column, Column, Column]
  return (
    <section class="card" aria-labelledby="open">
      <div class="card-head">
        <h2 id="open">{t('today.openTitle', { count: openCount })}</h2>
        <a class="small" href={scopeHref('/staff/attempts', scope, { state: 'open' })}>
          {t('today.allAttempts')}
          <Icon name="right" small />
        </a>
      </div>
      {open.length === 0 ? (
        <p class="quiet">{t('today.openNone')}</p>
      ) : (
        <RowTable caption={t('today.openTitle', { count: openCount })} columns={columns} action={t('attempts.open')}>
          {open.map((one) => {
            const total = one.deadline - one.startedAt
            const remaining = Math.max(0, one.deadline - now)
            const quietFor = now - (one.savedAt ?? one.startedAt)
            return (
              <tr role="row">
                <th scope="row" role="rowheader" class="all">
                  <Person name={one.name} id={one.worker} />
                </th>
                <Cell column={exam}>
                  {titleOf(context, exams.find(({ id }) => id === one.exam) ?? { id: one.exam, title: {} })}
                </Cell>
                <Cell column={answers}>
                  <span class="num">{`${one.answered} / ${one.items}`}</span>
                  <svg class="meter" aria-hidden="true">
                    <rect width={`${(100 * one.answered) / Math.max(1, one.items)}%`} height="100%" />
                  </svg>
                </Cell>
                <Cell column={left}>
                  <b class="num">{leftText(remaining)}</b>
                  <svg class={remaining < QUIET_AFTER ? 'meter low' : 'meter'} aria-hidden="true">
                    <rect width={`${(100 * remaining) / Math.max(1, total)}%`} height="100%" />
                  </svg>
                </Cell>
                <Cell column={state} empty={quietFor < QUIET_AFTER && one.timeMultiplier === 1}>
                  {quietFor >= QUIET_AFTER && (
                    <Chip tone="wait" icon="clock">
                      {t('attempts.silent', { minutes: Math.floor(quietFor / 60_000) })}
                    </Chip>
                  )}
                  {one.timeMultiplier !== 1 && (
                    <Chip icon="clock">{t('attempts.longer', { times: one.timeMultiplier })}</Chip>
                  )}
                </Cell>
                <td role="cell" class="r all">
                  <a
                    class="btn ghost s"
                    href={`${scopeHref('/staff/attempts', scope, { q: one.id, open: one.id })}#${one.id}`}
                    aria-label={`${t('attempts.open')}: ${one.name || one.worker}`}
                  >
                    {t('attempts.open')}
                  </a>
                </td>
              </tr>
            )
          })}
        </RowTable>
      )}
    </section>
  )
}

const Deliveries = ({ context, today: { deliveries, hours, now } }: Omit<TodayProps, 'scope'>) => {
  const { t } = context
  const columns: readonly Column[] = [
    { title: t('staff.target') },
    { title: t('today.median'), figures: true },
    { title: t('today.slow'), figures: true },
    { title: t('today.waiting'), figures: true },
  ]
  const [, median, slow, waiting] = columns as [Column, Column, Column, Column]
  return (
    <section class="card" aria-labelledby="deliveries">
      <div class="card-head">
        <h2 id="deliveries">{t('today.deliveries')}</h2>
        <a class="small" href="/staff/deliveries">
          {t('staff.deliveries')}
          <Icon name="right" small />
        </a>
      </div>
      <HoursBars context={context} now={now} hours={hours} height={72} />
      {deliveries.destinations.length === 0 ? (
        <p class="quiet">{t('today.deliveriesNone')}</p>
      ) : (
        <RowTable caption={t('today.deliveries')} columns={columns}>
          {deliveries.destinations.map((one: Destination) => (
            <tr role="row">
              <th scope="row" role="rowheader" class="all">
                <span class="sent">
                  <Icon
                    name={one.silentSince === undefined ? 'check' : 'alert'}
                    tone={one.silentSince === undefined ? 'ok' : 'bad'}
                    small
                  />
                  {destinationName(context, one.destination)}
                </span>
              </th>
              <Cell column={median}>{one.median === undefined ? '–' : timeText(context, one.median)}</Cell>
              <Cell column={slow}>{one.slow === undefined ? '–' : timeText(context, one.slow)}</Cell>
              <Cell column={waiting}>{one.waiting}</Cell>
            </tr>
          ))}
        </RowTable>
      )}
    </section>
  )
}

const Items = ({ context, scope, today: { map, flagged, flaggedCount } }: TodayProps) => {
  const { t, locale } = context
  return (
    <div class="cols wide">
      <section class="card" aria-labelledby="map">
        <div class="card-head">
          <h2 id="map">{t('items.map')}</h2>
          <MapLegend context={context} />
        </div>
        {map && map.points.length > 0 ? (
          <>
            <p class="tiny">
              {t('items.mapNote', {
                exam: titleOf(context, map.exam),
                version: map.exam.version,
                live: map.live,
                count: map.points.length,
              })}
            </p>
            <ItemMap context={context} points={map.points} />
          </>
        ) : (
          <p class="quiet">{t('items.mapNone')}</p>
        )}
      </section>
      <section class="card" aria-labelledby="flagged">
        <div class="card-head">
          <h2 id="flagged">{t('items.flagged', { count: flaggedCount })}</h2>
          <a class="small" href={scopeHref('/staff/items', scope)}>
            {t('items.all')}
            <Icon name="right" small />
          </a>
        </div>
        {flagged.length === 0 ? (
          <p class="quiet">{t('items.flaggedNone')}</p>
        ) : (
          <ol class="flag-list">
            {flagged.map((point) => (
              <li>
                <div>
                  <a href={itemHref(point)}>{shortTitle(point.of, locale)}</a>
                  <small class="sub">
                    {`${point.item}　${percent(point.facility.value)}%　${signed(point.discrimination?.value ?? 0)}`}
                  </small>
                </div>
                {point.flags[0] && <FlagChip context={context} flag={point.flags[0]} />}
              </li>
            ))}
          </ol>
        )}
        <p class="tiny">{t('items.flaggedNote')}</p>
      </section>
    </div>
  )
}

/** The operators' first page: what waits for them, how the exams go, who is sitting one, and which items to look at. */
export const TodayPage = ({ context, scope, today }: TodayProps) => {
  const { t, locale } = context
  return (
    <Page
      styles={staffStyles}
      context={context}
      title={t('today.title')}
      tab="/staff"
      room="staff"
      head={<script type="module" src={todayScript.href} />}
    >
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('today.title')}</h1>
            <p class="quiet">
              <span id="as-of">{t('staff.now', { time: weekdayTimeText(locale, today.now) })}</span>{' '}
              <span
                id="refresh"
                data-on={t('today.live')}
                data-off={t('today.paused')}
                data-pause={t('today.pause')}
                data-resume={t('today.resume')}
              >
                <a href={context.path}>{t('staff.refresh')}</a>
              </span>
            </p>
          </div>
          <ScopePicker
            context={context}
            path="/staff"
            scope={scope}
            exams={today.exams}
            also={['/staff/deliveries/replay-dead']}
          />
        </div>
        <div class="stack s" id="now">
          <Alerts context={context} today={today} />
          <Figures context={context} scope={scope} today={today} />
          <div class="cols wide">
            <Funnel context={context} scope={scope} today={today} />
            <Weeks context={context} today={today} />
          </div>
          <div class="cols wide">
            <Open context={context} scope={scope} today={today} />
            <Deliveries context={context} today={today} />
          </div>
          <Items context={context} scope={scope} today={today} />
        </div>
      </main>
    </Page>
  )
}
