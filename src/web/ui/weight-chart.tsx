import { WeightPlot } from '../../platform/page/weight-plot.tsx'
import { weightAfter } from '../../ranking/ranking-signal.ts'
import type { PageContext } from './page-context.ts'

/** How a new certificate's weight fades as a worker's own reviews come in: a plot, and the same as a table for those who hear it. */
export const WeightChart = ({
  context: { t },
  equivalentReviews,
}: {
  context: PageContext
  equivalentReviews: number
}) => {
  const shareAfter = (reviews: number) => weightAfter(equivalentReviews, reviews)
  const points = [0, 3, 5, 10, 20].map((reviews) => ({ reviews, percent: Math.round(shareAfter(reviews) * 100) }))
  const words = {
    title: t('weight.chart'),
    description: points.map((point) => t('weight.point', point)).join(t('list.comma')),
    axis: t('weight.axis'),
    count: (reviews: number) => t('weight.tick', { reviews }),
  }
  return (
    <WeightPlot
      id="weight"
      height={150}
      shareAfter={shareAfter}
      words={words}
      here={{ reviews: 0, label: t('weight.now', { percent: 100 }) }}
    >
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
            {points.map(({ reviews, percent }) => (
              <tr>
                <td>{reviews}</td>
                <td>{`${percent}%`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </WeightPlot>
  )
}
