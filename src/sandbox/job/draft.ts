import type { Instant } from '../../kernel/instant.ts'
import { indexedText } from '../../platform/words/full-text.ts'
import type { Band } from '../detector/judge/calibration.ts'
import type { Assessment } from '../detector/judge/detector.ts'
import type { Category } from '../people/worker.ts'
import type { JobState, Pay } from './job.ts'
import { clarityFactor, clarityOf, log2Factor, trustFactor } from './quality.ts'

/** A job as its client writes it. */
export interface Draft {
  readonly title: string
  readonly body: string
  readonly category: Category
  readonly pay: Pay
  readonly closesAt: Instant | null
  readonly headcount: number
}

/** What is found of a job. */
export const jobText = ({ title, body }: Pick<Draft, 'title' | 'body'>): string => indexedText([title, body])

/** A job as it is stored in a state, with what follows from its words. */
export function written(
  { title, body, category, pay, closesAt, headcount }: Draft,
  assessment: Assessment,
  state: JobState,
) {
  return {
    title,
    body,
    category,
    payType: pay.type,
    payAmount: pay.amount,
    closesAt,
    headcount,
    assessment,
    state,
    searchText: jobText({ title, body }),
    clarityScore: log2Factor(clarityFactor(clarityOf({ title, body, hasDeadline: closesAt !== null }))),
    suspicionScore: log2Factor(trustFactor(assessment.any, state !== 'published')),
  }
}

const states: Readonly<Record<Band, JobState>> = { publish: 'published', queue: 'queued', hold: 'held' }

/** What becomes of a new post. */
export const stateFor = (band: Band): JobState => states[band]

/** What becomes of a post that is edited. One that waits for a person goes on waiting, however harmless it has become. */
export function stateAfterEdit(state: JobState, band: Band): JobState {
  const caution: readonly JobState[] = ['published', 'queued', 'held']
  return caution.indexOf(stateFor(band)) > caution.indexOf(state) ? stateFor(band) : state
}
