/** What is written when an attempt is graded. A candidate is shown less of it: `candidateReport`. */
export interface ScoreReport {
  readonly passed: boolean
  /** 0–100, cut to one decimal. */
  readonly score: number
  readonly passScore: number
}
