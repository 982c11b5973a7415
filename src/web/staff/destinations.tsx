import { MARKETPLACE } from '../../flows/address-messages.ts'
import type { Destination } from '../../flows/read-destinations.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../platform/page/row-table.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { fewText, isEnough } from './figure-tiles.tsx'

/** The marketplace by its name, a subscriber by its own. */
export const destinationName = ({ t }: PageContext, destination: string): string =>
  destination === MARKETPLACE
    ? t('log.who.marketplace')
    : t('delivery.subscriber', { name: destination.replace(/^subscriber:/, '') })

/** How long something takes, in the unit that says it best. */
export const timeText = ({ t }: PageContext, milliseconds: number): string =>
  milliseconds < 60_000
    ? t('unit.seconds', { count: Math.round(milliseconds / 100) / 10 })
    : milliseconds < 3_600_000
      ? t('unit.minutes', { count: Math.round(milliseconds / 60_000) })
      : milliseconds < 172_800_000
        ? t('unit.hours', { count: Math.round(milliseconds / 3_600_000) })
        : t('unit.days', { count: Math.round(milliseconds / 86_400_000) })

/** Where messages go, how long they take, and how many wait. */
export const Destinations = ({
  context,
  destinations,
}: {
  context: PageContext
  destinations: readonly Destination[]
}) => {
  const { t } = context
  const columns: readonly Column[] = [
    { title: t('staff.target') },
    { title: t('today.median'), figures: true },
    { title: t('today.slow'), figures: true },
    { title: t('today.waiting'), figures: true },
  ]
  const [, median, slow, waiting] = columns as [Column, Column, Column, Column]
  return destinations.length === 0 ? (
    <p class="quiet">{t('today.deliveriesNone')}</p>
  ) : (
    <RowTable caption={t('today.deliveries')} columns={columns}>
      {destinations.map((one) => (
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
          {isEnough(one.taken) ? (
            <>
              <Cell column={median}>{timeText(context, one.median ?? 0)}</Cell>
              <Cell column={slow}>{timeText(context, one.slow ?? 0)}</Cell>
            </>
          ) : (
            <td role="cell" class="figures few" colspan={2} data-label={t('today.median')}>
              {fewText(context, one.taken)}
            </td>
          )}
          <Cell column={waiting}>{one.waiting}</Cell>
        </tr>
      ))}
    </RowTable>
  )
}
