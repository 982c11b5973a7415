import { type Band, bands } from '../detector/judge/calibration.ts'
import type { Assessment } from '../detector/judge/detector.ts'
import type { Kind } from '../detector/judge/kinds.ts'

/** Where people write to others. */
export const surfaces = [
  'job',
  'contract',
  'application',
  'delivery',
  'note',
  'review',
  'introduction',
  'appeal',
] as const
export type Surface = (typeof surfaces)[number]

/** Contact and payment past the marketplace, which somebody may propose without meaning harm. */
const outside: readonly Kind[] = ['off-platform-contact', 'upfront-fee', 'work-before-escrow']
/** The same where "first an example, please" means no work before its payment: of workers, who ask nobody to work, and of contracts that are paid in. */
const outsideOfWorkers: readonly Kind[] = ['off-platform-contact', 'upfront-fee']

/** What is done about a text that the detector suspects, or that repeats what was taken down. */
export interface Screening {
  /** Whether a post waits for a person before anybody reads it. */
  readonly holds: boolean
  /** Whether the writer is told first, and may correct it or send it anyway. */
  readonly warns: boolean
  /** Kinds of which the writer is told; the detector has learnt from posts, and says less of other texts. */
  readonly kinds: readonly Kind[]
  /** From which band on. */
  readonly from: Exclude<Band, 'publish'>
}

/** What may be done about what people write, by where they write it. Nothing is taken down by a machine. */
export const screenings = {
  // of other kinds nobody is told: whoever means harm would only learn how to word it
  job: { holds: true, warns: true, kinds: outside, from: 'queue' },
  contract: { holds: false, warns: true, kinds: outside, from: 'hold' },
  application: { holds: false, warns: true, kinds: outsideOfWorkers, from: 'hold' },
  delivery: { holds: false, warns: true, kinds: outsideOfWorkers, from: 'hold' },
  // what a party says with another step of a contract: what to change, or why they take it
  note: { holds: false, warns: true, kinds: outsideOfWorkers, from: 'hold' },
  review: { holds: false, warns: true, kinds: outside, from: 'hold' },
  introduction: { holds: false, warns: true, kinds: outsideOfWorkers, from: 'hold' },
  // an operator reads every one, and nothing may stand before an appeal
  appeal: { holds: false, warns: false, kinds: [], from: 'hold' },
} as const satisfies Record<Surface, Screening>

/** Where the writer is asked first, and what is sent anyway reaches others at once. */
export type ScreenedSurface = {
  [S in Surface]: (typeof screenings)[S] extends { warns: true; holds: false } ? S : never
}[Surface]

/** Whether the writer of a text is told what was found in it before it is sent. What repeats a decided post is held as its case, and said by that. */
export function isWarnedOf(surface: Surface, { band, reasons, precedent }: Assessment): boolean {
  const { holds, warns, kinds, from }: Screening = screenings[surface]
  if (!warns || (precedent && precedent.how !== 'alike')) return warns && !holds
  const [likeliest] = reasons
  return bands.indexOf(band) >= bands.indexOf(from) && likeliest !== undefined && kinds.includes(likeliest.kind)
}
