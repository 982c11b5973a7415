import type { Instant } from '../../../src/kernel/instant.ts'
import { type Draft, stateFor, written } from '../../../src/sandbox/job/job.ts'
import type { NewJob } from '../../../src/sandbox/job/store.ts'
import { assessed } from './job-board.ts'

export interface RowOfJob extends Partial<Draft> {
  readonly id: string
  readonly postNumber: number
  readonly now: Instant
  readonly client?: string
  /** Probability of a breach, 0..1. */
  readonly any?: number
}

/** A job as posting would write it. */
export function jobRow({ id, postNumber, now, client = 'cli_01', any = 0, ...rest }: RowOfJob): NewJob {
  const draft: Draft = {
    title: 'データの入力',
    body: '表にまとめてください。全部で百件あります。',
    category: 'business-admin',
    pay: { type: 'fixed', amount: 1_000 },
    closesAt: null,
    headcount: 1,
    welcomesNewcomers: false,
    ...rest,
  }
  const assessment = assessed(any)
  return {
    id,
    client,
    clientStanding: 'good',
    postNumber,
    requestKey: null,
    now,
    ...written(draft, assessment, stateFor(assessment.band)),
  }
}
