import type { DeliveriesView, DeliveryView } from '../../flows/read-deliveries.ts'
import { RETRY_WAITS } from '../../platform/outbox/delivery.ts'
import type { MessageStatus } from '../../platform/outbox/message.ts'
import { secondsText } from '../../platform/page/dates.ts'
import { Form } from '../../platform/page/form.tsx'
import { Icon, type IconName } from '../../platform/page/icon.tsx'
import { RowTable } from '../../platform/page/row-table.tsx'
import { Note } from '../../platform/page/state.tsx'
import { staffStyles } from '../assets.ts'
import type { TextKey, Translate } from '../ui/message.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { DeliveryRow } from './delivery-row.tsx'
import { Destinations } from './destinations.tsx'
import { HoursBars } from './hours-bars.tsx'

/** Tries of the last 24 hours. */
const HoursChart = ({ context, view: { now, hours } }: { context: PageContext; view: DeliveriesView }) => {
  const { t } = context
  const sent = hours.reduce((sum, h) => sum + h.sent, 0)
  const failed = hours.reduce((sum, h) => sum + h.failed, 0)
  return (
    <section class="card" aria-labelledby="day">
      <div class="card-head">
        <h2 id="day">{t('staff.day')}</h2>
        <small class="num">{t('staff.dayFigures', { delivered: sent - failed, failed })}</small>
      </div>
      <HoursBars context={context} now={now} hours={hours} height={96} />
      <ul class="legend">
        <li>
          <svg width="12" height="12" aria-hidden="true">
            <rect width="12" height="12" rx="2" class="okb" />
          </svg>
          {t('staff.sent')}
        </li>
        <li>
          <svg width="12" height="12" aria-hidden="true">
            <rect width="12" height="12" class="ngb" />
          </svg>
          {t('staff.failedTries')}
        </li>
      </ul>
    </section>
  )
}

export const filters: readonly { readonly status: MessageStatus; readonly icon: IconName; readonly text: TextKey }[] = [
  { status: 'pending', icon: 'dots', text: 'filter.pending' },
  { status: 'held', icon: 'pause', text: 'delivery.held' },
  { status: 'delivered', icon: 'check', text: 'delivery.delivered' },
  { status: 'dead', icon: 'cross', text: 'delivery.dead' },
]

const waitText = (t: Translate, milliseconds: number): string => {
  if (milliseconds === 0) return t('staff.immediately')
  if (milliseconds < 60_000) return t('unit.seconds', { count: milliseconds / 1_000 })
  if (milliseconds < 3_600_000) return t('unit.minutes', { count: milliseconds / 60_000 })
  return t('unit.hours', { count: milliseconds / 3_600_000 })
}

const Filters = ({
  context: { t },
  view,
  chosen,
}: {
  context: PageContext
  view: DeliveriesView
  chosen?: MessageStatus
}) => (
  <nav class="filt" aria-label={t('staff.filter')}>
    <a href="/staff/deliveries" aria-current={chosen ? undefined : 'true'}>
      {t('staff.all')}
      <b>{Object.values(view.counts).reduce((sum, n) => sum + n, 0)}</b>
    </a>
    {filters.map(({ status, icon, text }) => (
      <a href={`/staff/deliveries?status=${status}`} aria-current={chosen === status ? 'true' : undefined}>
        <Icon name={icon} />
        {t(text)}
        <b>{view.counts[status] ?? 0}</b>
      </a>
    ))}
  </nav>
)

const Schedule = ({ context: { t } }: { context: PageContext }) => (
  <details class="more">
    <summary>{t('staff.retries')}</summary>
    <ol class="sched num">
      {RETRY_WAITS.map((wait, i) => (
        <li>
          <span>{i + 1}</span>
          {waitText(t, wait)}
        </li>
      ))}
    </ol>
    <p class="tiny">{t('staff.retriesText')}</p>
  </details>
)

const columns = ['staff.state', 'staff.content', 'staff.target', 'staff.tries', 'staff.next'] as const

const Messages = ({
  context,
  deliveries,
  caption,
}: {
  context: PageContext
  deliveries: readonly DeliveryView[]
  caption: string
}) => {
  const { t } = context
  return (
    <RowTable caption={caption} columns={columns.map((key) => t(key))} action={t('staff.action')}>
      {deliveries.map((delivery) => (
        <DeliveryRow context={context} delivery={delivery} />
      ))}
    </RowTable>
  )
}

/** What is no longer tried stands first: nobody but an operator sends it again. */
const Dead = ({ context, view: { dead, counts } }: { context: PageContext; view: DeliveriesView }) => {
  const { t } = context
  const count = counts.dead ?? dead.length
  return (
    <section class="card" aria-labelledby="dead">
      <div class="card-head">
        <h2 id="dead">{t('staff.dead', { count })}</h2>
        <Form method="post" action="/staff/deliveries/replay-dead">
          <button class="btn primary s">
            <Icon name="redo" />
            {t('staff.replayAll', { count })}
          </button>
        </Form>
      </div>
      <Messages context={context} deliveries={dead} caption={t('delivery.dead')} />
      <p class="tiny">{t('staff.replayNote')}</p>
    </section>
  )
}

interface DeliveriesProps {
  readonly context: PageContext
  readonly view: DeliveriesView
  readonly status?: MessageStatus
  /** The operator has just sent something again. */
  readonly replayed?: boolean
}

/** The outbox as operators see it. Results never wait for it. */
export const DeliveriesPage = ({ context, view, status, replayed }: DeliveriesProps) => {
  const { t, locale } = context
  const last = view.deliveries.at(-1)
  return (
    <Page styles={staffStyles} context={context} title={t('staff.deliveries')} tab="/staff/deliveries" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('staff.deliveries')}</h1>
            <p class="quiet">{t('staff.deliveriesLead')}</p>
          </div>
          <p class="tiny num">
            {t('staff.now', { time: secondsText(locale, view.now) })} <a href={context.path}>{t('staff.refresh')}</a>
          </p>
        </div>
        <div class="stack">
          {replayed && (
            <Note tone="ok" icon="check">
              <p>{t('staff.replayed')}</p>
            </Note>
          )}
          <Filters context={context} view={view} chosen={status} />
          {view.dead.length > 0 && <Dead context={context} view={view} />}
          <div class="cols wide">
            <HoursChart context={context} view={view} />
            <section class="card" aria-labelledby="targets">
              <h2 id="targets">{t('today.deliveries')}</h2>
              <Destinations context={context} destinations={view.destinations} />
            </section>
          </div>
          <section class="card" aria-labelledby="letters">
            <div class="card-head">
              <h2 id="letters">{t('staff.list')}</h2>
              <small>{t('staff.order')}</small>
            </div>
            {view.deliveries.length === 0 ? (
              <p class="quiet">{t(status ? 'staff.none' : 'staff.noneYet')}</p>
            ) : (
              <Messages context={context} deliveries={view.deliveries} caption={t('staff.list')} />
            )}
            {view.deliveries.length >= 50 && last && (
              <a
                class="btn ghost s"
                rel="next"
                href={`/staff/deliveries?${new URLSearchParams({ ...(status ? { status } : {}), before: String(last.message.seq) })}`}
              >
                {t('staff.more')}
              </a>
            )}
            <Schedule context={context} />
          </section>
        </div>
      </main>
    </Page>
  )
}
