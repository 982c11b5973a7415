import { grouped } from '../slots.ts'
import type { FormatName } from './family.ts'
import { HALF_WIDTH_KANA, ROMAJI } from './kana.data.ts'

// How the values of cells are written.

/** Full-width forms of everything in ASCII that has one. */
export const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

export const halfWidthKana = (text: string): string => [...text].map((sign) => HALF_WIDTH_KANA[sign] ?? sign).join('')

/** Katakana as hiragana. */
export const hiragana = (text: string): string =>
  text.replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60))

/** A name in letters, for mail addresses. */
export const romaji = (kana: string): string => {
  let letters = ''
  for (let at = 0; at < kana.length; ) {
    const pair = ROMAJI[kana.slice(at, at + 2)]
    letters += pair ?? ROMAJI[kana.charAt(at)] ?? ''
    at += pair === undefined ? 1 : 2
  }
  return letters
}

/** A value in a format. Phones come with hyphens, dates as `YYYY-MM-DD`, amounts and postal codes as digits. */
export const FORMATS: Readonly<Record<FormatName, (value: string) => string>> = {
  'phone-hyphens': (phone) => phone,
  'phone-digits': (phone) => phone.replaceAll('-', ''),
  'date-slashes': (date) => date.replaceAll('-', '/'),
  'date-hyphens': (date) => date,
  'date-digits': (date) => date.replaceAll('-', ''),
  'amount-commas': grouped,
  'amount-digits': (amount) => amount,
  'postal-hyphen': (code) => `${code.slice(0, 3)}-${code.slice(3)}`,
  'postal-digits': (code) => code,
}

/** Formats of one content, so that a wrong one can be taken. */
export const FORMATS_OF = {
  phone: ['phone-hyphens', 'phone-digits'],
  date: ['date-slashes', 'date-hyphens', 'date-digits'],
  amount: ['amount-digits', 'amount-commas'],
  'postal-code': ['postal-digits', 'postal-hyphen'],
} as const satisfies Readonly<Record<string, readonly FormatName[]>>
