import { ALARMS } from '../../../flows/read-alarms.ts'
import { MOST_WAITING } from '../../../flows/read-today.ts'
import { dayTimeText, momentText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { shortTitle } from '../bank/comparison.tsx'
import { destinationName } from '../destinations.tsx'
import { itemHref, titleOf } from '../scope.tsx'
import type { TodayProps } from './today-props.ts'

const Alert = ({
  tone,
  icon,
  title,
  text,
  manual,
  children,
}: {
  tone?: 'bad' | 'wait'
  icon: IconName
  title: string
  text?: string
  /** A way to the chapter of the manual. */
  manual?: unknown
  children?: unknown
}) => (
  <li class={tone}>
    <Icon name={icon} />
    <div>
      <b>{title}</b>
      {(text || manual) && (
        <span>
          {text} {manual}
        </span>
      )}
    </div>
    {children}
  </li>
)

const Act = ({ href, about, children }: { href: string; about?: string; children: string }) => (
  <a class="btn ghost s" href={href} aria-label={about && `${children}: ${about}`}>
    {children}
  </a>
)

const Manual = ({ context: { t }, chapter }: { context: TodayProps['context']; chapter: string }) => (
  <a href={`/docs/${chapter}`}>{t('today.manual')}</a>
)

/** No more than so many are read; there may be others. */
const counted = ({ length }: readonly unknown[]) => ({ count: length, isMore: String(length >= MOST_WAITING) })

/** What waits for a person, each with the one act that settles it. */
export const Alerts = ({ context, today: { now, alerts, exams } }: Omit<TodayProps, 'scope'>) => {
  const { t, locale } = context
  const { alarms, dead, silent, suspects, concerns, cases, proposals, leakedBanks, overdue } = alerts
  const [suspect] = suspects
  const [concern] = concerns
  const [inquiry] = cases
  const [proposal] = proposals
  const examTitle = (id: string) => titleOf(context, exams.find((exam) => exam.id === id) ?? { id, title: {} })
  const down = <Manual context={context} chapter="watch#down" />
  const rows = [
    ...alarms.map((alarm) => (
      <Alert tone="bad" icon="alert" title={t(`today.alarm.${alarm}`)}>
        <Act href={`/docs/${ALARMS[alarm].chapter}`} about={t(`today.alarm.${alarm}`)}>
          {t('today.manual')}
        </Act>
      </Alert>
    )),
    ...leakedBanks.map((exam) => (
      <Alert tone="bad" icon="alert" title={t('leaks.bankLeaked')} text={examTitle(exam)}>
        <Act href={`/staff/leaks?${new URLSearchParams({ exam })}`} about={examTitle(exam)}>
          {t('today.see')}
        </Act>
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
      <Alert tone="bad" icon="cross" title={t('staff.dead', { count: dead })} text={t('today.deadText')} manual={down}>
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
          time: momentText(locale, silentSince ?? now, now),
        })}
        text={t('today.silentText', { count: waiting })}
        manual={down}
      >
        <Act href="/staff/deliveries?status=pending" about={destinationName(context, destination)}>
          {t('today.seeDeliveries')}
        </Act>
      </Alert>
    )),
    concern && (
      <Alert
        tone="wait"
        icon="question"
        title={t('today.concerns', counted(concerns))}
        text={t(`concerns.kind.${concern.kind}`)}
      >
        <Act href={`/staff/credentials/${concern.credential}#concerns`}>{t('today.readConcern')}</Act>
      </Alert>
    ),
    inquiry && (
      <Alert
        tone="wait"
        icon="search"
        title={t('today.cases', counted(cases))}
        text={t('today.casesText', { time: dayTimeText(locale, inquiry.openedAt) })}
      >
        <Act href={cases.length === 1 ? `/staff/credentials/${inquiry.credential}` : '/staff/credentials#cases'}>
          {t('today.see')}
        </Act>
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
        <Act href={`/staff/exams/${exam}?only=due`} about={examTitle(exam)}>
          {t('today.openList')}
        </Act>
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
