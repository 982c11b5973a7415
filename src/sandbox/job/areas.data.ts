import type { Category } from '../people/worker.ts'

/** Words of a post that ask for an area of an exam, by the area's id in the bank. */
const words: Readonly<Record<Category, Readonly<Record<string, RegExp>>>> = {
  'business-admin': {
    'data-research': /入力|転記|照合|名簿|重複|表記ゆれ|清書|調べ|リスト|\b(data entry|list|research)\b/i,
    spreadsheet: /表計算|集計|数式|エクセル|Excel|スプレッドシート|\b(spreadsheet|totals?)\b/i,
    messages: /メール|問い合わせ|返信|チャット|連絡文|\b(e-?mails?|messages?|inquir(y|ies))\b/i,
    'schedule-docs': /日程|予約|議事録|書式|文書|シフト|ファイル名|\b(schedules?|minutes|documents?)\b/i,
    'billing-records': /請求|見積|領収|入金|伝票|経費|\b(invoices?|quotes?|receipts?)\b/i,
    'security-privacy': /個人情報|機密|秘密|匿名|\b(personal data|confidential)\b/i,
  },
  'web-writer': {
    sentence: /文章|原稿|記事|紹介文|リライト|\b(articles?|copy|texts?)\b/i,
    'notation-keigo': /校正|校閲|敬語|表記|用字|\b(proofread(ing)?|style guide)\b/i,
    'research-ai': /取材|調査|出典|参考文献|事実確認|生成AI|\b(research|sources?|fact-?check)\b/i,
    rights: /引用|写真の利用|著作権|画像の使用|\b(copyright|quotations?|permission)\b/i,
    'ad-law': /広告|景品表示|薬機|PR表記|口コミ|\b(advert(s|ising)?|sponsored)\b/i,
    'web-basics': /WordPress|見出し|SEO|CMS|HTML|入稿|\b(headings?|SEO|CMS)\b/i,
    'brief-process': /構成案|企画|打ち合わせ|納期|\b(outline|brief)\b/i,
  },
}

/** The areas of the category's exam that a post asks for, those of its title first. */
export function areasOf({ category, title, body }: { category: Category; title: string; body: string }): string[] {
  const areas = Object.entries(words[category])
  const asked = (text: string) => areas.filter(([, word]) => word.test(text)).map(([area]) => area)
  return [...new Set([...asked(title), ...asked(body)])]
}
