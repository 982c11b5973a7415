/** A range on the 0–100 scale in which the score would move on another paper (about two times in three: ± 1 SEM). */
export interface ScoreBand {
  readonly low: number
  readonly high: number
}

export interface SectionReport {
  readonly topic: string
  readonly itemCount: number
  /** 0–100, rounded to one decimal. */
  readonly score: number
  readonly band: ScoreBand
  /** The section's own cut score, where it has one. */
  readonly passScore?: number
}

/** What a candidate learns of a graded attempt: never keys, and not which items were wrong. */
export interface ScoreReport {
  readonly passed: boolean
  /** 0–100, rounded to one decimal. */
  readonly score: number
  readonly passScore: number
  readonly band: ScoreBand
  readonly sections: readonly SectionReport[]
}
