import { bankOf, examOf, single } from './examples.data.ts'
import { page, type RulePage } from './rule-page.ts'

const TEACHING = '件名には用件を書きます。'
const EXAMPLE = '### 例\n\n「写真3枚の送付」は、用件が分かります。'
const MISTAKES = '### よくあるまちがい\n\n- 件名が挨拶だけ：用件が分かりません。'
const QUESTION = '### やってみる\n\n会議の資料を送ります。件名を書いてください。'
const ANSWER = '### 答え\n\n「会議の資料の送付」です。'
const SOURCES = '### 出典\n\n- 社内の文書規程'
const COPYRIGHT = '### 出典\n\n- 著作権法（昭和45年法律第48号）第32条'
const LINKED = `${COPYRIGHT} <https://laws.e-gov.go.jp/law/345AC0000000048>`
const SCENE =
  '取引先の担当者から、納品した見積書の金額と注文書の金額が合わないという連絡が電話で届きました。手元の控えを見ると、片方だけ税込みで書かれています。'

const sheet = (heading = '## w-1 件名の付け方', ...parts: readonly string[]): string =>
  [heading, ...(parts.length > 0 ? parts : [TEACHING, EXAMPLE, MISTAKES, QUESTION, ANSWER, SOURCES])].join('\n\n')
const withSheet = (text: string, skills = '[{ id: w-1, name: { ja: 書く } }]') => ({
  'exam.md': examOf({ skills }),
  'sheets/office.ja.md': `# 事務\n\n${text}\n`,
})
const besides = (question: string) => ({
  ...withSheet(sheet('## w-1 件名の付け方', TEACHING, EXAMPLE, MISTAKES, question, ANSWER, SOURCES)),
  'office.ja.md': bankOf(single(`${SCENE}初めにすることはどれですか。`)),
})

/** Rules for study sheets. */
export const STUDY_PAGES: readonly RulePage[] = [
  page('study/heading', withSheet(sheet('## 件名の付け方')), withSheet(sheet())),
  page('study/skill', withSheet(sheet('## w-9 件名の付け方')), withSheet(sheet())),
  page(
    'study/part',
    withSheet(sheet('## w-1 件名の付け方', TEACHING, EXAMPLE, MISTAKES, ANSWER, SOURCES)),
    withSheet(sheet()),
  ),
  page(
    'study/missing',
    withSheet(sheet(), '[{ id: w-1, name: { ja: 書く } }, { id: w-2, name: { ja: 書く } }]'),
    withSheet(sheet()),
  ),
  page(
    'study/too-long',
    withSheet(sheet('## w-1 件名の付け方', TEACHING.repeat(120), EXAMPLE, MISTAKES, QUESTION, ANSWER, SOURCES)),
    withSheet(sheet()),
  ),
  page(
    'study/authority',
    withSheet(sheet('## w-1 件名の付け方', TEACHING, EXAMPLE, MISTAKES, QUESTION, ANSWER, COPYRIGHT)),
    withSheet(sheet('## w-1 件名の付け方', TEACHING, EXAMPLE, MISTAKES, QUESTION, ANSWER, LINKED)),
  ),
  page('study/near-live', besides(`### やってみる\n\n${SCENE}初めにすることはどれですか。`), besides(QUESTION)),
]
