import type { Instant } from '../../kernel/instant.ts'
import { clockText } from '../../platform/page/dates.ts'
import type { PageContext } from '../ui/page-context.ts'

const HOUR = 3_600_000
/** Share of an hour's width that its bar takes. */
const FILLED = 0.78

interface HoursProps {
  readonly context: PageContext
  readonly now: Instant
  readonly hours: readonly { readonly hour: number; readonly sent: number; readonly failed: number }[]
  readonly height: number
}

/** Tries to deliver of the last 24 hours, the failed ones at the foot of each bar, and the same as a table. */
export const HoursBars = ({ context: { t, locale }, now, hours: known, height }: HoursProps) => {
  const last = Math.floor(now / HOUR)
  const hours = Array.from({ length: 24 }, (_, i) => {
    const hour = last - 23 + i
    return { hour, sent: 0, failed: 0, ...known.find((h) => h.hour === hour) }
  })
  const most = Math.max(1, ...hours.map(({ sent }) => sent))
  const y = (count: number): number => (count / most) * (height - 6)
  const sent = hours.reduce((sum, h) => sum + h.sent, 0)
  const failed = hours.reduce((sum, h) => sum + h.failed, 0)
  const bar = (nth: number, count: number, kind: string) => (
    <rect
      x={`${((100 / 24) * (nth + (1 - FILLED) / 2)).toFixed(2)}%`}
      width={`${((100 / 24) * FILLED).toFixed(2)}%`}
      y={height - y(count)}
      height={y(count)}
      rx="2"
      class={kind}
    />
  )
  return (
    <div>
      <svg class="hours plot" width="100%" height={height} role="img" aria-labelledby="hours-t hours-d">
        <title id="hours-t">{t('staff.dayChart')}</title>
        <desc id="hours-d">{t('staff.dayDesc', { delivered: sent - failed, failed })}</desc>
        {hours.map((h, nth) => (
          <>
            {h.sent > 0 && bar(nth, h.sent, 'okb')}
            {h.failed > 0 && bar(nth, h.failed, 'ngb')}
          </>
        ))}
        <line x1="0" x2="100%" y1={height} y2={height} class="zero" />
      </svg>
      <p class="tiny num hourx" aria-hidden="true">
        {[0, 8, 16].map((i) => (
          <span>{clockText(locale, (hours[i]?.hour ?? 0) * HOUR)}</span>
        ))}
        <span>{t('staff.nowWord')}</span>
      </p>
      <div class="unseen">
        <table>
          <caption>{t('staff.dayChart')}</caption>
          <tbody>
            {hours
              .filter((h) => h.sent > 0)
              .map((h) => (
                <tr>
                  <th scope="row">{clockText(locale, h.hour * HOUR)}</th>
                  <td>{t('staff.dayFigures', { delivered: h.sent - h.failed, failed: h.failed })}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
