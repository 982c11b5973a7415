import { remainingWeight } from '../../search/quality.ts'
import { remainingPercent } from '../../search/reasons.ts'
import type { Translate } from '../texts.ts'

const HEIGHT = 120
/** Reviews at the right edge. */
const MOST = 20
const SAMPLES = 80
const MARKS = [0, 5, 10, 15, 20] as const

const x = (n: number): number => (100 * Math.min(n, MOST)) / MOST
const y = (weight: number): number => HEIGHT * (1 - weight)

function curve(equivalentReviews: number): string {
  const points = Array.from({ length: SAMPLES + 1 }, (_, at) => {
    const n = (MOST * at) / SAMPLES
    return `${x(n).toFixed(2)} ${y(remainingWeight(equivalentReviews, n)).toFixed(2)}`
  })
  return `M${points.join('L')}`
}

function Frame({ t }: { t: Translate }) {
  return (
    <>
      {[0, 50, 100].map((percent) => (
        <>
          <line class="grid" x1="0" x2="100%" y1={y(percent / 100)} y2={y(percent / 100)} />
          <text x="0" dx="-8" y={y(percent / 100)} dy=".35em" text-anchor="end">
            {percent}%
          </text>
        </>
      ))}
      {MARKS.map((n) => (
        <text x={`${x(n)}%`} y={HEIGHT} dy="18" text-anchor="middle">
          {t('market.profile.plotCount', { n })}
        </text>
      ))}
      <text class="label" x="50%" y={HEIGHT} dy="39" text-anchor="middle">
        {t('market.profile.axisReviews')}
      </text>
    </>
  )
}

/** Where a worker is on the curve; the label keeps inside the plot. */
function Here({ t, equivalentReviews, reviews }: { t: Translate; equivalentReviews: number; reviews: number }) {
  const at = Math.min(reviews, MOST)
  const height = y(remainingWeight(equivalentReviews, at))
  const toTheLeft = at > MOST / 2
  return (
    <>
      <line class="drop" x1={`${x(at)}%`} x2={`${x(at)}%`} y1={height} y2={HEIGHT} />
      <circle class="here" cx={`${x(at)}%`} cy={height} r="6" />
      <text class="label" x={`${x(at)}%`} y={height} dx={toTheLeft ? -4 : 12} dy={toTheLeft ? -14 : -6} text-anchor={toTheLeft ? 'end' : 'start'}>
        {t('market.profile.plotNow', { percent: remainingPercent(equivalentReviews, reviews) })}
      </text>
    </>
  )
}

/** How the weight of a certificate falls with the number of reviews, and where a worker with some reviews is. */
export function WeightPlot({ t, equivalentReviews, reviews, id }: { t: Translate; equivalentReviews: number; reviews?: number; id: string }) {
  const weightAt = (n: number) => ({ n, percent: remainingPercent(equivalentReviews, n) })
  const points = [0, 3, 5, 10, 20].map((n) => t('market.profile.weightPoint', weightAt(n))).join(t('list.comma'))
  const description = t('market.profile.weightPoints', { points }) + (reviews === undefined ? '' : t('market.profile.weightNow', weightAt(reviews)))
  const path = curve(equivalentReviews)
  return (
    <div class="plot-frame">
      <svg class="plot" height={HEIGHT} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{t('market.profile.weightPlot')}</title>
        <desc id={`${id}-text`}>{description}</desc>
        <svg width="100%" height={HEIGHT} viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" overflow="visible" aria-hidden="true">
          <path class="area" d={`${path}L100 ${HEIGHT}L0 ${HEIGHT}Z`} />
          <path class="curve" d={path} />
        </svg>
        <Frame t={t} />
        {reviews !== undefined && <Here t={t} equivalentReviews={equivalentReviews} reviews={reviews} />}
      </svg>
    </div>
  )
}
