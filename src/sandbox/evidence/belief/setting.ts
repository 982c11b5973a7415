import type { Instant } from '../../../kernel/instant.ts'

/**
 * How much the newcomers of an exam's category get in the search. Bold: two places of the row, one of them without a lot in
 * the days after a pass, and weekly notices. Cautious: one place, by lot alone, and no notices.
 */
export const settings = ['bold', 'cautious'] as const
export type Setting = (typeof settings)[number]

/** What holds for an exam until an operator changes it. */
export const FIRST_SETTING: Setting = 'bold'

/** A change of an exam's setting by an operator. */
export interface SettingChange {
  readonly exam: string
  /** Of the exam's changes the how manieth, from 1. */
  readonly version: number
  readonly setting: Setting
  readonly operator: string
  readonly note: string
  readonly at: Instant
}
