import type { ItemType, Locale } from '../item/item.ts'
import { SECTION_WORDS, STATUS_WORDS, TYPE_WORDS } from './keywords.ts'

/** The public part of a new item up to its answer, and its `### Answer` or rubric: something to write over that compiles as it stands. */
const bodies: Readonly<Record<Locale, Readonly<Record<ItemType, { readonly shown: string; readonly answer?: string }>>>> = {
  ja: {
    single: { shown: '問いの文をここに書き、正しいものを1つ選びなさい。\n\n- [x] 正しい選択肢\n- [ ] よくある失敗の一つ目\n- [ ] よくある失敗の二つ目\n- [ ] よくある失敗の三つ目' },
    multiple: {
      shown:
        '問いの文をここに書き、正しいものを**2つ**選びなさい。\n\n- [x] 正しい選択肢の一つ目\n- [x] 正しい選択肢の二つ目\n- [ ] よくある失敗の一つ目\n- [ ] よくある失敗の二つ目\n- [ ] よくある失敗の三つ目',
    },
    'true-false': { shown: '正しいか誤りかがはっきり決まる文をここに書く。\n\n- [x] 正しい\n- [ ] 誤り' },
    numeric: { shown: '単位と端数の扱いを添えて、問いの文をここに書きなさい。答えは何円ですか。', answer: '1,200 ± 0 円' },
    short: { shown: '短い語で答える問いの文をここに書く。何と呼びますか。', answer: '- 答えの語\n- 別の言い方' },
    cloze: { shown: '文の中に [[1]] や [[2: 左端 | 右端]] のように空欄を書く。', answer: '1. 答えの語 / 別の言い方\n2. 左端' },
    order: { shown: '先に行うものから順に並べなさい。\n\n1. 最初にすること\n2. 次にすること\n3. 最後にすること' },
    match: { shown: '正しい組合せを完成させなさい。\n\n| 左 | 右 |\n| --- | --- |\n| 語の一つ目 | 説明の一つ目 |\n| 語の二つ目 | 説明の二つ目 |\n|  | 余る説明 |' },
    essay: { shown: '書くことの条件を添えて、課題をここに書きなさい。', answer: '| 観点 | 配点 | 1 | 0 |\n| --- | --- | --- | --- |\n| 事実 | 1 | 正しい | ない |' },
  },
  en: {
    single: { shown: 'Write the question here and say: choose one.\n\n- [x] The right option\n- [ ] A first common mistake\n- [ ] A second common mistake\n- [ ] A third common mistake' },
    multiple: {
      shown:
        'Write the question here and say: choose the **two** right ones.\n\n- [x] A first right option\n- [x] A second right option\n- [ ] A first common mistake\n- [ ] A second common mistake\n- [ ] A third common mistake',
    },
    'true-false': { shown: 'Write a statement here that is plainly true or false.\n\n- [x] True\n- [ ] False' },
    numeric: { shown: 'Write the question here, with the unit and what happens to fractions. How many yen is it?', answer: '1,200 ± 0 yen' },
    short: { shown: 'Write a question here that a short word answers. What is it called?', answer: '- the word\n- another way to say it' },
    cloze: { shown: 'Write blanks into the text, such as [[1]] or [[2: left | right]].', answer: '1. the word / another way to say it\n2. left' },
    order: { shown: 'Put the steps in order, the first one first.\n\n1. What comes first\n2. What comes next\n3. What comes last' },
    match: { shown: 'Match each entry with its description.\n\n| Left | Right |\n| --- | --- |\n| first word | its description |\n| second word | its own description |\n|  | a spare description |' },
    essay: { shown: 'Write the task here, with its conditions.', answer: '| Criterion | Points | 1 | 0 |\n| --- | --- | --- | --- |\n| Facts | 1 | right | none |' },
  },
}

const places = {
  ja: { title: '題名（受験者に見えません）', model: '採点者のための解答の例をここに書く。', rationale: 'なぜ正しいか、誤答がそれぞれなぜ誤りかを書く。', reference: '出典と、確かめた日' },
  en: {
    title: 'Title (not shown to candidates)',
    model: 'Write an answer here that raters can compare with.',
    rationale: 'Say why the key is right and why each distractor fails.',
    reference: 'Source, and the day it was checked',
  },
} as const

/** A draft of this type to write over. It compiles, so that a checked folder stays checked. */
export function itemSkeleton(id: string, type: ItemType, locale: Locale): string {
  const { shown, answer } = bodies[locale][type]
  const section = (name: keyof typeof SECTION_WORDS, text: string) => `### ${SECTION_WORDS[name][locale]}\n\n${text}`
  const length = type === 'essay' ? [locale === 'ja' ? '`10〜200字`' : '`10-200chars`'] : []
  return [
    `## ${id} ${places[locale].title}`,
    [`\`${TYPE_WORDS[type][locale]}\``, ...length, `\`${STATUS_WORDS.draft[locale]}\``].join(' '),
    shown,
    ...(answer === undefined ? [] : [section(type === 'essay' ? 'rubric' : 'answer', answer)]),
    ...(type === 'essay' ? [section('model-answer', places[locale].model)] : []),
    section('rationale', places[locale].rationale),
    section('references', `- ${places[locale].reference}`),
  ].join('\n\n')
}
