import type { CognitiveLevel, Locale } from '../item/item.ts'
import type { StudyPart } from '../item/study-sheet.ts'

export type SectionName = 'answer' | 'rationale' | 'references' | 'notes' | 'rubric' | 'model-answer' | 'variables'

/** How each thing is written in each language. */
export type Spellings<Name extends string> = Readonly<Record<Name, Readonly<Record<Locale, string>>>>

export const LEVEL_WORDS: Spellings<CognitiveLevel> = {
  knowledge: { ja: '知識', en: 'knowledge' },
  application: { ja: '適用', en: 'application' },
  judgement: { ja: '判断', en: 'judgement' },
}

/** The headings of a study sheet's parts, in their order; what comes before the first is what it teaches. */
export const STUDY_WORDS: Spellings<Exclude<StudyPart, 'teaching'>> = {
  example: { ja: '例', en: 'Example' },
  mistakes: { ja: 'よくあるまちがい', en: 'Common mistakes' },
  question: { ja: 'やってみる', en: 'Try it' },
  answer: { ja: '答え', en: 'Answer' },
  sources: { ja: '出典', en: 'Sources' },
}

export const SECTION_WORDS: Spellings<SectionName> = {
  answer: { ja: '正解', en: 'Answer' },
  rationale: { ja: '解説', en: 'Rationale' },
  references: { ja: '出典', en: 'References' },
  notes: { ja: 'メモ', en: 'Notes' },
  rubric: { ja: '採点基準', en: 'Rubric' },
  'model-answer': { ja: '模範解答', en: 'Model answer' },
  variables: { ja: '変数', en: 'Variables' },
}

/** The pills that are no single word, or that a number goes with: the name before its colon, the unit behind its number. */
export const PILL_WORDS: Spellings<
  | 'points'
  | 'partial'
  | 'fixed'
  | 'difficulty'
  | 'skill'
  | 'minutes'
  | 'seconds'
  | 'to'
  | 'characters'
  | 'reviewBy'
  | 'enemy'
  | 'lang'
> = {
  points: { ja: '点', en: 'pt' },
  partial: { ja: '部分点', en: 'partial' },
  fixed: { ja: '固定順', en: 'fixed' },
  difficulty: { ja: '難易度', en: 'difficulty ' },
  skill: { ja: '能力', en: 'skill' },
  minutes: { ja: '分', en: 'm' },
  seconds: { ja: '秒', en: 's' },
  to: { ja: '〜', en: '-' },
  characters: { ja: '字', en: 'chars' },
  reviewBy: { ja: '期限', en: 'review-by' },
  enemy: { ja: '敵', en: 'enemy' },
  lang: { ja: '言語', en: 'lang' },
}

/** Pills with a number, as people write them. */
export const PILL_FORMS = {
  points: /^(\d{1,3})\s*(?:点|pts?|points?)$/,
  seconds: /^(\d{1,4})\s*(?:秒|s|sec|seconds?)$/,
  minutes: /^(\d{1,3})\s*(?:分|m|min|minutes?)$/,
  difficulty: /^(?:難易度|difficulty)[\s:]*([1-5])$/,
  length: /^(\d{1,5})\s*[〜~-]\s*(\d{1,5})\s*(?:字|chars?|characters)$/,
}

/** The functions of expressions. */
export const FUNCTION_WORDS = {
  floor: 'floor',
  切捨て: 'floor',
  切り捨て: 'floor',
  ceil: 'ceil',
  切上げ: 'ceil',
  切り上げ: 'ceil',
  round: 'round',
  四捨五入: 'round',
  min: 'min',
  最小: 'min',
  max: 'max',
  最大: 'max',
} as const

/** Behind an expression whose digits stay together: part of a pattern. */
export const PLAIN_WORDS = 'plain|そのまま'

/** Between the ends of a range and before its step: parts of a pattern. */
export const RANGE_WORDS = { to: String.raw`〜|~|から|–|-|\bto\b`, step: '刻み|step|by' }
export const STEP_WORD: Readonly<Record<Locale, string>> = { ja: '刻み', en: 'step' }

/** A line that means to be the heading of a section. */
export const SECTION_LIKE =
  /^\s*[#＃]{3}[ \t\u3000]*(解説|出典|正解|採点基準|模範解答|変数|メモ|rationale|references|answer|rubric|model answer|variables|notes)\s*$/i

/** A line that tells the answer or its reason behind a label. What it is about may stand in a stem (`出典：`, `Notes:`). */
export const ANSWER_LABEL =
  /^(正解|正答|答え|解答|解説|採点基準|模範解答|model answer|answer|rationale|rubric)[\s*_`]*[:：】〕］\]）)]/i
/** Other words for the sections that hold an answer. */
export const ANSWER_NAMES: ReadonlySet<string> = new Set(['正答', '答え', '解答', '解答例', 'solution', 'explanation'])

/** What is no unit behind a number: it makes a range or a choice of it. */
export const NO_UNIT =
  /以上|以下|以内|未満|または|又は|もしくは|あるいは|から|程度|くらい|ぐらい|ほど|前後|\b(?:or|to|and|about)\b/i

/** Text that counts options, which must then not move. */
export const COUNTED =
  /[一二三四五六七八1-8１-８]\s*(?:つ目|つめ|番目|番め|個目|行目)|選択肢\s*[A-HＡ-Ｈア-ク1-8１-８①-⑧]|[①-⑧]|(?:正解|正答|答え)(?:は|：|:)\s*[「（(]?[A-HＡ-Ｈア-ク]|最初|最後|上から|下から|先頭|末尾|\b(?:first|second|third|fourth|fifth|last|above|below|top|bottom|(?:option|choice|answer)s? (?:is )?["“(]?[A-H1-8])\b/i

/** Before the title of an item that is still to be translated. */
export const UNTRANSLATED: Readonly<Record<Locale, string>> = { ja: '【未訳】', en: '(untranslated) ' }

/** What stands in a new item, to be written over. */
export const SKELETON: Readonly<
  Record<Locale, { readonly title: string; readonly rationale: string; readonly reference: string }>
> = {
  ja: {
    title: '題名（受験者に見えません）',
    rationale: 'なぜ正しいか、誤答がそれぞれなぜ誤りかを書く。',
    reference: '出典と、確かめた日',
  },
  en: {
    title: 'Title (not shown to candidates)',
    rationale: 'Say why the key is right and why each distractor fails.',
    reference: 'Source, and the day it was checked',
  },
}
