import type { Locale } from '../../item/item.ts'
import type { ItemDraft } from './written-type.ts'

/** What a type is called in a pill, and a new item of it. */
interface TypeWords {
  readonly word: Readonly<Record<Locale, string>>
  readonly draft: Readonly<Record<Locale, ItemDraft>>
}

export const TYPE_DATA = {
  single: {
    word: { ja: '単一', en: 'single' },
    draft: {
      ja: {
        shown:
          '問いの文をここに書き、正しいものを1つ選びなさい。\n\n- [x] 正しい選択肢\n- [ ] よくある失敗の一つ目\n- [ ] よくある失敗の二つ目\n- [ ] よくある失敗の三つ目',
      },
      en: {
        shown:
          'Write the question here and say: choose one.\n\n- [x] The right option\n- [ ] A first common mistake\n- [ ] A second common mistake\n- [ ] A third common mistake',
      },
    },
  },
  multiple: {
    word: { ja: '複数', en: 'multiple' },
    draft: {
      ja: {
        shown:
          '問いの文をここに書き、正しいものを**2つ**選びなさい。\n\n- [x] 正しい選択肢の一つ目\n- [x] 正しい選択肢の二つ目\n- [ ] よくある失敗の一つ目\n- [ ] よくある失敗の二つ目\n- [ ] よくある失敗の三つ目',
      },
      en: {
        shown:
          'Write the question here and say: choose the **two** right ones.\n\n- [x] A first right option\n- [x] A second right option\n- [ ] A first common mistake\n- [ ] A second common mistake\n- [ ] A third common mistake',
      },
    },
  },
  'true-false': {
    word: { ja: '正誤', en: 'true-false' },
    draft: {
      ja: { shown: '正しいか誤りかがはっきり決まる文をここに書く。\n\n- [x] 正しい\n- [ ] 誤り' },
      en: { shown: 'Write a statement here that is plainly true or false.\n\n- [x] True\n- [ ] False' },
    },
  },
  numeric: {
    word: { ja: '数値', en: 'numeric' },
    draft: {
      ja: {
        shown: '単位と端数の扱いを添えて、問いの文をここに書きなさい。答えは何円ですか。',
        sections: { answer: '1,200 ± 0 円' },
      },
      en: {
        shown: 'Write the question here, with the unit and what happens to fractions. How many yen is it?',
        sections: { answer: '1,200 ± 0 yen' },
      },
    },
  },
  short: {
    word: { ja: '短答', en: 'short' },
    draft: {
      ja: {
        shown: '短い語で答える問いの文をここに書く。何と呼びますか。',
        sections: { answer: '- 答えの語\n- 別の言い方' },
      },
      en: {
        shown: 'Write a question here that a short word answers. What is it called?',
        sections: { answer: '- the word\n- another way to say it' },
      },
    },
  },
  cloze: {
    word: { ja: '穴埋め', en: 'cloze' },
    draft: {
      ja: {
        shown: '文の中に [[1]] や [[2: 左端 | 右端]] のように空欄を書く。',
        sections: { answer: '1. 答えの語 / 別の言い方\n2. 左端' },
      },
      en: {
        shown: 'Write blanks into the text, such as [[1]] or [[2: left | right]].',
        sections: { answer: '1. the word / another way to say it\n2. left' },
      },
    },
  },
  order: {
    word: { ja: '並べ替え', en: 'order' },
    draft: {
      ja: { shown: '先に行うものから順に並べなさい。\n\n1. 最初にすること\n2. 次にすること\n3. 最後にすること' },
      en: {
        shown:
          'Put the steps in order, the first one first.\n\n1. What comes first\n2. What comes next\n3. What comes last',
      },
    },
  },
  match: {
    word: { ja: '組合せ', en: 'match' },
    draft: {
      ja: {
        shown:
          '正しい組合せを完成させなさい。\n\n| 左 | 右 |\n| --- | --- |\n| 語の一つ目 | 説明の一つ目 |\n| 語の二つ目 | 説明の二つ目 |\n|  | 余る説明 |',
      },
      en: {
        shown:
          'Match each entry with its description.\n\n| Left | Right |\n| --- | --- |\n| first word | its description |\n| second word | its own description |\n|  | a spare description |',
      },
    },
  },
  essay: {
    word: { ja: '作文', en: 'essay' },
    draft: {
      ja: {
        pills: '`10〜200字`',
        shown: '書くことの条件を添えて、課題をここに書きなさい。',
        sections: {
          rubric: '| 観点 | 配点 | 1 | 0 |\n| --- | --- | --- | --- |\n| 事実 | 1 | 正しい | ない |',
          'model-answer': '採点者のための解答の例をここに書く。',
        },
      },
      en: {
        pills: '`10-200chars`',
        shown: 'Write the task here, with its conditions.',
        sections: {
          rubric: '| Criterion | Points | 1 | 0 |\n| --- | --- | --- | --- |\n| Facts | 1 | right | none |',
          'model-answer': 'Write an answer here that raters can compare with.',
        },
      },
    },
  },
} satisfies Readonly<Record<string, TypeWords>>

/** The two options of a true-false item. */
export const TRUTH_WORDS: Readonly<Record<Locale, readonly [string, string]>> = {
  ja: ['正しい', '誤り'],
  en: ['True', 'False'],
}

/** The headings of the table of a match. */
export const SIDES: Readonly<Record<Locale, readonly [string, string]>> = { ja: ['左', '右'], en: ['Left', 'Right'] }

/** The first headings of the table of a rubric. */
export const RUBRIC_HEADINGS: Readonly<Record<Locale, readonly [string, string]>> = {
  ja: ['観点', '配点'],
  en: ['Criterion', 'Points'],
}

/** A rubric of one criterion, to be written over. */
export const STAND_IN: Readonly<
  Record<Locale, { readonly name: string; readonly met: string; readonly missed: string }>
> = {
  ja: { name: '仮の観点（書き換えてください）', met: '求めに応えている', missed: '応えていない' },
  en: { name: 'Stand-in criterion (replace it)', met: 'answers the task', missed: 'does not' },
}
