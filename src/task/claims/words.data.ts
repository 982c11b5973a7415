import type { Locale } from '../../item/item.ts'
import type { Verdict } from './family.ts'
import type { ClaimPart, MESSAGE_FIELD } from './present.ts'

/** What fields and verdicts are called. */
export const CLAIM_LABELS: Readonly<
  Record<Locale, Readonly<Record<ClaimPart | typeof MESSAGE_FIELD | Verdict, string>>>
> = {
  ja: {
    verdict: '判定',
    correction: '正しい語や数',
    source: '根拠の資料',
    reason: '理由',
    replacement: '代わりの文',
    message: '確認の文',
    right: '合っている',
    wrong: '違う',
    unknown: '資料からは言えない',
    keep: 'このまま',
    fix: '直す',
    check: '根拠を確かめる',
  },
  en: {
    verdict: 'verdict',
    correction: 'right words or number',
    source: 'source',
    reason: 'reason',
    replacement: 'replacement',
    message: 'Message',
    right: 'right',
    wrong: 'wrong',
    unknown: 'the sources do not say',
    keep: 'keep',
    fix: 'fix',
    check: 'ask for evidence',
  },
}

/** What corrections are read with. Texts come in NFKC, in small letters and without spaces. */
export const CORRECTION_WORDS = {
  /** What comes before is what stood there: 「75店→51店」, 「75店ではなく51店」. */
  instead: /^.*(?:→|⇒|->|=>|ではなく(?:て)?|でなく(?:て)?|じゃなく(?:て)?)(?=.)/su,
  marks: /[「」『』“”"'、。]/gu,
  /** Other words for the same unit. */
  same: [
    [/(?:パーセント|%)ポイント/gu, 'ポイント'],
    [/パーセント/gu, '%'],
    [/時半/gu, '時30分'],
    [/(\d+):(\d\d)(?!\d)/gu, '$1時$2分'],
    [/時0+分/gu, '時'],
    [/(\d+)月(\d+)日/gu, '$1/$2'],
  ] as const satisfies readonly (readonly [RegExp, string])[],
  /** A number with its units, 1億2,000万. */
  units: { 億: 100_000_000, 万: 10_000, 千: 1_000 } as Readonly<Record<string, number>>,
  scaled: /\d+(?:\.\d+)?[億万千](?:\d+(?:\.\d+)?[億万千])*(?:\d+(?:\.\d+)?)?/gu,
  step: /(\d+(?:\.\d+)?)([億万千]?)/gu,
  /** What may follow a word without being a part of it. */
  particle: /(?:から|まで|です|でした|という|で|の|に|は|が|を|も|と|へ|だ)$/u,
  /** What may follow wrong words to say that they are wrong; 「店舗数ではない」 may count something with them. */
  refusal:
    /^.{0,3}?(?:(?:では|じゃ|で)(?:ない|なく|ありません|ございません)(?:です)?|は、?(?:誤り|間違い|違い|違う|×)(?:です|ます)?)/su,
  /** What turns a word into its opposite. */
  negation: /はな[いく]|でな[いく]|じゃな[いく]|ありませ|違/u,
} as const

/** What the second grader brings into one spelling. Texts come in NFKC and without spaces. */
export const CORRECTION_SPELLINGS = {
  units: CORRECTION_WORDS.units,
  scaled: CORRECTION_WORDS.scaled,
  step: CORRECTION_WORDS.step,
  afternoon: /(?:午後|pm)(\d{1,2})(?=[時:])/giu,
  same: [
    [/(?:午前|am)(?=\d{1,2}[時:])/giu, ''],
    [/正午/gu, '12時'],
    [/(?<=\d)[カヵケヶ箇ヵ](?=[月国所年条])/gu, 'か'],
  ] as const satisfies readonly (readonly [RegExp, string])[],
} as const

/** What the simulated candidates write. */
export const CLAIMS_BOT_WORDS = {
  /** Sentences that say nothing. */
  plain: ['ご紹介します。', 'お読みください。', 'ここに書きます。'],
  /** A replacement and a message that fit any text. */
  replacement: '肌や体をすこやかに保つ手助けをし、うるおいを与えて整えます。※広告（提供を受けて書いています）。',
  message:
    'いつもお世話になっております。原稿を拝見し、いくつかの表現について、根拠を確かめたい所がありました。代わりの案を添えますので、差し替えてよいか、お手すきの折にご確認のうえ、ご判断をお知らせください。どうぞよろしくお願いいたします。',
  polite: 'お忙しいところ恐れ入りますが、どうぞよろしくお願いいたします。',
  about: (names: readonly string[], facts: readonly string[]) =>
    `${names.map((name) => `「${name}」`).join('')}の所です。${facts.join('、')}。`,
  correction: '要確認',
  unit: /^(\d+)\D+$/u,
} as const
