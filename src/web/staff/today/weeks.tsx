import { beginOfDay } from '../../../kernel/instant.ts'
import { dayOfYearText } from '../../../platform/page/dates.ts'
import { fewText, percent, rangeText } from '../figure-tiles.tsx'
import type { TodayProps } from './today-props.ts'

const WEEKS_HEIGHT = 168

/** The pass rate of each week, with its interval. */
export const Weeks = ({ context, today: { weeks } }: Omit<TodayProps, 'scope'>) => {
  const { t, locale } = context
  const y = (share: number): string => ((1 - share) * WEEKS_HEIGHT).toFixed(1)
  const x = (nth: number): number => (100 / weeks.length) * (nth + 0.5)
  const known = weeks.flatMap(({ from, estimate }, nth) =>
    estimate ? [{ nth, estimate, from: dayOfYearText(locale, beginOfDay(from)) }] : [],
  )
  const line = known.map(({ nth, estimate }, i) => `${i === 0 ? 'M' : 'L'}${x(nth).toFixed(2)} ${y(estimate.value)}`)
  return (
    <section class={known.length === 0 ? 'card bare' : 'card'} aria-labelledby="weeks">
      <div class="card-head">
        <h2 id="weeks">{t('today.weeks')}</h2>
        {known.length > 0 && <small>{t('today.weeksNote')}</small>}
      </div>
      {known.length === 0 ? (
        <p class="quiet">
          {fewText(context, Math.max(...weeks.map(({ of }) => of)))} {t('today.weeksNone')}
        </p>
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
                nth % 5 === 1 && (
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
