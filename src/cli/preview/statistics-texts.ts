import type { Language } from '../../authoring/diagnostic.ts'
import type { ItemFlag } from '../../measurement/item-flags.ts'
import type { DiscriminationRating, FacilityRating } from '../../measurement/rate-statistics.ts'

const ja = {
  title: '実際の試験での成績',
  locale: { ja: '日本語', en: '英語' },
  papers: (n: number, date: string) => `${n.toLocaleString('ja')}人が受験（${date} まで）。`,
  few: 'まだ少ないので、目安です。',
  /** Between sentences. */
  space: '',
  facility: {
    'very-easy': 'とてもやさしい問題です。',
    easy: 'やさしめの問題です。',
    middling: 'ほどよい難しさです。',
    hard: '難しめの問題です。',
    'very-hard': 'とても難しい問題です。',
  } satisfies Record<FacilityRating, string>,
  discrimination: {
    unknown: '力の差を見分けるかどうかは、まだ分かりません。',
    reversed: '力のある人ほど間違える傾向があります。',
    weak: '力の差をあまり見分けません。',
    fair: '力の差をいくらか見分けます。',
    good: '力の差をよく見分けます。',
    strong: '力の差をとてもよく見分けます。',
  } satisfies Record<DiscriminationRating, string>,
  facilityFigures: (value: string, low: string, high: string) => `得点率 ${value}（95%信頼区間 ${low}〜${high}）`,
  discriminationFigures: (value: string, low: string, high: string) => `識別力 ${value}（${low}〜${high}）`,
  unanswered: (share: string) => `無回答 ${share}`,
  seconds: (seconds: string) => `回答までの中央値 ${seconds}秒`,
  flags: {
    'too-easy': 'ほぼ全員が正解します。誤りの選択肢を、ありがちな間違いに近づけてください。',
    'too-hard': '当て推量とほぼ変わりません。問い方が紛らわしくないか、範囲を超えていないかを確かめてください。',
    'low-discrimination': '知っている人と知らない人を見分けていません。問題文があいまいでないか確かめてください。',
    'negative-discrimination': '力のある人ほど間違えています。正解の指定が誤っていないか、まず確かめてください。',
    'unpicked-option': '誰も選ばなかった選択肢があります。ありがちな間違いに書き換えると、問題が働きます。',
  } satisfies Record<ItemFlag, string>,
  options: '選ばれた回数',
  option: '選択肢',
  picks: '回数',
  share: '割合',
  key: '正解',
  nobody: '誰も選ばず',
  older: (count: number) => `今の内容より前の成績（${count}件）`,
  olderText: 'そのあと問題文・正解・言語のどれかが変わったので、今の問題の成績ではありません。',
  version: (version: number) => `第${version}版`,
}

const en: typeof ja = {
  title: 'In real exams',
  locale: { ja: 'Japanese', en: 'English' },
  papers: (n, date) => `${n.toLocaleString('en')} ${n === 1 ? 'paper' : 'papers'} until ${date}.`,
  few: 'Too few yet for more than a hint.',
  space: ' ',
  facility: {
    'very-easy': 'A very easy item.',
    easy: 'An easy item.',
    middling: 'Neither easy nor hard.',
    hard: 'A hard item.',
    'very-hard': 'A very hard item.',
  },
  discrimination: {
    unknown: 'Whether it tells people apart is not known yet.',
    reversed: 'Those who know more tend to get it wrong.',
    weak: 'It hardly tells people apart.',
    fair: 'It tells people apart somewhat.',
    good: 'It tells people apart well.',
    strong: 'It tells people apart very well.',
  },
  facilityFigures: (value, low, high) => `${value} of the points earned (95% interval ${low}–${high})`,
  discriminationFigures: (value, low, high) => `discrimination ${value} (${low} to ${high})`,
  unanswered: (share) => `${share} left it empty`,
  seconds: (seconds) => `median ${seconds} s to the answer`,
  flags: {
    'too-easy': 'Nearly everybody gets it right. Bring the wrong options closer to mistakes that people really make.',
    'too-hard': 'Hardly better than blind picks. Look whether the question misleads, or asks more than the exam is about.',
    'low-discrimination': 'It does not tell those who know from those who do not. Look whether the stem is ambiguous.',
    'negative-discrimination': 'Those who know more get it wrong. Look first whether the key is right.',
    'unpicked-option': 'There is an option that nobody picked. Make it a mistake that people really make, and the item works.',
  },
  options: 'How often each option was picked',
  option: 'Option',
  picks: 'Picks',
  share: 'Share',
  key: 'key',
  nobody: 'nobody',
  older: (count) => `Results of what it was before (${count})`,
  olderText: 'The stem, the key or the languages have changed since: these are not the results of the item as it is now.',
  version: (version) => `version ${version}`,
}

export type StatisticsTexts = typeof ja

export const statisticsTexts: Readonly<Record<Language, StatisticsTexts>> = { ja, en }
