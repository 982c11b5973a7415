import type { ReviewSide } from '../review/review.ts'

// What people say where the demonstration acts for them.

/** Small jobs; amounts are in yen. */
export const smallJobs = [
  { title: '顧客名簿の入力と重複の確認', amount: 12_000 },
  { title: '請求書40件の入力', amount: 9_000 },
  { title: 'アンケート120件の集計表', amount: 15_000 },
  { title: '会議2回分の議事録の清書', amount: 11_000 },
  { title: '在庫表の見直しと更新', amount: 14_000 },
] as const

export const deliveryNote = (title: string): string => `「${title}」を納品します。迷ったところは備考の列に書きました。`

export const reviewComments: Readonly<Record<ReviewSide, readonly string[]>> = {
  client: [
    '期日より早く、正確に仕上げてくださいました。質問も的確でした。',
    '読めない箇所をまとめて知らせてくださったので、確認がすぐに済みました。',
    '書式の乱れまで直してくださり、そのまま社内で使えました。',
    '途中の報告がこまめで、安心してお任せできました。',
  ],
  worker: [
    '資料がそろっていて、すぐに取りかかれました。返事も早かったです。',
    '見本を一件つけてくださったので、迷わずに進められました。',
    '量と期日がはじめから決まっていて、予定を立てやすかったです。',
    '納品した日のうちに検収してくださいました。',
  ],
}

/** A case for trying out the connection. */
export const triedCase = {
  facts: '接続を試すための件です。',
  cleared: '接続を試すための件です。問題はありませんでした。',
  rule: '接続の試験',
  appeal: '接続の試験です。',
  reversal: '試験が終わりました。',
} as const
