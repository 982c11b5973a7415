import { plainAnswer } from '../../read-answer.ts'

/** An accepted answer for Moodle, where a bare star stands for any text. */
export const exactAnswer = (written: string): string => plainAnswer(written).replaceAll('*', '\\*')

/** What such an answer accepts, as text. */
export const literalAnswer = (answer: string): string => answer.replaceAll('\\*', '*')

export const holdsWildcard = (answer: string): boolean => /(?<!\\)\*/.test(answer)
