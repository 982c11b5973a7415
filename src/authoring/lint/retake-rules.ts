import { simulateRetakes } from '../../form/simulate-retakes.ts'
import type { ExamDefinition } from '../../item/bank.ts'
import type { Item, Locale } from '../../item/item.ts'
import type { CompileMemory } from '../compile-memory.ts'
import { sha256 } from '../content-hash.ts'
import { type Report, warning } from '../diagnostic.ts'
import { say } from '../said.ts'

/** Workers who retake on trial. Fewer for large pools, where each draw costs more and fails less. */
const workersFor = (items: number): number => (items > 1_000 ? 1 : 5)

const percent = (share: number): string => `${Math.round(share * 100)}%`

interface RetakeContext {
  readonly locale: Locale
  /** Tells pools apart of which other papers are drawn. */
  readonly facts: string
  readonly report: Report
  readonly memory: CompileMemory
}

/** Whether somebody who retakes as often as a year allows gets papers as far apart as `own_overlap` asks. */
export function lintRetakes(
  exam: ExamDefinition,
  live: readonly Item[],
  { locale, facts, report, memory }: RetakeContext,
): void {
  const { mostOwnOverlap: cap, mostOverlap, retake } = exam
  if (cap === undefined) return
  const { overlap } = memory.once(`trial retakes ${locale}`, [memory, facts, cap, mostOverlap, retake.perYear], () =>
    simulateRetakes(
      { exam, items: live, hash: '' },
      { locale, workers: workersFor(live.length), seed: sha256('retakes').slice(0, 32) },
    ),
  )
  if (overlap.most <= cap) return
  report(
    { line: 1, column: 1 },
    warning(
      'pool/own-overlap',
      say('finding.ownOverlap', { perYear: retake.perYear, most: percent(overlap.most), locale, cap: percent(cap) }),
      say('advice.writeMoreOrReviewOverlap'),
    ),
  )
}
