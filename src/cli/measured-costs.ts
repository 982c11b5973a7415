/** What something asks of a database, as D1 counts it. */
export interface Cost {
  readonly requests: number
  readonly statements: number
  readonly rowsRead: number
  readonly rowsWritten: number
  /** By how much the database grows. */
  readonly storedBytes: number
}

/** What is counted, in the order in which it is shown. */
export const COUNTED = ['requests', 'statements', 'rowsRead', 'rowsWritten', 'storedBytes'] as const

/** What is measured. */
export type Costs = Readonly<Record<'exam' | 'verification' | 'minute', Cost>>

/**
 * As measured in workerd by `npm run bench cost`: `exam`, a paper of 20 items of a shipped exam, which is passed, each saved by itself, from
 * its launch to its result, with the messages to the marketplace; `verification`, one of a badge by the API; `minute`, a run of
 * the cron trigger with nothing to do.
 */
export const measuredCosts: Costs = {
  exam: { requests: 25, statements: 106, rowsRead: 914, rowsWritten: 313, storedBytes: 33_400 },
  verification: { requests: 1, statements: 2, rowsRead: 5, rowsWritten: 0, storedBytes: 0 },
  minute: { requests: 0, statements: 20, rowsRead: 28, rowsWritten: 0, storedBytes: 0 },
}
