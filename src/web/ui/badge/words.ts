/** What the element can show: an answer's verdict, no answer yet, or that there is no such certificate or no more. */
export const states = ['valid', 'expired', 'suspended', 'revoked', 'invalid', 'unknown', 'missing', 'erased', 'asking'] as const
export type State = (typeof states)[number]
export type Locale = 'ja' | 'en'

export const words: Readonly<Record<Locale, Readonly<Record<State, string>>>> = {
  ja: {
    valid: '有効',
    expired: '期限切れ',
    suspended: '一時停止中',
    revoked: '取消し',
    invalid: '無効',
    unknown: 'いまは確認できません',
    missing: '証明書が見つかりません',
    erased: 'この証明書は削除されました',
    asking: '確認しています',
  },
  en: {
    valid: 'Valid',
    expired: 'Expired',
    suspended: 'Suspended',
    revoked: 'Revoked',
    invalid: 'Invalid',
    unknown: 'Not verified now',
    missing: 'No such certificate',
    erased: 'This certificate was erased',
    asking: 'Checking',
  },
}

const zone = { timeZone: 'Asia/Tokyo', dateStyle: 'long' } as const

/** The date that belongs to a state: until when, since when, or on which day. */
export function dateLine(locale: Locale, state: State, at: { readonly validUntil: string; readonly statusChangedAt?: string }): string {
  const day = (time: string) => new Date(time).toLocaleDateString(locale === 'ja' ? 'ja' : 'en-GB', zone)
  if (state === 'valid' || state === 'expired') return locale === 'ja' ? `${day(at.validUntil)}まで` : `${state === 'valid' ? 'until' : 'on'} ${day(at.validUntil)}`
  if (!at.statusChangedAt) return ''
  if (state === 'suspended') return locale === 'ja' ? `${day(at.statusChangedAt)}から確認中` : `in review since ${day(at.statusChangedAt)}`
  return state === 'revoked' ? day(at.statusChangedAt) : ''
}
