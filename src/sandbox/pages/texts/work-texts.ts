import { figureTexts } from './figure-texts.ts'
import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

/** A worker's contracts, as everybody may see them. */
export interface WorkTexts {
  readonly title: string
  /** What there is to say of somebody without contracts; with reviews from before the marketplace kept contracts. */
  readonly none: string
  readonly onlyPast: string
  readonly stages: { readonly agreed: string; readonly funded: string; readonly delivered: string; readonly paid: string }
  contracts(n: number): string
  readonly clients: string
  people(n: number): string
  readonly refunded: string
  readonly running: string
  readonly median: string
  /** A range of yen, `5000-19999`; the last one has no end. */
  range(bucket: string): string
  readonly concluded: string
  readonly concludedText: string
  workOf(category: string): string
  readonly paid: string
  readonly viaEscrow: string
  reviewsWait(left: string): string
  readonly noReviews: string
  byWorker(name: string): string
  readonly byClients: string
}

function ends(bucket: string, yen: (amount: number) => string): readonly [from: string, to: string | undefined] {
  const [from = '', to = ''] = bucket.split('-')
  return [yen(Number(from)), to === '' ? undefined : yen(Number(to))]
}

export const workTexts: Readonly<Record<Locale, WorkTexts>> = isolating({
  ja: {
    title: '仮払いの流れ',
    none: 'この市場での契約は、まだありません。',
    onlyPast: 'はじめから入っている見本の評価には、契約の記録がありません。',
    stages: { agreed: '契約', funded: '仮払い', delivered: '納品', paid: '支払い' },
    contracts: (n) => `${n}件`,
    clients: '依頼者',
    people: (n) => `${n}人`,
    refunded: '返金',
    running: '進行中',
    median: '金額の中心',
    range: (bucket) => {
      const [from, to] = ends(bucket, figureTexts.ja.yen)
      return to === undefined ? `${from}から` : `${from}〜${to}`
    },
    concluded: '完了した契約',
    concludedText: '評価は、双方が書くか30日たつと、同時に公開されます',
    workOf: (category) => `${category}の仕事`,
    paid: '支払い済み',
    viaEscrow: '仮払いで契約',
    reviewsWait: (left) => `評価待ち（${left}）`,
    noReviews: '評価は書かれませんでした。',
    byWorker: (name) => `${name}から依頼者へ`,
    byClients: '依頼者から',
  },
  en: {
    title: 'Through escrow',
    none: 'No contracts on this marketplace yet.',
    onlyPast: 'The sample reviews that were here from the start have no contracts.',
    stages: { agreed: 'Agreed', funded: 'Paid in', delivered: 'Delivered', paid: 'Paid out' },
    contracts: (n) => String(n),
    clients: 'Clients',
    people: (n) => String(n),
    refunded: 'Refunded',
    running: 'Under way',
    median: 'Typical amount',
    range: (bucket) => {
      const [from, to] = ends(bucket, figureTexts.en.yen)
      return to === undefined ? `${from} or more` : `${from} to ${to}`
    },
    concluded: 'Completed contracts',
    concludedText: 'Reviews are shown together: once both are written, or after 30 days',
    workOf: (category) => category,
    paid: 'Paid out',
    viaEscrow: 'Through escrow',
    reviewsWait: (left) => `Reviews open (${left})`,
    noReviews: 'Nobody wrote a review.',
    byWorker: (name) => `From ${name} to clients`,
    byClients: 'From clients',
  },
})
