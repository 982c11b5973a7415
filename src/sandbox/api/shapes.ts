import * as z from 'zod'

/** Shapes of answers that more than one kind of call has. */

export const id = z.string()
/** A time as it is written: UTC, to the millisecond. */
export const time = z.iso.datetime()
export const timeOrNone = time.nullable()
export const yen = z.int().min(0)
export const version = z.int().min(1)
/** The `after` of the next page; null on the last. */
export const next = z.string().nullable().describe('The `after` of the next page; null on the last.')
export const inLanguages = z.object({ ja: z.string(), en: z.string() })
/** A code that never changes its meaning, and a sentence. */
export const because = z.array(z.object({ code: z.string(), text: inLanguages }))
