import type { Problem } from './problem.ts'

/** Outcome of an act that may be refused. Refusals are values; a throw is a bug. */
export type Result<T, P = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: P }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export const fail = <P>(problem: P): { readonly ok: false; readonly problem: P } => ({ ok: false, problem })
