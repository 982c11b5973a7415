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
