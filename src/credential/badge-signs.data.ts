/** Hue (degrees) and sign of the exams that have their own. */
export const knownDesigns: Readonly<Record<string, { readonly hue: number; readonly kanji: string }>> = {
  'business-admin': { hue: 262, kanji: '務' },
  'web-writer': { hue: 160, kanji: '筆' },
}

/** The sign of an exam without one of its own: an examination. */
export const COMMON_SIGN = '検'

/** What is written under the sign where no certificate was issued. */
export const SPECIMEN = 'KENTEI · SPECIMEN 見本'
