import type { Language, Subjects } from '../../../../dist/texts.d.ts'
import badge from '../../../texts/badge?texts'

/** What the element can show: an answer's verdict, no answer yet, or that there is no such certificate or no more. */
export const states = [
  'valid',
  'expired',
  'suspended',
  'revoked',
  'invalid',
  'unknown',
  'missing',
  'erased',
  'asking',
] as const
export type State = (typeof states)[number]

/** A sentence with at most a day in it. What pages fill sentences in with would weigh more than the element. */
function say(locale: Language, key: keyof Subjects['badge'], day = ''): string {
  const message = badge[locale]?.[key] ?? ''
  return typeof message === 'string' ? message : message.map((part) => (part.type === 0 ? part.value : day)).join('')
}

export const stateWord = (locale: Language, state: State): string => say(locale, `badge.${state}`)

/** The date that belongs to a state: until when, since when, or on which day. */
export function dateLine(
  locale: Language,
  state: State,
  at: { readonly validUntil: string; readonly statusChangedAt?: string },
): string {
  if (state !== 'valid' && state !== 'expired' && state !== 'suspended' && state !== 'revoked') return ''
  const time = state === 'valid' || state === 'expired' ? at.validUntil : at.statusChangedAt
  return time
    ? say(
        locale,
        `badge.date.${state}`,
        new Date(time).toLocaleDateString(say(locale, 'badge.locale'), { timeZone: 'Asia/Tokyo', dateStyle: 'long' }),
      )
    : ''
}
