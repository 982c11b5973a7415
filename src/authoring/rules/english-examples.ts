import type { Language } from '../diagnostic.ts'
import { type Example, isTold, type RulePage } from './rule-page.ts'

/** What the examples of the rules say, in English. An example with a phrase that is not here is shown as it is. */
const PHRASES: Readonly<Record<string, string>> = {
  // frontmatter and file names
  'office.ja.md': 'office.en.md',
  'locale: ja': 'locale: en',
  'locales: [ja]': 'locales: [en]',
  '{ ja: 見本検定, en: Demo': '{ en: Demo',
  '{ ja: 書く }': '{ en: Writing }',
  よく読んでください: 'Read this first',
  '# 事務': '# Office',
  // what an item is made of
  見本: 'Sample',
  件名の付け方: 'Subject lines',
  単一: 'single',
  複数: 'multiple',
  数値: 'numeric',
  短答: 'short',
  穴埋め: 'cloze',
  並べ替え: 'order',
  組合せ: 'match',
  作文: 'essay',
  '10〜40字': '10-40chars',
  難易度: 'difficulty ',
  '1点': '1pt',
  '2点': '2pt',
  '3点': '3pt',
  '能力:': 'skill:',
  '敵:': 'enemy:',
  '期限:': 'review-by:',
  部分点: 'partial',
  固定順: 'fixed',
  下書き: 'draft',
  廃止: 'retired',
  おとり: 'honeypot',
  解説: 'Rationale',
  開設: 'Rational',
  出典: 'References',
  正解: 'Answer',
  変数: 'Variables',
  メモ: 'Notes',
  採点基準: 'Rubric',
  模範解答: 'Model answer',
  // stationery
  '最も適切なものはどれですか。': 'Which is the most suitable?',
  '最も適切\u200bなものはどれですか。（「適切」の後に、幅のない空白が一つあります）': 'Which is the most suit\u200bable? (A space without width stands after "suit".)',
  '適切でないものはどれですか。': 'Which is not suitable?',
  '**適切でない**ものはどれですか。': 'Which is **not** suitable?',
  '次に使うものはどれですか。': 'Which do you use next?',
  '貼るときに使うものはどれですか。': 'Which do you use to stick paper to paper?',
  '適切なものをすべて選びなさい。': 'Choose all that are suitable.',
  '次の文具、すなわち筆記具': 'Stationery, that is, things to write with',
  '次の文具のうち、筆記具はどれですか。': 'Which of these do people write with?',
  必ず青いペンを使う: 'always use a blue pen',
  赤いペンを使う: 'use a red pen',
  青いペンを使う: 'use a blue pen',
  黒いペンを使う: 'use a black pen',
  白いペンを使う: 'use a white pen',
  いつ誰が何をどこで届けるかを書いた案内: 'a note that says who delivers what, when and where',
  赤いペン: 'a red pen',
  青いペン: 'a blue pen',
  黒いペン: 'a black pen',
  白いペン: 'a white pen',
  上記のすべて: 'all of the above',
  該当なし: 'none of the above',
  分からない: 'nobody can tell',
  のり: 'glue',
  はさみ: 'scissors',
  定規: 'a ruler',
  付箋: 'a sticky note',
  '<!-- 赤 -->': ' <!-- red -->',
  // secrets
  'なぜ正しいか、なぜ誤りかを書きます。': 'Says why each option is right or wrong.',
  '理由です。': 'Says why.',
  '続きです。': 'It goes on.',
  要確認: 'To be confirmed',
  '社内文書規程 第4条': 'Rules for documents, section 4',
  // scenes and questions of their own
  '取引先の担当者から、納品した見積書の金額と注文書の金額が合わないという連絡が電話で届きました。手元の控えを見ると、片方だけ税込みで書かれています。':
    'A customer calls: the amounts of your quotation and of the order do not agree. Your own copies show that only one of the two was written down with tax included. ',
  '初めにすることはどれですか。': 'What do you do first?',
  '次にすることはどれですか。': 'What do you do next?',
  '状況の説明が長く続きます。': 'The description of the situation goes on and on. ',
  '状況の説明です。': 'A description of the situation.',
  '場面です。': 'A scene.',
  場面: 'Scene',
  深い引用: 'A deep quotation',
  引用: 'A quotation',
  '合計 100': 'Total 100',
  'よく考えてください。': 'Think it over.',
  '[資料](http://example.com/)を見て、': 'See [the paper](http://example.com/). ',
  '[資料](https://example.com/)を見て、': 'See [the paper](https://example.com/). ',
  '![表]': '![table]',
  '写しても動かない参照を何と呼びますか。': 'What is a reference called that stays when it is copied?',
  '絶対参照のことを何と呼びますか。': 'What do people call an absolute reference?',
  絶対参照: 'absolute reference',
  相対参照: 'relative reference',
  ＡＢＣ順: 'ＡＢＣ order',
  abc順: 'abc order',
  ABC順: 'ABC order',
  '青と黄を混ぜた色の名前を書きなさい。': 'Which colour do blue and yellow make?',
  '緑になります。': 'They make a mixture of both.',
  みどり: 'green',
  '行も列も動かない参照を［［1］］と呼びます。': 'A reference that keeps row and column is an ［［1］］.',
  '行も列も動かない参照を[[1]]と呼びます。': 'A reference that keeps row and column is an [[1]].',
  '行も列も動かない参照を[[2]]と呼びます。': 'A reference that keeps row and column is an [[2]].',
  '参照には[[1]]と[[2]]があります。': 'There are two kinds: [[1]] and [[2]].',
  '売上は表の[[1: 左端 | 左端]]にあります。': 'Sales stand at the [[1: left | left]] of the table.',
  '売上は表の[[1: 左端 | 右端]]にあります。': 'Sales stand at the [[1: left | right]] of the table.',
  左端: 'left',
  '[[1]]に入るものとして、': 'What fits [[1]]? ',
  '空欄に入るものとして、': 'What fits the gap? ',
  '順に並べなさい。': 'Put the steps in order.',
  受注: 'take the order',
  納品: 'deliver',
  '- 請求': '- send the invoice',
  '3. 請求': '3. send the invoice',
  '組み合わせなさい。': 'Match each paper with its use.',
  '| 書類 | 役割 |': '| Paper | Use |',
  備考: 'Remark',
  '請求書 |': 'invoice |',
  '領収書 |': 'receipt |',
  代金を求める: 'asks for money',
  受け取りを示す: 'shows that it came',
  // numbers
  '税抜き100円の品の、税込みの代金はいくらですか（円）。': 'Goods cost 100 yen before a tax of 10%. How many yen do they cost with it?',
  '税抜き{{price}}円の品に、10%の税が付くと、税込みでいくらですか（円）。': 'Goods cost {{price}} yen before a tax of 10%. How many yen do they cost with it?',
  '{{price}}円の品に10%の税が付くと、税込みでいくらですか。': 'Goods cost {{price}} yen before a tax of 10%. How much do they cost with it?',
  'だいたい 110 円': 'about 110 yen',
  '1000から': 'from 1000',
  刻み: 'step',
  ' 円': ' yen',
  円: ' yen',
  // essays
  'お詫びのメールを書きなさい。': 'Write a mail of apology.',
  'お詫びと、次にすることを順に書きます。': 'Sorry; this is what we do next.',
  観点: 'Criterion',
  配点: 'Points',
  構成: 'Structure',
  ややまとまる: 'partly clear',
  明快: 'clear',
  乱れる: 'confused',
}

const LONGEST_FIRST = Object.keys(PHRASES).sort((a, b) => b.length - a.length)
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/

function translate(text: string): string | undefined {
  let english = text
  for (const phrase of LONGEST_FIRST) english = english.replaceAll(phrase, PHRASES[phrase] as string)
  return JAPANESE.test(english) ? undefined : english
}

function inEnglish(example: Example): Example | undefined {
  if (typeof example === 'string') return translate(example)
  if (isTold(example)) return example
  const files = Object.entries(example).map(([path, text]) => [translate(path), translate(text)] as const)
  return files.every((file): file is [string, string] => file[0] !== undefined && file[1] !== undefined) ? Object.fromEntries(files) : undefined
}

/** Rules that find what they look for in Japanese only, or in both languages at once: their examples stay as they are. */
const AS_WRITTEN = /^(?:ja|locale)\/|^refs\/(?:missing|stale)-law$/

/** The examples of a page for who reads in this language: in English where the rule is no matter of Japanese. */
export function examplesOf({ rule, bad, good }: RulePage, language: Language): Pick<RulePage, 'bad' | 'good'> {
  if (language === 'ja' || AS_WRITTEN.test(rule)) return { bad, good }
  const english = { bad: inEnglish(bad), good: inEnglish(good) }
  return english.bad !== undefined && english.good !== undefined ? { bad: english.bad, good: english.good } : { bad, good }
}
