import { say } from '../diagnostic.ts'
import { itemOf, PENS, page, QUESTION, RATIONALE, type RulePage, single } from './rule-page.ts'

const numeric = (answer: string) => itemOf('`数値`', '税抜き100円の品の、税込みの代金はいくらですか（円）。', `### 正解\n\n${answer}`, RATIONALE)
const short = (answers: string) => itemOf('`短答`', '写しても動かない参照を何と呼びますか。', `### 正解\n\n${answers}`, RATIONALE)
const cloze = (stem: string, answers: string) => itemOf('`穴埋め`', stem, `### 正解\n\n${answers}`, RATIONALE)
const PRICED = '税抜き{{price}}円の品に、10%の税が付くと、税込みでいくらですか（円）。'
const drawn = (variables: string, key: string, stem = PRICED) => itemOf('`数値`', stem, ...(variables === '' ? [] : [`### 変数\n\n${variables}`]), `### 正解\n\n${key}`, RATIONALE)
const PRICE = '- price: 1,000〜2,000 刻み 100'
const KEY = '{{ price * 1.1 }} ± 0 円'
const chosen = (second: string) =>
  itemOf('`単一`', '{{price}}円の品に10%の税が付くと、税込みでいくらですか。', `- [x] {{ price * 1.1 }}円\n- [ ] ${second}円\n- [ ] {{ price * 1.2 }}円`, `### 変数\n\n${PRICE}`, RATIONALE)

/** Rules for keys that stand in a section of their own, and for numbers that are drawn. */
export const ANSWER_PAGES: readonly RulePage[] = [
  page(
    'answer/missing',
    say('正解の区切りがない', 'No answer section'),
    say('数値・短答・穴埋めの正解は、「### 正解」の下に書きます。', 'Numeric, short and cloze items keep their key under "### Answer".'),
    itemOf('`短答`', '写しても動かない参照を何と呼びますか。', RATIONALE),
    short('- 絶対参照'),
  ),
  page(
    'answer/unexpected',
    say('余分な正解の区切り', 'An answer section too many'),
    say('選択式の正解は「[x]」で示します。二か所に書くと、食い違います。', 'Options mark their key with "[x]". Written twice, keys drift apart.'),
    single(QUESTION, PENS, `### 正解\n\n赤いペン\n\n${RATIONALE}`),
    single(QUESTION),
  ),
  page(
    'answer/numeric',
    say('数値の正解', 'Numeric answer'),
    say('「13,200 ± 0 円」のように、値・許す差・単位を一行で書きます。', 'One line gives value, tolerance and unit: "13,200 ± 0 yen".'),
    numeric('だいたい 110 円'),
    numeric('110 ± 0 円'),
  ),
  page(
    'answer/list',
    say('正解の箇条書き', 'List of answers'),
    say('短答は「- 」、穴埋めは「1. 」で、一行に一つ書きます。', 'Short answers start with "- ", cloze answers with "1. ", one on each line.'),
    short('-絶対参照'),
    short('- 絶対参照'),
  ),
  page(
    'answer/duplicate',
    say('同じ正解が二つ', 'The same answer twice'),
    say('全角・半角や空白の違いは、採点のときに吸収されます。並べる必要はありません。', 'Width, case and spaces are folded when scoring; there is no need to list them.'),
    short('- ＡＢＣ順\n- abc順'),
    short('- ABC順'),
  ),
  page(
    'cloze/marker',
    say('空欄の書き方', 'Form of a blank'),
    say('空欄は半角で「[[1]]」と書きます。形が違うと、括弧がそのまま見えます。', 'A blank is "[[1]]" in half-width brackets; otherwise the brackets show.'),
    cloze('行も列も動かない参照を［［1］］と呼びます。', '1. 絶対参照'),
    cloze('行も列も動かない参照を[[1]]と呼びます。', '1. 絶対参照'),
  ),
  page(
    'cloze/numbers',
    say('空欄の番号', 'Numbers of blanks'),
    say('空欄の番号は、出る順に1から付けます。', 'Blanks are numbered from 1 in the order in which they stand.'),
    cloze('行も列も動かない参照を[[2]]と呼びます。', '2. 絶対参照'),
    cloze('行も列も動かない参照を[[1]]と呼びます。', '1. 絶対参照'),
  ),
  page(
    'cloze/answer',
    say('空欄と正解が合わない', 'Blanks and answers do not match'),
    say('空欄ごとに正解を一行書きます。選択式の空欄では、選択肢の一つを同じ字で書きます。', 'Each blank has one line; with choices it repeats one of them exactly.'),
    cloze('参照には[[1]]と[[2]]があります。', '1. 絶対参照'),
    cloze('参照には[[1]]と[[2]]があります。', '1. 絶対参照\n2. 相対参照'),
  ),
  page(
    'cloze/choices',
    say('空欄の選択肢', 'Choices of a blank'),
    say('選択肢は二つ以上、互いに違い、空でないものにします。', 'A blank has two or more choices, all different and none empty.'),
    cloze('売上は表の[[1: 左端 | 左端]]にあります。', '1. 左端'),
    cloze('売上は表の[[1: 左端 | 右端]]にあります。', '1. 左端'),
  ),
  page(
    'cloze/unexpected',
    say('穴埋めでない空欄', 'A blank in another type'),
    say('「[[1]]」は穴埋めだけで使います。型を書き間違えた印です。', 'Blanks are for cloze items. The type is probably wrong.'),
    single(`[[1]]に入るものとして、${QUESTION}`),
    single(`空欄に入るものとして、${QUESTION}`),
  ),
  page(
    'order/rows',
    say('並べ替えの行', 'Rows to put in order'),
    say('問題文の最後に、正しい順の番号付きリストを書きます。受験者には混ぜて出ます。', 'The item ends with a numbered list in the right order; candidates see it mixed.'),
    itemOf('`並べ替え`', '順に並べなさい。', '- 受注\n- 納品\n- 請求', RATIONALE),
    itemOf('`並べ替え`', '順に並べなさい。', '1. 受注\n2. 納品\n3. 請求', RATIONALE),
  ),
  page(
    'match/table',
    say('組合せの表', 'Table of pairs'),
    say('問題文の最後に、二列の表で正しい組を書きます。', 'The item ends with a two-column table of the right pairs.'),
    itemOf('`組合せ`', '組み合わせなさい。', '| 書類 | 役割 | 備考 |\n| --- | --- | --- |\n| 請求書 | 代金を求める | |\n| 領収書 | 受け取りを示す | |', RATIONALE),
    itemOf('`組合せ`', '組み合わせなさい。', '| 書類 | 役割 |\n| --- | --- |\n| 請求書 | 代金を求める |\n| 領収書 | 受け取りを示す |', RATIONALE),
  ),
  page(
    'variables/list',
    say('変数の書き方', 'Form of a variable'),
    say('「- price: 1,000〜2,000 刻み 100」のように、名前と値の範囲を書きます。', 'A line gives a name and its values: "- price: 1,000〜2,000 step 100".'),
    drawn('- price = 1000から', KEY),
    drawn(PRICE, KEY),
  ),
  page(
    'variables/missing',
    say('変数の区切りがない', 'No variables'),
    say('「{{price}}」に入る値がないと、括弧がそのまま見えます。', 'Without a value, "{{price}}" would show as it is.'),
    drawn('', '1,100 ± 0 円'),
    drawn(PRICE, KEY),
  ),
  page(
    'variables/unknown',
    say('知らない変数', 'Unknown variable'),
    say('式の中の名前が、「### 変数」にありません。', 'A name in an expression is not under "### Variables".'),
    drawn(PRICE, '{{ prise * 1.1 }} ± 0 円'),
    drawn(PRICE, KEY),
  ),
  page(
    'variables/unused',
    say('使われない変数', 'Unused variable'),
    say('どこにも使われない変数は、消し忘れか綴りの間違いです。', 'It was left over, or its name is misspelt elsewhere.'),
    drawn(`${PRICE}\n- count: 2〜9`, KEY),
    drawn(PRICE, KEY),
  ),
  page(
    'variables/expression',
    say('読めない式', 'Unreadable expression'),
    say('使えるのは四則と括弧、floor・ceil・round・min・max だけです。', 'Arithmetic, brackets, floor, ceil, round, min and max are all there is.'),
    drawn(PRICE, '{{ price ^ 2 }} ± 0 円'),
    drawn(PRICE, KEY),
  ),
  page(
    'variables/rounding',
    say('割り切れない値', 'A value that does not come out even'),
    say('端数の扱いを式で決めないと、正しい計算が不正解になります。', 'Unless the expression says how to round, right calculations are scored wrong.'),
    drawn(PRICE, '{{ price / 3 }} ± 0 円'),
    drawn(PRICE, '{{ floor(price / 3) }} ± 0 円'),
  ),
  page(
    'variables/negative',
    say('負の値', 'A negative value'),
    say('代金や人数が負になる組合せがあります。範囲を見直します。', 'Some draws make a price or a number negative. Review the ranges.'),
    drawn(PRICE, '{{ price - 1,500 }} ± 0 円'.replace('1,500', '1500')),
    drawn(PRICE, '{{ price - 500 }} ± 0 円'),
  ),
  page(
    'variables/undefined',
    say('計算できない式', 'An expression that cannot be computed'),
    say('0で割る組合せがあると、その受験者の問題だけ答えがありません。', 'A draw that divides by zero has no answer.'),
    drawn('- price: 0〜200 刻み 100', '{{ floor(1000 / price) }} ± 0 円'),
    drawn('- price: 100〜300 刻み 100', '{{ floor(1000 / price) }} ± 0 円'),
  ),
  page(
    'variables/ambiguous',
    say('同じになる選択肢', 'Options that become equal'),
    say('ある値のとき二つの選択肢が同じになり、正解が二つに見えます。', 'With some draw two options are the same, and both look right.'),
    chosen('{{ price + 100 }}'),
    chosen('{{ price + 50 }}'),
  ),
]
