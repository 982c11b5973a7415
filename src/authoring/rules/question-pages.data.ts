import { itemOf, PENS, QUESTION, RATIONALE, single } from './examples.data.ts'
import { page, type RulePage, told } from './rule-page.ts'

const words = (...options: readonly string[]) => single(QUESTION, options)
const fixed = (item: string) => item.replace('`単一`', '`単一` `固定順`')

/** Rules for questions and options, most of them after Haladyna, Downing & Rodriguez (2002). */
export const QUESTION_PAGES: readonly RulePage[] = [
  page('stem/missing', itemOf('`単一`', PENS.map((pen) => `- ${pen}`).join('\n'), RATIONALE), single(QUESTION)),
  page('stem/no-question', single('次の文具、すなわち筆記具'), single('次の文具のうち、筆記具はどれですか。')),
  page('stem/negative-unmarked', single('適切でないものはどれですか。'), single('**適切でない**ものはどれですか。')),
  page(
    'stem/verbose',
    single(`${'状況の説明が長く続きます。'.repeat(60)}\n\n${QUESTION}`),
    single(`状況の説明です。\n\n${QUESTION}`),
  ),
  page(
    'leak/answer-in-stem',
    itemOf('`短答`', '絶対参照のことを何と呼びますか。', '### 正解\n\n- 絶対参照', RATIONALE),
    itemOf('`短答`', '写しても動かない参照を何と呼びますか。', '### 正解\n\n- 絶対参照', RATIONALE),
  ),
  page('leak/asset-name', single(`![赤いペン](assets/answer.png)\n\n${QUESTION}`), told('rule.leak/asset-name.good')),
  page('option/checkbox', words('[ｘ] 赤いペン', ...PENS.slice(1)), words(...PENS)),
  page(
    'option/text-after',
    single(QUESTION, PENS, `よく考えてください。\n\n${RATIONALE}`),
    single(`よく考えてください。\n\n${QUESTION}`),
  ),
  page('option/count', words('[x] 赤いペン', '[ ] 青いペン'), words(...PENS)),
  page(
    'option/duplicate',
    words('[x] Red pen', '[ ] red pen', '[ ] Blue pen', '[ ] Black pen'),
    words('[x] Red pen', '[ ] Green pen', '[ ] Blue pen', '[ ] Black pen'),
  ),
  page(
    'option/all-of-the-above',
    words('[ ] 赤いペン', '[ ] 青いペン', '[x] 上記のすべて'),
    itemOf(
      '`複数`',
      '適切なものをすべて選びなさい。',
      '- [x] 赤いペン\n- [x] 青いペン\n- [x] 黒いペン\n- [ ] 白いペン',
      RATIONALE,
    ),
  ),
  page(
    'option/none-of-the-above',
    words('[x] 赤いペン', '[ ] 青いペン', '[ ] 該当なし'),
    words('[x] 赤いペン', '[ ] 青いペン', '[ ] 黒いペン'),
  ),
  page(
    'option/absolute-word',
    words('[x] 赤いペンを使う', '[ ] 必ず青いペンを使う', '[ ] 黒いペンを使う', '[ ] 白いペンを使う'),
    words('[x] 赤いペンを使う', '[ ] 青いペンを使う', '[ ] 黒いペンを使う', '[ ] 白いペンを使う'),
  ),
  page(
    'option/clang',
    single('請求書番号を確かめるものはどれですか。', [
      '[x] 請求書番号の台帳',
      '[ ] 納品の台帳',
      '[ ] 発注の台帳',
      '[ ] 連絡の台帳',
    ]),
    single('請求書番号を確かめるものはどれですか。', [
      '[x] 請求の台帳',
      '[ ] 納品の台帳',
      '[ ] 発注の台帳',
      '[ ] 連絡の台帳',
    ]),
  ),
  page('option/grammar-cue', words('[x] 赤いペンです。', ...PENS.slice(1)), words(...PENS)),
  page(
    'option/heterogeneous',
    fixed(words('[ ] 10', '[x] 20', '[ ] 30', '[ ] 分からない')),
    fixed(words('[ ] 10', '[x] 20', '[ ] 30', '[ ] 40')),
  ),
  page('option/overlap', words('[x] 0〜10', '[ ] 10〜20', '[ ] 21〜30'), words('[x] 0〜9', '[ ] 10〜20', '[ ] 21〜30')),
  page(
    'option/unordered-numbers',
    words('[ ] 30円', '[x] 10円', '[ ] 20円'),
    fixed(words('[x] 10円', '[ ] 20円', '[ ] 30円')),
  ),
  page('key/missing', words('[ ] 赤いペン', ...PENS.slice(1)), words(...PENS)),
  page('key/conflict', words('[x] 赤いペン', '[x] 青いペン', '[ ] 黒いペン', '[ ] 白いペン'), words(...PENS)),
  page('key/longest', words('[x] いつ誰が何をどこで届けるかを書いた案内', ...PENS.slice(1)), words(...PENS)),
]
