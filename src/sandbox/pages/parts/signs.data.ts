import type { Category } from '../../people/worker.ts'

/** The sign of an exam, and of one that is not known here. */
export const examSigns: Readonly<Record<Category, string>> = { 'business-admin': '務', 'web-writer': '文' }
export const COMMON_SIGN = '検'

/** The sign of the marketplace. */
export const MARKET_SIGN = '例'

/** What says in the name of a badge which grade it is. */
export const GRADE = /級|Grade/
