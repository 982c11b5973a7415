import type { DeliveryState, DeliveryView } from '../../flows/read-deliveries.ts'
import { RETRY_WAITS } from '../../platform/outbox/delivery.ts'
import { dayTimeText, secondsText, timeAttribute } from '../../platform/page/dates.ts'
import { Form } from '../../platform/page/form.tsx'
import { Icon, type IconName } from '../../platform/page/icon.tsx'
import { Chip, type Tone } from '../../platform/page/state.tsx'
import type { TextKey, Translate } from '../ui/message.ts'
import type { PageContext } from '../ui/page-context.ts'
import { destinationName } from './destinations.tsx'

const stateMarks: Readonly<
  Record<DeliveryState, { readonly icon: IconName; readonly tone?: Tone; readonly text: TextKey }>
> = {
  queued: { icon: 'dots', text: 'delivery.pending' },
  sending: { icon: 'send', tone: 'act', text: 'delivery.sending' },
  retrying: { icon: 'clock', tone: 'wait', text: 'delivery.retrying' },
  held: { icon: 'pause', text: 'delivery.held' },
  waiting: { icon: 'lock', text: 'delivery.blocked' },
  delivered: { icon: 'check', tone: 'ok', text: 'delivery.delivered' },
  dead: { icon: 'cross', tone: 'bad', text: 'delivery.dead' },
}

const kindText = (t: Translate, { kind, request }: DeliveryView['message']): string =>
  t(kind === 'signal' && request.method === 'DELETE' ? 'message.signal-end' : `message.${kind}`)

/** The steps of a chain and where this message stands in it. */
const Chain = ({ t, delivery }: { t: Translate; delivery: DeliveryView }) =>
  delivery.chain.length < 2 ? null : (
    <span class="chain">
      {delivery.chain.map((step, i) => (
        <>
          {i > 0 && <Icon name="right" />}
          <span
            class={
              [step.id === delivery.message.id ? 'here' : '', step.status === 'delivered' ? 'ok' : '']
                .join(' ')
                .trim() || undefined
            }
          >
            {step.status === 'delivered' ? (
              <Icon name="check" />
            ) : step.status === 'dead' ? (
              <Icon name="cross" />
            ) : null}
            {t(`step.${step.kind}`)}
          </span>
        </>
      ))}
    </span>
  )

/** One mark per try: a cross failed, a tick arrived, a ring is still to come. The figures say the same. */
const Pips = ({ delivery }: { delivery: DeliveryView }) => {
  const most = RETRY_WAITS.length
  const tries = delivery.attempts.filter(({ outcome }) => outcome !== 'held').slice(-most)
  const toCome = delivery.state !== 'dead' && delivery.state !== 'delivered'
  return (
    <span class="pips">
      <svg viewBox={`0 0 ${most * 15 - 2} 14`} aria-hidden="true">
        {Array.from({ length: most }, (_, i) => {
          const at = i * 15
          const outcome = tries[i]?.outcome
          if (outcome === 'delivered') return <path class="v" d={`M${at + 2} 7.5l3.5 3.5 6-7`} />
          if (outcome) return <path class="x" d={`M${at + 3} 3l8 8M${at + 11} 3l-8 8`} />
          return <circle class={i === tries.length && toCome ? 'n' : undefined} cx={at + 7} cy="7" r="4.5" />
        })}
      </svg>
      <span>{`${tries.length} / ${most}`}</span>
    </span>
  )
}

const When = ({ context: { t, locale }, delivery }: { context: PageContext; delivery: DeliveryView }) => {
  const { message, state } = delivery
  const settled = message.settledAt === undefined ? '' : dayTimeText(locale, message.settledAt)
  switch (state) {
    case 'delivered':
      return <span class="sub">{t('staff.deliveredAt', { time: settled })}</span>
    case 'dead':
      return settled === '' ? null : <span class="sub">{t('staff.stoppedAt', { time: settled })}</span>
    case 'held':
      return <span class="sub">{t('staff.held')}</span>
    case 'waiting':
      return <span class="sub">{t('staff.waitsFor')}</span>
    case 'queued':
    case 'sending':
      return <b>{t('staff.soon')}</b>
    case 'retrying':
      return (
        <b>
          <time datetime={timeAttribute(message.nextAt)}>{secondsText(locale, message.nextAt)}</time>
        </b>
      )
    default:
      return state satisfies never
  }
}

/** Every try, and what exactly is sent where, for those who look for what went wrong. */
const Log = ({
  context: { t, locale },
  delivery: { message, attempts },
}: {
  context: PageContext
  delivery: DeliveryView
}) => (
  <details class="more">
    <summary>{t('staff.log')}</summary>
    {attempts.length > 0 && (
      <ol class="alog num">
        {attempts.map((attempt, i) => (
          <li>
            <span class="quiet">{i + 1}</span>
            <time datetime={timeAttribute(attempt.at)}>{secondsText(locale, attempt.at)}</time>
            <b>{attempt.detail}</b>
            <span class="quiet">{`${attempt.elapsedMs} ms`}</span>
          </li>
        ))}
      </ol>
    )}
    <p class="sub">
      <code>{`${message.request.method} ${message.request.path}`}</code>
    </p>
    <p class="sub mono">{`${message.id} · ${message.stream}`}</p>
  </details>
)

/** One message: its state, what it says, to whom, how often it was tried, and what comes next. */
export const DeliveryRow = ({ context, delivery }: { context: PageContext; delivery: DeliveryView }) => {
  const { t } = context
  const { message, state, name } = delivery
  const { icon, tone, text } = stateMarks[state]
  const mayReplay = state === 'dead' || state === 'retrying'
  return (
    <tr role="row">
      <td role="cell" class="all">
        <Chip tone={tone} icon={icon}>
          {t(text)}
        </Chip>
      </td>
      <th scope="row" role="rowheader" class="all">
        <b>{kindText(t, message)}</b>
        {name !== undefined && (
          <span class="sub">
            <bdi>{name}</bdi>
          </span>
        )}
        <Log context={context} delivery={delivery} />
      </th>
      <td role="cell" class="all">
        {destinationName(context, message.destination)}
        <span class="sub">
          <Chain t={t} delivery={delivery} />
        </span>
      </td>
      <td role="cell" class="all">
        <Pips delivery={delivery} />
        {message.lastError && <span class="sub">{message.lastError}</span>}
      </td>
      <td role="cell" class="num" data-label={t('staff.next')}>
        <When context={context} delivery={delivery} />
      </td>
      <td role="cell" class="r all">
        {mayReplay && (
          <Form method="post" action={`/staff/deliveries/${message.id}/replay`}>
            <button
              class={state === 'dead' ? 'btn outline xs' : 'btn ghost xs'}
              aria-label={`${t(state === 'dead' ? 'staff.replay' : 'staff.sendNow')}: ${kindText(t, message)} ${message.id}`}
            >
              {t(state === 'dead' ? 'staff.replay' : 'staff.sendNow')}
            </button>
          </Form>
        )}
      </td>
    </tr>
  )
}
