import type { Restriction } from '../../moderation/decision/actions.ts'
import type { StatementOfReasons } from '../../moderation/decision/statement.ts'
import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

/** The headings and fixed sentences of a statement of reasons. */
export interface StatementTexts {
  readonly decided: string
  /** What an effect means for whom it concerns. */
  readonly effects: Readonly<Record<Restriction['effect'], string>>
  readonly everywhere: string
  /** How far a decision about a certificate reaches. */
  readonly whereverShown: string
  readonly nothingLasts: string
  readonly duration: string
  lasts(from: string, until: string | undefined): string
  readonly rule: Readonly<Record<'law' | 'terms', string>>
  readonly noRule: string
  readonly facts: string
  readonly source: string
  readonly sources: Readonly<Record<StatementOfReasons['source'], string>>
  readonly automation: string
  automated(detected: boolean): string
  readonly redress: string
  appealUntil(moment: string): string
  readonly appealFinal: string
  readonly courts: string
}

export const statementTexts: Readonly<Record<Locale, StatementTexts>> = isolating({
  ja: {
    decided: '決めたこと',
    effects: {
      'take-down': '募集を表示しません。',
      restrict: '利用を制限します。',
      suspend: '利用を停止します。',
      'suspend-credential': '認定を一時停止します。',
      'revoke-credential': '認定を取り消します。',
    },
    everywhere: 'この市場の全体に及びます。',
    whereverShown: '認定が表示されるすべての場所に及びます。',
    nothingLasts: '続く措置はありません。',
    duration: '期間',
    lasts: (from, until) => (until === undefined ? `${from} から、期限なし` : `${from} から ${until} まで`),
    rule: { terms: '根拠となる決まり', law: '根拠となる法令' },
    noRule: '決まりへの違反は、認められませんでした。',
    facts: '事実と理由',
    source: 'きっかけ',
    sources: { reports: '利用者からの通報', 'own-initiative': '運営自身の確認', plugin: '検定サービスからの知らせ' },
    automation: '自動の処理',
    automated: (detected) => `${detected ? '自動の検出で見つかりました。' : '自動の検出は使っていません。'}決定は担当者が行いました。`,
    redress: '不服の申立て',
    appealUntil: (moment) => `${moment} まで、無料で申し立てられます。この決定をした人とは別の担当者が見直します。`,
    appealFinal: '不服の申立てを経た、最後の決定です。',
    courts: '裁判所に訴えることもできます。',
  },
  en: {
    decided: 'What was decided',
    effects: {
      'take-down': 'The job post is not shown.',
      restrict: 'The account is restricted.',
      suspend: 'The account is suspended.',
      'suspend-credential': 'The certificate is suspended.',
      'revoke-credential': 'The certificate is revoked.',
    },
    everywhere: 'This applies in the whole marketplace.',
    whereverShown: 'This applies wherever it is shown.',
    nothingLasts: 'Nothing that lasts.',
    duration: 'For how long',
    lasts: (from, until) => (until === undefined ? `From ${from}, without an end` : `From ${from} to ${until}`),
    rule: { terms: 'The rule behind it', law: 'The law behind it' },
    noRule: 'No breach of the rules was found.',
    facts: 'Facts and reasons',
    source: 'What brought it up',
    sources: { reports: 'Reports by users', 'own-initiative': 'The marketplace’s own initiative', plugin: 'A notice of the certification service' },
    automation: 'Automated means',
    automated: (detected) => `${detected ? 'It was detected by automated means.' : 'No automated means were used to detect it.'} A person decided.`,
    redress: 'How to appeal',
    appealUntil: (moment) => `You may appeal until ${moment}, free of charge. Another person than the one who decided will look at it.`,
    appealFinal: 'This follows an appeal and is final here.',
    courts: 'You may also go to court.',
  },
})
