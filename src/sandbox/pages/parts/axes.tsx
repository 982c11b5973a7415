import { type Axis, axes } from '../../people/worker.ts'
import type { Texts } from '../texts/texts.ts'

/** Scores of the five axes, 1..5; undefined where there are none. */
export type AxisScores = Readonly<Record<Axis, number>> | undefined

/** A bar whose empty end is 1 and whose full end is 5. */
const Meter = ({ score }: { score: number | undefined }) => (
  <svg class={score === undefined ? 'meter empty' : 'meter'} aria-hidden="true">
    {score !== undefined && <rect width={`${Math.max(0, (score - 1) * 25).toFixed(1)}%`} height="100%" />}
  </svg>
)

/** The five axes one below the other. */
export const AxisList = ({ t, scores, compact }: { t: Texts; scores: AxisScores; compact?: boolean }) => (
  <dl class={compact ? 'axis-list compact' : 'axis-list'}>
    {axes.map((axis) => (
      <div>
        <dt>{t.axis[axis]}</dt>
        <dd aria-hidden="true">
          <Meter score={scores?.[axis]} />
        </dd>
        <dd>{scores ? scores[axis].toFixed(1) : '–'}</dd>
      </div>
    ))}
  </dl>
)
