import { type Axis, axes } from '../../review/totals.ts'
import type { Translate } from '../texts.ts'

/** Scores of the five axes, 1..5; undefined where there are none. */
export type AxisScores = Readonly<Record<Axis, number>> | undefined

/** A bar whose empty end is 1 and whose full end is 5. */
const Meter = ({ score }: { score: number | undefined }) => (
  <svg class={score === undefined ? 'meter empty' : 'meter'} aria-hidden="true">
    {score !== undefined && <rect width={`${Math.max(0, (score - 1) * 25).toFixed(1)}%`} height="100%" />}
  </svg>
)

/** Scores under their names, 1..5 each. */
export const ScoreList = ({
  scores,
  compact,
}: {
  scores: readonly { readonly name: string; readonly score: number | undefined }[]
  compact?: boolean
}) => (
  <dl class={compact ? 'axis-list compact' : 'axis-list'}>
    {scores.map(({ name, score }) => (
      <div>
        <dt>{name}</dt>
        <dd aria-hidden="true">
          <Meter score={score} />
        </dd>
        <dd>{score === undefined ? '–' : score.toFixed(1)}</dd>
      </div>
    ))}
  </dl>
)

/** The five axes on which workers are judged, one below the other. */
export const AxisList = ({ t, scores, compact }: { t: Translate; scores: AxisScores; compact?: boolean }) => (
  <ScoreList
    scores={axes.map((axis) => ({ name: t(`market.axis.${axis}`), score: scores?.[axis] }))}
    {...(compact ? { compact } : {})}
  />
)
