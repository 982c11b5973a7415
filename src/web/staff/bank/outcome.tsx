import { Note } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'

export const outcomes = [
  'handed',
  'live',
  'approved',
  'returned',
  'withdrawn',
  'rolled',
  'refused',
  'stale',
  'malformed',
] as const
/** What came of the act that led to this page. */
export interface Outcome {
  readonly kind: (typeof outcomes)[number]
  /** Where and what, of a file that could not be taken. */
  readonly detail?: string
}

const bad = new Set<Outcome['kind']>(['refused', 'stale', 'malformed'])

export const OutcomeNote = ({ context: { t }, outcome }: { context: PageContext; outcome?: Outcome }) =>
  outcome ? (
    <Note tone={bad.has(outcome.kind) ? 'bad' : 'ok'} icon={bad.has(outcome.kind) ? 'alert' : 'check'}>
      <p>{t(`bank.done.${outcome.kind}`, { detail: outcome.detail ?? '' })}</p>
    </Note>
  ) : null
