import { WeightPlot } from '../../../platform/page/weight-plot.tsx'
import { remainingWeight } from '../../search/quality.ts'
import { remainingPercent } from '../../search/reasons.ts'
import type { Translate } from '../texts.ts'

/** How the weight of a certificate falls with reviews, and where a worker is whose reviews weigh so much. */
export function FadingWeight({
  t,
  equivalentReviews,
  reviews,
  id,
}: {
  t: Translate
  equivalentReviews: number
  reviews?: number
  id: string
}) {
  const weightAt = (n: number) => ({ n, percent: remainingPercent(equivalentReviews, n) })
  const points = [0, 3, 5, 10, 20].map((n) => t('market.profile.weightPoint', weightAt(n))).join(t('list.comma'))
  const words = {
    title: t('market.profile.weightPlot'),
    description:
      t('market.profile.weightPoints', { points }) +
      (reviews === undefined
        ? ''
        : t('market.profile.weightNow', { ...weightAt(reviews), n: Math.round(reviews * 10) / 10 })),
    axis: t('market.profile.axisReviews'),
    count: (n: number) => t('market.profile.plotCount', { n }),
  }
  const here =
    reviews === undefined
      ? undefined
      : { reviews, label: t('market.profile.plotNow', { percent: remainingPercent(equivalentReviews, reviews) }) }
  return (
    <WeightPlot
      id={id}
      height={120}
      shareAfter={(n) => remainingWeight(equivalentReviews, n)}
      words={words}
      here={here}
    />
  )
}
