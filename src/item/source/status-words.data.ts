import type { ItemStatus, Locale } from '../item.ts'

/** How a status is written in each language. */
export const STATUS_WORDS: Readonly<Record<ItemStatus, Readonly<Record<Locale, string>>>> = {
  live: { ja: '公開', en: 'live' },
  dormant: { ja: '控え', en: 'dormant' },
  draft: { ja: '下書き', en: 'draft' },
  pilot: { ja: '試験導入', en: 'pilot' },
  retired: { ja: '廃止', en: 'retired' },
  honeypot: { ja: 'おとり', en: 'honeypot' },
  practice: { ja: '練習', en: 'practice' },
}
