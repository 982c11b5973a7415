import type { Category } from './worker.ts'

export interface Phrase {
  readonly ja: string
  readonly en: string
}

export const phrase = (ja: string, en: string): Phrase => ({ ja, en })

/** Skills that a search can be narrowed by. Whoever has others writes them beside these; words find them. */
export const skillPhrases: Readonly<Record<Category, readonly Phrase[]>> = {
  'business-admin': [
    phrase('データ入力', 'data entry'),
    phrase('請求書の発行', 'invoicing'),
    phrase('経理補助', 'bookkeeping support'),
    phrase('日程の調整', 'scheduling'),
    phrase('議事録', 'meeting minutes'),
    phrase('文書の作成', 'document preparation'),
    phrase('表計算', 'spreadsheets'),
    phrase('資料の整理', 'file organisation'),
    phrase('メール対応', 'e-mail support'),
    phrase('名簿の整備', 'contact list upkeep'),
    phrase('情報の収集', 'desk research'),
    phrase('秘書業務', 'virtual assistance'),
  ],
  'web-writer': [
    phrase('SEO記事', 'SEO articles'),
    phrase('取材記事', 'interview articles'),
    phrase('商品説明文', 'product descriptions'),
    phrase('メールマガジン', 'newsletters'),
    phrase('校正', 'proofreading'),
    phrase('構成案の作成', 'outlines'),
    phrase('体験レポート', 'first-person reports'),
    phrase('リライト', 'rewriting'),
    phrase('見出しの改善', 'headline editing'),
    phrase('SNS投稿文', 'social media posts'),
    phrase('用語集の作成', 'glossaries'),
    phrase('画像の説明文', 'image descriptions'),
  ],
}
