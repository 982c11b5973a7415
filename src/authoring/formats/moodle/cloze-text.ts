import type { BlankAnswer } from '../../bank-source.ts'
import { plainAnswer } from '../../compile-wording.ts'

/** Escapes what has a meaning within a gap of Moodle's cloze. */
const escapeGap = (text: string): string => text.replace(/[\\~}#/"]/g, '\\$&')

/** A stem with its gaps as Moodle's cloze has them: `{1:SHORTANSWER:=a~=b}` and `{1:MULTICHOICE:~a~=b}`. */
export function clozeText(stem: string, blanks: readonly BlankAnswer[]): string {
  return stem.replace(/\[\[\s*(\d{1,3})\s*(?:[:：]\s*([^[\]]*?)\s*)?\]\]/g, (whole, digits: string, choices?: string) => {
    const accepted = blanks.find(({ ref }) => ref === String(Number(digits)))?.accepted
    if (!accepted) return whole
    if (choices === undefined) return `{1:SHORTANSWER:${accepted.map((text) => `=${escapeGap(plainAnswer(text)).replaceAll('*', '\\*')}`).join('~')}}`
    const texts = choices.split(/\\?\|/).map((choice) => choice.trim())
    return `{1:MULTICHOICE:${texts.map((text) => `${accepted.includes(text) ? '=' : ''}${escapeGap(text)}`).join('~')}}`
  })
}
