import type { Reason } from '@kentei/verify/parts'
import type { Issue, Problem } from '../kernel/problem.ts'
import { fail, type Result } from '../kernel/result.ts'
import type { SharedCode } from '../platform/http/problem-document.ts'
import type { Kind } from './detector/judge/kinds.ts'

/** Every refusal the sandbox can give: those it shares with the plugin, and those that only a marketplace gives. */
export type SandboxProblem =
  | Extract<Problem, { readonly code: SharedCode }>
  | { readonly code: 'worker-erased' }
  | { readonly code: 'badge-refused'; readonly reason: Reason }
  /** The thing is in a state in which this step is not possible. */
  | { readonly code: 'wrong-state'; readonly state: string; readonly detail: string }
  /** The time for it is over, or has not come. */
  | { readonly code: 'window-closed'; readonly detail: string; readonly closedAt?: string }
  /** It was done before and can be done once. */
  | { readonly code: 'already-done'; readonly detail: string }
  /** An operator took it down; it returns by itself at `until`, if ever. */
  | { readonly code: 'taken-down'; readonly until: string | null }
  /** Another person has to do it. */
  | { readonly code: 'same-person'; readonly detail: string }
  /** It looks like what the rules forbid; the writer may correct it, or send it anyway. */
  | {
      readonly code: 'text-warned'
      readonly kinds: readonly Kind[]
      /** The sentences that it was found by; what repeats, where it repeats what was taken down. */
      readonly found: readonly string[]
      /** Whether it repeats what was taken down. */
      readonly repeats: boolean
      /** What becomes of it when it is sent anyway: it reaches others, or waits until a person has looked at it. */
      readonly becomes: 'sent' | 'published' | 'held'
    }
  /** The person's standing does not allow it. */
  | { readonly code: 'standing'; readonly standing: string }

/** Outcome of an act of the sandbox. */
export type Outcome<T> = Result<T, SandboxProblem>

/** Refuses input that is not well formed, with what is wrong where. */
export const malformed = (issues: readonly Issue[]): { readonly ok: false; readonly problem: SandboxProblem } =>
  fail({ code: 'malformed', issues })
