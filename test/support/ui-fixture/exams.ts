import type { ExamPage } from '../../../src/flows/read-catalogue.ts'

export const DAY = 86_400_000

const base = {
  validFor: { years: 2, months: 0, days: 0 },
  locales: ['ja', 'en'] as const,
  level: 3,
  version: 1,
  retake: { wait: { years: 0, months: 0, days: 14 }, perYear: 4 },
  // of an area that a failed result names
  study: [
    {
      id: 's2',
      title: '調査・出典・AI利用',
      sheets: [
        { skill: 'ra-1', title: '一次情報：その数を作った人まで戻る' },
        { skill: 'ra-3', title: '数値・単位・割合：何を何で割った数か' },
      ],
    },
  ],
}

/** Two exams: one to start, one to wait for. */
export const exams = (now: number): ExamPage[] =>
  [
    {
      ...base,
      id: 'business-admin',
      title: 'ビジネス事務検定',
      timeLimitSeconds: 2_700,
      timeMultiplier: 1.25,
      itemCount: 30,
      passScore: 70,
      eligibility: { mayStart: true, attemptsLeft: 4, attemptsThisYear: 0 },
      sections: [
        {
          id: 'brief-contract',
          title: '依頼の読み取りと取引条件',
          itemCount: 4,
          skills: ['募集文から条件を抜き出す', '足りない条件を尋ねる'],
        },
        {
          id: 'messages',
          title: 'メール・チャット応対',
          itemCount: 5,
          skills: ['宛先の使い分け', '件名と冒頭', '敬語'],
        },
        { id: 'data-research', title: '入力・収集・照合', itemCount: 6, skills: ['入力規則', '検算', '表記ゆれ'] },
        { id: 'spreadsheet', title: '表計算の基礎', itemCount: 5, skills: ['参照', '集計', '条件'] },
        {
          id: 'security-privacy',
          title: '情報の保護と安全',
          itemCount: 4,
          passScore: 50,
          skills: ['個人情報', 'パスワード', '誤送信への対応'],
        },
      ],
      rulesHtml:
        '<h3>時間</h3><p>開始した時刻から数え、途中では止まりません。</p><h3>守ること</h3><ul><li>ひとりで受けてください。</li><li>問題を写したり、ほかの人に伝えたりすることはできません。</li></ul>',
    },
    {
      ...base,
      id: 'web-writer',
      title: 'WEBライター検定',
      timeLimitSeconds: 2_700,
      timeMultiplier: 1,
      itemCount: 30,
      passScore: 70,
      eligibility: {
        mayStart: false,
        reason: 'retake-wait',
        retryAt: now + 11 * DAY,
        attemptsLeft: 3,
        attemptsThisYear: 1,
      },
      lastAttempt: { id: 'att_fail', closedAt: now - 3 * DAY },
      sections: [
        { id: 'sentence', title: '読みやすい文', itemCount: 6, skills: ['主語と述語', '修飾語と読点'] },
        {
          id: 'rights',
          title: '著作権・商標・肖像',
          itemCount: 4,
          passScore: 60,
          skills: ['引用の条件', '画像の利用'],
        },
      ],
      rulesHtml: '<p>開始した時刻から数え、途中では止まりません。</p>',
    },
  ] as unknown as ExamPage[]
