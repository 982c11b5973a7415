import { itemOf, PENS, QUESTION, RATIONALE, single } from './examples.data.ts'
import { page, type RulePage } from './rule-page.ts'

const numeric = (answer: string) =>
  itemOf('`数値`', '税抜き100円の品の、税込みの代金はいくらですか（円）。', `### 正解\n\n${answer}`, RATIONALE)
const short = (answers: string) =>
  itemOf('`短答`', '写しても動かない参照を何と呼びますか。', `### 正解\n\n${answers}`, RATIONALE)
const cloze = (stem: string, answers: string) => itemOf('`穴埋め`', stem, `### 正解\n\n${answers}`, RATIONALE)
const PRICED = '税抜き{{price}}円の品に、10%の税が付くと、税込みでいくらですか（円）。'
const drawn = (variables: string, key: string, stem = PRICED) =>
  itemOf('`数値`', stem, ...(variables === '' ? [] : [`### 変数\n\n${variables}`]), `### 正解\n\n${key}`, RATIONALE)
const PRICE = '- price: 1,000〜2,000 刻み 100'
const KEY = '{{ price * 1.1 }} ± 0 円'
const chosen = (second: string) =>
  itemOf(
    '`単一`',
    '{{price}}円の品に10%の税が付くと、税込みでいくらですか。',
    `- [x] {{ price * 1.1 }}円\n- [ ] ${second}円\n- [ ] {{ price * 1.2 }}円`,
    `### 変数\n\n${PRICE}`,
    RATIONALE,
  )

/** Rules for keys that stand in a section of their own, and for numbers that are drawn. */
export const ANSWER_PAGES: readonly RulePage[] = [
  page('answer/missing', itemOf('`短答`', '写しても動かない参照を何と呼びますか。', RATIONALE), short('- 絶対参照')),
  page('answer/unexpected', single(QUESTION, PENS, `### 正解\n\n赤いペン\n\n${RATIONALE}`), single(QUESTION)),
  page('answer/numeric', numeric('だいたい 110 円'), numeric('110 ± 0 円')),
  page('answer/list', short('-絶対参照'), short('- 絶対参照')),
  page('answer/duplicate', short('- ＡＢＣ順\n- abc順'), short('- ABC順')),
  page(
    'cloze/marker',
    cloze('行も列も動かない参照を［［1］］と呼びます。', '1. 絶対参照'),
    cloze('行も列も動かない参照を[[1]]と呼びます。', '1. 絶対参照'),
  ),
  page(
    'cloze/numbers',
    cloze('行も列も動かない参照を[[2]]と呼びます。', '2. 絶対参照'),
    cloze('行も列も動かない参照を[[1]]と呼びます。', '1. 絶対参照'),
  ),
  page(
    'cloze/answer',
    cloze('参照には[[1]]と[[2]]があります。', '1. 絶対参照'),
    cloze('参照には[[1]]と[[2]]があります。', '1. 絶対参照\n2. 相対参照'),
  ),
  page(
    'cloze/choices',
    cloze('売上は表の[[1: 左端 | 左端]]にあります。', '1. 左端'),
    cloze('売上は表の[[1: 左端 | 右端]]にあります。', '1. 左端'),
  ),
  page('cloze/unexpected', single(`[[1]]に入るものとして、${QUESTION}`), single(`空欄に入るものとして、${QUESTION}`)),
  page(
    'order/rows',
    itemOf('`並べ替え`', '順に並べなさい。', '- 受注\n- 納品\n- 請求', RATIONALE),
    itemOf('`並べ替え`', '順に並べなさい。', '1. 受注\n2. 納品\n3. 請求', RATIONALE),
  ),
  page(
    'match/table',
    itemOf(
      '`組合せ`',
      '組み合わせなさい。',
      '| 書類 | 役割 | 備考 |\n| --- | --- | --- |\n| 請求書 | 代金を求める | |\n| 領収書 | 受け取りを示す | |',
      RATIONALE,
    ),
    itemOf(
      '`組合せ`',
      '組み合わせなさい。',
      '| 書類 | 役割 |\n| --- | --- |\n| 請求書 | 代金を求める |\n| 領収書 | 受け取りを示す |',
      RATIONALE,
    ),
  ),
  page('variables/list', drawn('- price = 1000から', KEY), drawn(PRICE, KEY)),
  page('variables/end', drawn('- price: 1,000〜2,000 刻み 300', KEY), drawn('- price: 1,000〜1,900 刻み 300', KEY)),
  page('variables/missing', drawn('', '1,100 ± 0 円'), drawn(PRICE, KEY)),
  page('variables/unknown', drawn(PRICE, '{{ prise * 1.1 }} ± 0 円'), drawn(PRICE, KEY)),
  page('variables/unused', drawn(`${PRICE}\n- count: 2〜9`, KEY), drawn(PRICE, KEY)),
  page('variables/hidden', drawn(PRICE, KEY, PRICED.replace('{{price}}', '{{ price + 100 }}')), drawn(PRICE, KEY)),
  page('variables/expression', drawn(PRICE, '{{ price ^ 2 }} ± 0 円'), drawn(PRICE, KEY)),
  page('variables/rounding', drawn(PRICE, '{{ price / 3 }} ± 0 円'), drawn(PRICE, '{{ floor(price / 3) }} ± 0 円')),
  page(
    'variables/negative',
    drawn(PRICE, '{{ price - 1,500 }} ± 0 円'.replace('1,500', '1500')),
    drawn(PRICE, '{{ price - 500 }} ± 0 円'),
  ),
  page(
    'variables/undefined',
    drawn('- price: 0〜200 刻み 100', '{{ floor(1000 / price) }} ± 0 円'),
    drawn('- price: 100〜300 刻み 100', '{{ floor(1000 / price) }} ± 0 円'),
  ),
  page('variables/ambiguous', chosen('{{ price + 100 }}'), chosen('{{ price + 50 }}')),
]
