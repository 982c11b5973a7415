import { type AttemptState, attemptStates } from '../../attempt/listing/store.ts'
import type { AttemptsView, Hint, OpenedAttempt, ShownAttempt } from '../../flows/read-attempts.ts'
import { PERIODS, type Scope } from '../../flows/read-today.ts'
import type { Instant } from '../../kernel/instant.ts'
import { clockText, momentText, secondsText, timeAttribute } from '../../platform/page/dates.ts'
import { Form } from '../../platform/page/form.tsx'
import { Icon, type IconName } from '../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../platform/page/row-table.tsx'
import { Chip, Note, type Tone } from '../../platform/page/state.tsx'
import { nameOfLanguage } from '../../platform/page/words.ts'
import { staffStyles } from '../assets.ts'
import type { TextKey } from '../ui/message.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { leftText, Person } from './person.tsx'
import { ScopeFields, scopeHref, titleOf } from './scope.tsx'
import { LaunchNote } from './staff-door.tsx'

/** What the page was asked, as far as it could be read. */
export interface AttemptsAsked {
  readonly scope: Scope
  readonly state?: AttemptState | undefined
  readonly q: string
  readonly open?: string | undefined
}

interface AttemptsProps {
  readonly context: PageContext
  readonly asked: AttemptsAsked
  readonly view: AttemptsView
  readonly outcome?: 'done' | 'refused' | undefined
}

const hrefOf = ({ scope, state, q }: AttemptsAsked, more: Readonly<Record<string, string | undefined>> = {}): string =>
  scopeHref('/staff/attempts', scope, { state, q, ...more })

const stateMarks: Readonly<Record<AttemptState | 'partly', { readonly tone?: Tone; readonly icon: IconName }>> = {
  open: { tone: 'act', icon: 'pen' },
  waiting: { tone: 'wait', icon: 'clock' },
  passed: { tone: 'ok', icon: 'check' },
  failed: { icon: 'dots' },
  withdrawn: { icon: 'stop' },
  expired: { icon: 'clock' },
  voided: { tone: 'bad', icon: 'cross' },
  partly: { icon: 'right' },
}

/** The one word for how an attempt stands. A part before the last one says neither passed nor failed. */
function stateOf({ status, reason, passed }: ShownAttempt): AttemptState | 'partly' {
  if (status === 'open') return 'open'
  if (status === 'closed') return 'waiting'
  if (reason === 'withdrawn' || reason === 'voided') return reason
  if (passed) return 'passed'
  if (reason === 'deadline') return 'expired'
  return passed === false ? 'failed' : 'partly'
}

const StateChip = ({ context: { t }, attempt }: { context: PageContext; attempt: ShownAttempt }) => {
  const state = stateOf(attempt)
  const { tone, icon } = stateMarks[state]
  return (
    <Chip tone={tone} icon={icon}>
      {state === 'open'
        ? t('attempts.answered', { answered: attempt.answered, items: attempt.items })
        : t(`attempts.state.${state}`)}
    </Chip>
  )
}

const hintText = ({ t }: PageContext, one: Hint): string => {
  switch (one.hint) {
    case 'sat-before':
      return t('attempts.hint.satBefore', { times: one.times })
    case 'unanswered':
      return t('attempts.hint.unanswered', { count: one.items })
    case 'fast':
      return t('attempts.hint.fast')
    default:
      return one satisfies never
  }
}

const Reason = ({ context: { t }, of, label }: { context: PageContext; of: string; label: TextKey }) => (
  <p class="field">
    <label for={`why-${of}`}>{t(label)}</label>
    <input class="input" id={`why-${of}`} name="why" required maxlength={400} autocomplete="off" />
  </p>
)

/** An operator may give time and may void; both need a reason, which is written into the attempt's history. */
const Acts = ({ context, attempt }: { context: PageContext; attempt: ShownAttempt }) => {
  const { t } = context
  return (
    <div class="stack s">
      <h2>{t('attempts.acts')}</h2>
      <Form method="post" action={`/staff/attempts/${attempt.id}/extend`} class="stack s">
        <input type="hidden" name="worker" value={attempt.worker} />
        <p class="field">
          <label for={`min-${attempt.id}`}>{t('staff.extend')}</label>
          <select class="input" id={`min-${attempt.id}`} name="minutes">
            {[5, 10, 15, 30, 60].map((count) => (
              <option value={String(count)}>{t('unit.minutes', { count })}</option>
            ))}
          </select>
        </p>
        <Reason context={context} of={`extend-${attempt.id}`} label="attempts.toldReason" />
        <button class="btn primary s">{t('attempts.extend')}</button>
      </Form>
      <details class="more">
        <summary>{t('attempts.void')}</summary>
        <Form method="post" action={`/staff/attempts/${attempt.id}/void`} class="stack s">
          <input type="hidden" name="worker" value={attempt.worker} />
          <Reason context={context} of={`void-${attempt.id}`} label="staff.reason" />
          <button class="btn ghost s">{t('staff.void')}</button>
          <p class="tiny">{t('staff.voidText')}</p>
        </Form>
      </details>
    </div>
  )
}

/** Where else something about an attempt that is over can be read or done. */
const Ways = ({ context, attempt }: { context: PageContext; attempt: ShownAttempt }) => {
  const { t } = context
  return (
    <div class="stack s">
      <h2>{t('attempts.more')}</h2>
      <ul class="ways">
        {attempt.part === 'practical' && attempt.status !== 'open' && (
          <li>
            <a href={`/staff/attempts/${attempt.id}/tasks`}>{t('sat.open')}</a>
          </li>
        )}
        {attempt.credential && (
          <li>
            <a href={`/staff/credentials/${attempt.credential}`}>{t('attempts.credential')}</a>
          </li>
        )}
        <li>
          <a href={`/staff/attempts?${new URLSearchParams({ q: attempt.worker })}`}>{t('attempts.person')}</a>
        </li>
        <li>
          <a href={`/staff/log?${new URLSearchParams({ about: attempt.worker })}`}>{t('log.title')}</a>
        </li>
      </ul>
    </div>
  )
}

interface Step {
  readonly at: Instant
  readonly text: string
}

const signalTexts: Readonly<Record<string, TextKey>> = {
  hidden: 'attempts.signal.hidden',
  visible: 'attempts.signal.visible',
  paste: 'attempts.signal.paste',
  offline: 'attempts.signal.offline',
  online: 'attempts.signal.online',
}

function courseOf({ t, locale }: PageContext, { attempt, events, signals }: OpenedAttempt): readonly Step[] {
  const why = (text: unknown) => (typeof text === 'string' && text !== '' ? t('attempts.why', { why: text }) : '')
  const steps = events.flatMap(({ at, type, data }): Step[] => {
    switch (type) {
      case 'started':
        return [{ at, text: t('attempts.event.started') }]
      case 'deadline-extended':
        return [
          {
            at,
            text: t('attempts.event.extended', { time: clockText(locale, Number(data.deadline)) }) + why(data.why),
          },
        ]
      case 'closed':
        return [{ at, text: t(`attempts.event.${data.reason as 'submitted'}`) + why(data.why) }]
      case 'graded':
        return [{ at, text: t('attempts.event.graded') }]
      default:
        return []
    }
  })
  const saved = attempt.savedAt
    ? [{ at: attempt.savedAt, text: t('attempts.event.saved', { answered: attempt.answered, items: attempt.items }) }]
    : []
  const reported = signals.flatMap(({ kind, at }): Step[] => {
    const key = signalTexts[kind]
    return key ? [{ at, text: t(key) }] : []
  })
  return [...steps, ...saved, ...reported].sort((a, b) => a.at - b.at)
}

/** An attempt that was opened in its place: its course, what will happen by itself, and what can be done. */
const Opened = ({
  context,
  opened,
  now,
  columns,
}: {
  context: PageContext
  opened: OpenedAttempt
  now: Instant
  columns: number
}) => {
  const { t, locale } = context
  const { attempt } = opened
  const { deadline, answered, items, score } = attempt
  return (
    <tr role="row" class="opened" data-on>
      <td role="cell" class="all" colspan={columns}>
        <div class="detail-card">
          <div class="stack s">
            <h2>{t('attempts.course')}</h2>
            <ol class="course">
              {courseOf(context, opened).map(({ at, text }) => (
                <li>
                  <time class="num" datetime={timeAttribute(at)}>
                    {secondsText(locale, at)}
                  </time>
                  <span>{text}</span>
                </li>
              ))}
            </ol>
          </div>
          <div class="stack s">
            <h2>{t(attempt.status === 'open' ? 'attempts.untilEnd' : 'attempts.result')}</h2>
            <dl class="kv">
              <div>
                <dt>{t('staff.deadline')}</dt>
                <dd>
                  <b class="num">{secondsText(locale, deadline)}</b>
                  {attempt.status === 'open' &&
                    ` ${t('attempts.leftText', { left: leftText(Math.max(0, deadline - now)) })}`}
                </dd>
              </div>
              <div>
                <dt>{t('attempts.answers')}</dt>
                <dd class="num">{`${answered} / ${items}`}</dd>
              </div>
              {attempt.status === 'open' && (
                <div>
                  <dt>{t('attempts.byItself')}</dt>
                  <dd>{t('attempts.byItselfText', { time: clockText(locale, deadline), answered })}</dd>
                </div>
              )}
              {attempt.status === 'closed' && (
                <div>
                  <dt>{t('attempts.byItself')}</dt>
                  <dd>{t('attempts.willBeGraded')}</dd>
                </div>
              )}
              {score !== undefined && (
                <div>
                  <dt>{t('attempts.score')}</dt>
                  <dd class="num">{score}</dd>
                </div>
              )}
              {attempt.hints.length > 0 && (
                <div>
                  <dt>{t('attempts.hints')}</dt>
                  <dd>{attempt.hints.map((one) => hintText(context, one)).join(t('list.comma'))}</dd>
                </div>
              )}
            </dl>
            <p class="tiny mono">{attempt.id}</p>
          </div>
          {attempt.status === 'open' ? (
            <Acts context={context} attempt={attempt} />
          ) : (
            <Ways context={context} attempt={attempt} />
          )}
        </div>
      </td>
    </tr>
  )
}

const News = ({ context: { t }, attempt }: { context: PageContext; attempt: ShownAttempt }) => {
  if (attempt.status === 'open') return null
  if (attempt.isShown === undefined) return <span class="quiet">{t('attempts.notSent')}</span>
  return (
    <span class="sent">
      <Icon name={attempt.isShown ? 'check' : 'clock'} small {...(attempt.isShown ? { tone: 'ok' as const } : {})} />{' '}
      {t(attempt.isShown ? 'delivery.delivered' : 'filter.pending')}
    </span>
  )
}

const Row = ({
  context,
  attempt,
  asked,
  view: { now, exams },
  columns,
}: AttemptsProps & { attempt: ShownAttempt; columns: readonly Column[] }) => {
  const { t, locale } = context
  const [, exam, started, took, state, score, news, hints] = columns as Required<readonly Column[]> &
    [Column, Column, Column, Column, Column, Column, Column, Column]
  const isOpen = asked.open === attempt.id
  const minutes = Math.floor(((attempt.closedAt ?? now) - attempt.startedAt) / 60_000)
  const shown = asked.open === attempt.id ? undefined : attempt.id
  return (
    <tr role="row" id={attempt.id} data-on={isOpen || undefined}>
      <th scope="row" role="rowheader" class="all">
        <Person name={attempt.name} id={attempt.worker} />
      </th>
      <Cell column={exam}>
        <span class="unbroken">
          {titleOf(context, exams.find(({ id }) => id === attempt.exam) ?? { id: attempt.exam, title: {} })}
        </span>
        <span class="sub">
          {[
            attempt.part && t(`part.${attempt.part}`),
            attempt.version !== undefined && t('bank.version', { version: attempt.version }),
            nameOfLanguage(attempt.locale),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </Cell>
      <Cell column={started}>
        <time class="num" datetime={timeAttribute(attempt.startedAt)}>
          {momentText(locale, attempt.startedAt, now)}
        </time>
      </Cell>
      <Cell column={took}>
        <span class="unbroken">{t('unit.minutes', { count: minutes })}</span>
      </Cell>
      <Cell column={state}>
        <StateChip context={context} attempt={attempt} />
      </Cell>
      <Cell column={score} empty={attempt.score === undefined}>
        {attempt.score}
      </Cell>
      <Cell column={news} empty={attempt.status === 'open'}>
        <News context={context} attempt={attempt} />
      </Cell>
      <Cell column={hints} empty={attempt.hints.length === 0}>
        <span class="tiny">{attempt.hints.map((one) => hintText(context, one)).join(t('list.comma'))}</span>
      </Cell>
      <td role="cell" class="r all">
        <a
          class="btn ghost s"
          href={`${hrefOf(asked, { open: shown })}#${attempt.id}`}
          aria-label={`${t(isOpen ? 'attempts.shut' : 'attempts.open')}: ${attempt.name || attempt.worker}`}
          aria-expanded={isOpen ? 'true' : 'false'}
        >
          {t(isOpen ? 'attempts.shut' : 'attempts.open')}
        </a>
      </td>
    </tr>
  )
}

const List = (props: AttemptsProps) => {
  const { context, asked, view } = props
  const { t } = context
  const columns: readonly Column[] = [
    { title: t('attempts.who') },
    { title: t('attempts.exam') },
    { title: t('attempts.startedAt') },
    { title: t('attempts.took') },
    { title: t('staff.state') },
    { title: t('attempts.score'), figures: true },
    { title: t('attempts.news') },
    { title: t('attempts.hints') },
  ]
  const { more, opened, attempts } = view
  return (
    <section class="card" aria-label={t('today.allAttempts')}>
      {attempts.length === 0 ? (
        <p class="quiet">{t(asked.q === '' ? 'attempts.none' : 'staff.noAttempts')}</p>
      ) : (
        <RowTable caption={t('today.allAttempts')} columns={columns} action={t('attempts.open')}>
          {attempts.map((attempt) => (
            <>
              <Row {...props} attempt={attempt} columns={columns} />
              {opened?.attempt.id === attempt.id && (
                <Opened context={context} opened={opened} now={view.now} columns={columns.length + 1} />
              )}
            </>
          ))}
        </RowTable>
      )}
      {more && (
        <a class="btn ghost s" href={hrefOf(asked, { before: `${more.startedAt}.${more.id}` })}>
          {t('staff.more')}
        </a>
      )}
      <p class="tiny">{t('attempts.note')}</p>
    </section>
  )
}

const Filters = ({
  context: { t },
  asked,
  counts,
}: {
  context: PageContext
  asked: AttemptsAsked
  counts: NonNullable<AttemptsView['counts']>
}) => (
  <nav class="filt" aria-label={t('staff.filter')}>
    {([undefined, ...attemptStates] as const).map((state) => (
      <a href={hrefOf({ ...asked, state })} aria-current={asked.state === state ? 'true' : undefined}>
        {t(state === undefined ? 'staff.all' : `attempts.state.${state}`)}
        <b>{counts[state ?? 'all']}</b>
      </a>
    ))}
  </nav>
)

const Accommodation = ({ context, worker }: { context: PageContext; worker: string }) => {
  const { t } = context
  return (
    <section class="card" aria-labelledby="multiplier">
      <h2 id="multiplier">{t('staff.multiplier')}</h2>
      <Form method="post" action="/staff/accommodation" class="acts">
        <input type="hidden" name="worker" value={worker} />
        <p class="field">
          <label for="times">{t('staff.multiplier')}</label>
          <select class="input" id="times" name="timeMultiplier">
            {[1, 1.25, 1.5, 2].map((times) => (
              <option value={String(times)}>{`× ${times}`}</option>
            ))}
          </select>
        </p>
        <Reason context={context} of="multiplier" label="staff.reason" />
        <button class="btn outline s">{t('staff.setMultiplier')}</button>
      </Form>
      <p class="tiny">
        <a href={`/staff/sessions?${new URLSearchParams({ worker })}`}>{t('sessions.endWorker')}</a>
      </p>
    </section>
  )
}

/** All attempts, newest first, or those of one person; each opens in its place. */
export const AttemptsPage = (props: AttemptsProps) => {
  const { context, asked, view, outcome } = props
  const { t } = context
  const { scope, state, q } = asked
  return (
    <Page styles={staffStyles} context={context} title={t('staff.attempts')} tab="/staff/attempts" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('staff.attempts')}</h1>
            <p class="quiet">{t('staff.attemptsLead')}</p>
          </div>
        </div>
        <div class="stack s">
          {outcome && (
            <Note tone={outcome === 'done' ? 'ok' : 'bad'} icon={outcome === 'done' ? 'check' : 'alert'}>
              <p>{t(`staff.${outcome}`)}</p>
            </Note>
          )}
          <LaunchNote context={context} />
          <Form method="get" action="/staff/attempts" class="picker" role="search">
            <label class="seek">
              <span class="unseen">{t('attempts.seek')}</span>
              <input
                class="input"
                type="search"
                name="q"
                value={q}
                placeholder={t('attempts.seekHint')}
                maxlength={100}
                autocomplete="off"
                spellcheck={false}
              />
            </label>
            {state && <input type="hidden" name="state" value={state} />}
            <label>
              <span class="unseen">{t('scope.period')}</span>
              <select class="input" name="days">
                {PERIODS.map((days) => (
                  <option value={String(days)} selected={days === scope.days}>
                    {days === 1 ? t('today.title') : t('attempts.days', { count: days })}
                  </option>
                ))}
              </select>
            </label>
            <ScopeFields context={context} scope={scope} exams={view.exams} />
            <button class="btn ghost s">{t('scope.show')}</button>
            {q !== '' && (
              <a class="btn ghost s" href={hrefOf({ ...asked, q: '' })}>
                {t('today.allAttempts')}
              </a>
            )}
          </Form>
          {view.counts && <Filters context={context} asked={asked} counts={view.counts} />}
          <List {...props} />
          {view.worker !== undefined && <Accommodation context={context} worker={view.worker} />}
        </div>
      </main>
    </Page>
  )
}
