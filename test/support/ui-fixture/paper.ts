import type { PresentedItem, PresentedSection } from '../../../src/form/form.ts'
import { compiled } from '../compiled.ts'

/** A short paper with every type of item. Nothing of it is in a real bank. */

const choices = (...texts: string[]) => texts.map((html, i) => ({ ref: 'abcdefgh'[i] as string, html: compiled(html) }))

const brief: PresentedItem = {
  ref: 'q1',
  type: 'single',
  points: 1,
  stemHtml: compiled(
    '<p>次の依頼書で記事を引き受けました。</p><blockquote><p><strong>依頼書（抜粋）</strong></p><ul><li>読者：初めて一人で国内を旅行する人</li><li>分量：2,000字前後</li><li>禁止：他社の商品名を出すこと</li></ul></blockquote><p>書き始める前に尋ねておくべき質問を1つ選びなさい。</p>',
  ),
  options: choices(
    '読者は旅行に慣れた人ですか、初めての人ですか',
    '文末は「です・ます」と「だ・である」のどちらですか',
    '2,000字には、見出しや表の文字も含みますか',
    '記事の中で、他社の商品名を紹介してもよいですか',
  ),
}

const items: readonly PresentedItem[] = [
  brief,
  {
    ref: 'q2',
    type: 'multiple',
    points: 2,
    stemHtml: compiled('<p>Bccを使うのが適切な場面を2つ選びなさい。</p>'),
    options: choices(
      '互いに知らない20社への案内',
      '社内の3人での打合せの連絡',
      '面識のない応募者への一斉の返信',
      '上司への個別の相談',
    ),
  },
  {
    ref: 'q3',
    type: 'true-false',
    points: 1,
    stemHtml: compiled('<p>記事を納品すれば、著作権は自動的に依頼者へ移る。</p>'),
    options: choices('正しい', '誤り'),
  },
  {
    ref: 'q4',
    type: 'numeric',
    points: 1,
    stemHtml: compiled(
      '<p>次の条件で、手取りの見込みを計算します。</p><table><thead><tr><th scope="col">項目</th><th scope="col">値</th></tr></thead><tbody><tr><td>件数</td><td>120件</td></tr><tr><td>単価</td><td>50円</td></tr><tr><td>手数料</td><td>20%</td></tr></tbody></table><p>手取りは何円ですか。整数で答えなさい。</p>',
    ),
  },
  {
    ref: 'q5',
    type: 'short',
    points: 1,
    stemHtml: compiled('<p>表計算ソフトで、合計を求める関数の名前を答えなさい。</p>'),
  },
  {
    ref: 'q6',
    type: 'cloze',
    points: 1,
    stemHtml: compiled(
      '<p>空欄に入る語を答えなさい。</p><p>宛先の見えない<span class="blank" data-blank="1"></span>に入れ、件名は<span class="blank" data-blank="2"></span>に書く。</p>',
    ),
    blanks: [{ ref: '1' }, { ref: '2', options: choices('簡潔', '長め') }],
  },
  {
    ref: 'q7',
    type: 'order',
    points: 1,
    stemHtml: compiled('<p>誤送信に気づいた後の行動を、正しい順に並べなさい。</p>'),
    options: choices('依頼者へ直ちに報告する', '相手へ削除を頼む', '再発を防ぐ手順を決める'),
  },
  {
    ref: 'q8',
    type: 'match',
    points: 1,
    stemHtml: compiled('<p>指示と、最初に取る対応の組合せを完成させなさい。</p>'),
    left: [
      { ref: '1', html: compiled('2段落目の商品名が誤字です') },
      { ref: '2', html: compiled('1,000字の導入事例を足してください') },
    ],
    right: choices(
      '範囲を超えると伝え、期限と条件を相談する',
      'その場で直し、同じ誤りを全文から探す',
      '次の依頼から直すと伝え、今回は触れない',
    ),
  },
]

export const paper: readonly PresentedSection[] = [
  { id: 'brief', title: '依頼・構成・進行', items: items.slice(0, 3) },
  { id: 'data', title: '入力・収集・照合', items: items.slice(3, 6) },
  { id: 'care', title: '情報の保護と安全', items: items.slice(6) },
]
