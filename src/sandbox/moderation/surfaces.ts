import type { Band } from '../detector/judge/calibration.ts'
import type { Kind } from '../detector/judge/kinds.ts'

/** Where people write to others. */
export const surfaces = ['job', 'contract', 'application', 'delivery', 'review', 'introduction', 'appeal'] as const
export type Surface = (typeof surfaces)[number]

/** Contact and payment past the marketplace, which somebody may propose without meaning harm. */
const outside: readonly Kind[] = ['off-platform-contact', 'upfront-fee', 'work-before-escrow']

/** What is done about a text that the detector suspects, or that repeats what was taken down. */
export interface Screening {
  /** Whether a post waits for a person before anybody reads it. */
  readonly holds: boolean
  /** Whether the writer is told first, and may correct it or send it anyway. */
  readonly warns: boolean
  /** Kinds that are looked for; the detector has learnt from posts, and says less of other texts. */
  readonly kinds: readonly Kind[] | 'all'
  /** From which band on. */
  readonly from: Exclude<Band, 'publish'>
}

/** What may be done about what people write, by where they write it. Nothing is taken down by a machine. */
export const screenings = {
  job: { holds: true, warns: false, kinds: 'all', from: 'queue' },
  contract: { holds: false, warns: true, kinds: outside, from: 'hold' },
  application: { holds: false, warns: true, kinds: outside, from: 'hold' },
  delivery: { holds: false, warns: true, kinds: outside, from: 'hold' },
  review: { holds: false, warns: true, kinds: outside, from: 'hold' },
  introduction: { holds: false, warns: true, kinds: outside, from: 'hold' },
  // an operator reads every one, and nothing may stand before an appeal
  appeal: { holds: false, warns: false, kinds: [], from: 'hold' },
} as const satisfies Record<Surface, Screening>

/** Where the writer is asked first. */
export type ScreenedSurface = {
  [S in Surface]: (typeof screenings)[S]['warns'] extends true ? S : never
}[Surface]
