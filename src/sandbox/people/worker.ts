import type { Instant } from '../../kernel/instant.ts'

/** Kinds of work people offer. A category carries the id of the exam that certifies it. */
export const categories = ['business-admin', 'web-writer'] as const
export type Category = (typeof categories)[number]

export const isCategory = (text: string): text is Category => (categories as readonly string[]).includes(text)

export const standings = ['good', 'restricted', 'suspended'] as const
export type StandingStatus = (typeof standings)[number]

export interface Worker {
  readonly id: string
  readonly name: string
  /** The name in Latin letters. */
  readonly reading: string
  readonly categories: readonly Category[]
  readonly skillsJa: string
  readonly skillsEn: string
  /** Yen per hour. */
  readonly hourlyRate: number
  readonly joinedAt: Instant
  /** When they last did something here, to the day. */
  readonly lastSeenAt: Instant
  readonly standing: StandingStatus
  /** Grows by one with every decision about the standing. */
  readonly standingVersion: number
  readonly erasedAt: Instant | null
}
