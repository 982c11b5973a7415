import { itemOf, PENS, QUESTION, RATIONALE, single } from './examples.data.ts'
import { page, type RulePage, told } from './rule-page.ts'

const ASK = single(QUESTION)
const pills = (written: string) => ASK.replace('`単一`', written)

/** Rules for the way an item is written down. */
export const WRITING_PAGES: readonly RulePage[] = [
  page('item/heading', ASK.replace('office-001 見本', '件名の付け方'), ASK.replace('見本', '件名の付け方')),
  page('item/id', ASK.replace('office-001', 'mail-001'), ASK),
  page('item/type', pills('`難易度2`'), pills('`単一` `難易度2`')),
  page('pill/unknown', pills('`単一` `難易度9`'), pills('`単一` `難易度3`')),
  page('pill/twice', pills('`単一` `2点` `3点`'), pills('`単一` `2点`')),
  page(
    'pill/unused',
    pills('`単一` `部分点`'),
    itemOf(
      '`複数` `部分点`',
      '適切なものをすべて選びなさい。',
      '- [x] 赤いペン\n- [x] 青いペン\n- [ ] 黒いペン\n- [ ] 白いペン',
      RATIONALE,
    ),
  ),
  page('heading/level', single(`#### 場面\n\n${QUESTION}`), single(`**場面**\n\n${QUESTION}`)),
  page('section/unknown', single(QUESTION, PENS, '### 開設\n\n理由です。'), ASK),
  page(
    'section/twice',
    single(QUESTION, PENS, `${RATIONALE}\n\n### 解説\n\n続きです。`),
    single(QUESTION, PENS, `${RATIONALE}\n\n続きです。`),
  ),
  page('section/unexpected', single(QUESTION, PENS, `${RATIONALE}\n\n### 模範解答\n\n赤いペン`), ASK),
  page(
    'section/unmarked',
    itemOf('`短答`', '青と黄を混ぜた色の名前を書きなさい。', '解説', '緑になります。', '### 正解\n\n- みどり'),
    itemOf('`短答`', '青と黄を混ぜた色の名前を書きなさい。', '### 解説', '緑になります。', '### 正解\n\n- みどり'),
  ),
  page(
    'fence/open',
    single('```\n合計 100\n\n最も適切なものはどれですか。'),
    single('```\n合計 100\n```\n\n最も適切なものはどれですか。'),
  ),
  page('fence/holds-section', `${single(QUESTION, PENS, '```\n\n### 解説\n\n理由です。\n\n```')}`, ASK),
  page('markup/html', single(`${QUESTION}<!-- 赤 -->`), ASK),
  page(
    'markup/link',
    single(`[資料](http://example.com/)を見て、${QUESTION}`),
    single(`[資料](https://example.com/)を見て、${QUESTION}`),
  ),
  page('markup/image', single(`![表](https://example.com/table.png)\n\n${QUESTION}`), ASK),
  page('markup/image-alt', told('rule.markup/image-alt.bad'), told('rule.markup/image-alt.good')),
  page('markup/unsupported', single(`場面です。\n\n---\n\n${QUESTION}`), single(`場面です。\n\n${QUESTION}`)),
  page(
    'ja/fullwidth-marker',
    single(QUESTION, PENS, '###　解説\n\n理由です。'),
    single(QUESTION, PENS, '### 解説\n\n理由です。'),
  ),
  page(
    'ja/emphasis-flanking',
    single('これは**「重要」**です。最も適切なものはどれですか。'),
    single('これは「**重要**」です。最も適切なものはどれですか。'),
  ),
  page('ja/tilde-range', single('10~20本で足りるものはどれですか。'), single('10〜20本で足りるものはどれですか。')),
  page(
    'ja/readability',
    single(`書類を${'確かめてから'.repeat(20)}使うものはどれですか。`),
    single('書類を確かめます。その後で使うものはどれですか。'),
  ),
]

const words = (...options: readonly string[]) => single(QUESTION, options)
const fixed = (item: string) => item.replace('`単一`', '`単一` `固定順`')

/** Rules for questions and options, most of them after Haladyna, Downing & Rodriguez (2002). */
export const QUESTION_PAGES: readonly RulePage[] = [
  page('stem/missing', itemOf('`単一`', PENS.map((pen) => `- ${pen}`).join('\n'), RATIONALE), single(QUESTION)),
  page('stem/no-question', single('次の文具、すなわち筆記具'), single('次の文具のうち、筆記具はどれですか。')),
  page(
    'stem/weekday',
    single('2026年12月11日（木）の打合せに要るものはどれですか。'),
    single('2026年12月11日（金）の打合せに要るものはどれですか。'),
  ),
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
  page(
    'key/asked-count',
    itemOf(
      '`複数`',
      '適切なものを3つ選びなさい。',
      '- [x] 赤いペン\n- [x] 青いペン\n- [ ] 黒いペン\n- [ ] 白いペン',
      RATIONALE,
    ),
    itemOf(
      '`複数`',
      '適切なものを2つ選びなさい。',
      '- [x] 赤いペン\n- [x] 青いペン\n- [ ] 黒いペン\n- [ ] 白いペン',
      RATIONALE,
    ),
  ),
  page('key/longest', words('[x] いつ誰が何をどこで届けるかを書いた案内', ...PENS.slice(1)), words(...PENS)),
]
