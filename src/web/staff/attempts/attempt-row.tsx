import type { AttemptState } from '../../../attempt/listing/store.ts'
import type { Hint, ShownAttempt } from '../../../flows/read-attempts.ts'
import { momentText, timeAttribute } from '../../../platform/page/dates.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Cell, type Column } from '../../../platform/page/row-table.tsx'
import { Chip, type Tone } from '../../../platform/page/state.tsx'
import { nameOfLanguage } from '../../../platform/page/words.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { Person } from '../person.tsx'
import { titleOf } from '../scope.tsx'
import { type AttemptsProps, hrefOf } from './attempts-asked.ts'

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
export function stateOf({ status, reason, passed }: ShownAttempt): AttemptState | 'partly' {
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

export const hintText = ({ t }: PageContext, one: Hint): string => {
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

/** An attempt in the list: whose, which exam, when, how it stands, what the marketplace was told, and what strikes about it. */
export const AttemptRow = ({
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
          aria-label={`${t(isOpen ? 'attempts.shut' : 'attempts.open')}: ${attempt.name || attempt.worker} ${momentText(locale, attempt.startedAt, now)}`}
          aria-expanded={isOpen ? 'true' : 'false'}
        >
          {t(isOpen ? 'attempts.shut' : 'attempts.open')}
        </a>
      </td>
    </tr>
  )
}
