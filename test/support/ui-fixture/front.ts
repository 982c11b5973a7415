import type { Front, FrontExam } from '../../../src/flows/read-front.ts'
import { compiled } from '../compiled.ts'

const exam: FrontExam = {
  id: 'business-admin',
  title: 'ビジネス事務検定',
  level: 3,
  claim: '指示書、素材、期限のそろった定型の事務を、付きっきりの監督なしで進められます。',
  topics: ['依頼と取引条件', 'メール・チャット', '入力・照合', '表計算', '情報の保護'],
  timeLimitSeconds: 2_700,
  itemCount: 30,
  taskCount: 0,
  passScore: 70,
  validFor: { years: 2, months: 0, days: 0 },
  standing: 'certifying',
  openCount: 8,
  passRate: { least: 100, rate: { people: 1_284, share: 58, low: 55, high: 61 } },
}

/** One exam that many people sat, and one that few did. */
export const front = (locale: 'ja' | 'en'): Front => ({
  exams: [exam, { ...exam, id: 'web-writer', title: 'WEBライター検定', openCount: 0, passRate: { least: 100 } }],
  sample: {
    exam: 'business-admin',
    title: 'ビジネス事務検定',
    level: 3,
    locale,
    stemHtml: compiled('<p>名簿に「60-0001」という6けたの郵便番号がありました。どうしますか。</p>'),
    options: [
      { label: 'A', html: compiled('先頭の0が消えたと考え、直して進める'), isRight: false },
      { label: 'B', html: compiled('空欄にして別表に控え、最後に知らせる'), isRight: true },
    ],
    why: ['指示は「分からないものは空欄、最後に知らせる」です。'],
    count: 8,
  },
})
