import { area, curveMonotoneX, line } from 'd3-shape'
import type { PageContext } from './page-context.ts'

const HEIGHT = 150
const MOST_REVIEWS = 20
const x = (reviews: number): number => (reviews / MOST_REVIEWS) * 100
const y = (share: number): number => HEIGHT * (1 - share)
const counts = Array.from({ length: MOST_REVIEWS * 2 + 1 }, (_, i) => i / 2)

/** What is left of a certificate's weight after n reviews: κ/(κ + n), as a share of its weight without any. */
const shareAfter = (equivalentReviews: number, reviews: number): number => equivalentReviews / (equivalentReviews + reviews)

/** How a certificate's weight fades as a worker's own reviews come in. `reviews`: how many there are now, where that is known. */
export const WeightChart = ({ context: { t }, equivalentReviews, reviews = 0 }: { context: PageContext; equivalentReviews: number; reviews?: number }) => {
  const share = (n: number) => shareAfter(equivalentReviews, n)
  const percent = (n: number) => Math.round(share(n) * 100)
  const points = [0, 3, 5, 10, 20]
  const curve =
    line<number>(
      (n) => x(n),
      (n) => y(share(n)),
    ).curve(curveMonotoneX)(counts) ?? ''
  const under =
    area<number>(
      (n) => x(n),
      HEIGHT,
      (n) => y(share(n)),
    ).curve(curveMonotoneX)(counts) ?? ''
  const now = { left: `${x(Math.min(reviews, MOST_REVIEWS))}%`, top: y(share(reviews)) }
  return (
    <div class="fig">
      <svg class="plot" height={HEIGHT} role="img" aria-labelledby="weight-t weight-d">
        <title id="weight-t">{t('weight.chart')}</title>
        <desc id="weight-d">{points.map((n) => t('weight.point', { reviews: n, percent: percent(n) })).join(t('list.comma'))}</desc>
        <svg width="100%" height={HEIGHT} viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none">
          <path class="fill" d={under} />
        </svg>
        {[0, 0.5, 1].map((tick) => (
          <>
            <line x1="0" x2="100%" y1={y(tick)} y2={y(tick)} class="grid" />
            <text x="0" dx="-8" y={y(tick)} dy=".35em" text-anchor="end">{`${tick * 100}%`}</text>
          </>
        ))}
        {[0, 5, 10, 15, 20].map((tick) => (
          <text x={`${x(tick)}%`} y={HEIGHT} dy="18" text-anchor="middle">
            {t('weight.tick', { reviews: tick })}
          </text>
        ))}
        <text x="50%" y={HEIGHT} dy="39" text-anchor="middle" class="ax">
          {t('weight.axis')}
        </text>
        <svg width="100%" height={HEIGHT} viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" overflow="visible">
          <path class="curve" d={curve} />
        </svg>
        <line x1={now.left} x2={now.left} y1={now.top} y2={HEIGHT} class="err" />
        <circle cx={now.left} cy={now.top} r="6" class="obs" />
        <text x={now.left} y={now.top} dx="14" dy=".35em" class="ax halo">
          {t('weight.now', { percent: percent(reviews) })}
        </text>
      </svg>
      <div class="unseen">
        <table>
          <caption>{t('weight.chart')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('weight.axis')}</th>
              <th scope="col">{t('weight.share')}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((n) => (
              <tr>
                <td>{n}</td>
                <td>{`${percent(n)}%`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
