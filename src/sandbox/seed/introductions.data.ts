import { type Phrase, phrase } from '../people/skills.data.ts'
import type { Category } from '../people/worker.ts'

/** What invented people call themselves, before what they are good at. */
export const callings: Readonly<Record<Category, readonly Phrase[]>> = {
  'business-admin': [
    phrase('在宅の事務アシスタント', 'Office assistant working from home'),
    phrase('細かい確認が好きな事務担当', 'Clerk who likes to check the details'),
    phrase('小さな会社の事務を支えます', 'Back-office support for small companies'),
    phrase('数字と名前をていねいに扱います', 'Careful with figures and names'),
    phrase('急がないが遅れない事務', 'Unhurried office work that is never late'),
    phrase('表と書類の整え役', 'Puts tables and papers in order'),
  ],
  'web-writer': [
    phrase('暮らしの記事を書くライター', 'Writer on everyday life'),
    phrase('調べてから書くライター', 'Writer who looks things up first'),
    phrase('読みやすさを大事にする書き手', 'Writer for whom clarity comes first'),
    phrase('お店の言葉を整えます', 'Helps shops find their words'),
    phrase('むずかしい話をやさしく書きます', 'Puts difficult matters plainly'),
    phrase('校正もできるライター', 'Writer who proofreads too'),
  ],
}

/** A calling with what they are good at. */
export const headlineOf = (
  calling: Phrase,
  { ja, en }: { readonly ja: readonly string[]; readonly en: readonly string[] },
): Phrase =>
  phrase(`${calling.ja}。${ja.join('と')}が得意です。`, `${calling.en}. Good at ${en.join(' and ').toLowerCase()}.`)

/** Where they come from; nobody of them exists. */
export const pasts: Readonly<Record<Category, readonly Phrase[]>> = {
  'business-admin': [
    phrase(
      '印刷会社で6年、受注の入力と名簿の管理をしていました。',
      'Six years at a printer’s, entering orders and keeping the customer list.',
    ),
    phrase(
      '学習塾の受付で、日程の調整と保護者への連絡を担当しました。',
      'I arranged lessons and wrote to parents at the desk of a cram school.',
    ),
    phrase(
      '建材の商社で、見積と請求の事務を8年しました。',
      'Eight years of quotes and invoices at a dealer in building materials.',
    ),
    phrase(
      '地域の図書館で、資料の整理と目録づくりを手伝ってきました。',
      'I have helped a local library to order and catalogue its holdings.',
    ),
    phrase(
      'クリニックの事務を経て、いまは自宅で働いています。',
      'After some years in the office of a clinic I now work from home.',
    ),
    phrase('通信販売の会社で、問い合わせの返信を書いていました。', 'I answered customers of a mail-order company.'),
  ],
  'web-writer': [
    phrase(
      '地域の情報誌で5年、取材と執筆をしていました。',
      'Five years of interviews and articles for a local magazine.',
    ),
    phrase(
      '雑貨店で働きながら、商品の紹介文を書いてきました。',
      'I wrote product texts while working in a homeware shop.',
    ),
    phrase('出版社で、校正と表記の統一を担当していました。', 'I proofread and kept the style at a publisher’s.'),
    phrase(
      'メーカーの広報で、お知らせと社内報を書いていました。',
      'I wrote news and the house magazine of a manufacturer.',
    ),
    phrase(
      '図書館司書の経験を生かして、調べものの多い記事を書きます。',
      'A former librarian, I write articles that need research.',
    ),
    phrase(
      '料理教室を手伝いながら、手順の記事を書いてきました。',
      'I wrote how-to articles beside my work at a cooking school.',
    ),
  ],
}

/** How they work. */
export const manners: readonly Phrase[] = [
  phrase('分からないところは推測せず、まとめてお尋ねします。', 'I do not guess: I ask, all questions at once.'),
  phrase('納品の前には、合計と件数をかならず照合します。', 'Before I deliver I check sums and counts.'),
  phrase(
    '途中の段階で一度お見せして、方向を確かめます。',
    'I show you a first part early, to be sure of the direction.',
  ),
  phrase('決めごとは一覧にして、最後まで同じ基準で進めます。', 'I keep a list of what was decided and hold to it.'),
  phrase('お預かりした情報は、仕事が終わったら消します。', 'What you entrust to me I delete once the work is done.'),
  phrase(
    '遅れそうなときは、分かった時点でお知らせします。',
    'If something will be late, you hear it as soon as I know.',
  ),
  phrase('直したところは、理由をつけてお渡しします。', 'Whatever I change comes with the reason.'),
]

export const closings: readonly Phrase[] = [
  phrase('まずは小さな量からでも、お気軽にご相談ください。', 'A small first job is welcome.'),
  phrase(
    'はじめての方とも、手順をそろえるところから始めます。',
    'With new clients I begin by agreeing on how we work.',
  ),
  phrase('長く続くお仕事も、一回だけのお仕事もお受けします。', 'I take single jobs as well as regular ones.'),
  phrase(
    'ご希望の形式があれば、先に見本をお送りください。',
    'If you have a format in mind, please send an example first.',
  ),
]

export const smallest: Readonly<Record<Category, readonly Phrase[]>> = {
  'business-admin': [
    phrase('1時間、または見本1枚', 'One hour, or one page as a trial'),
    phrase('データ50行から', 'From 50 rows'),
    phrase('2時間から', 'From two hours'),
  ],
  'web-writer': [
    phrase('記事1本、または見出し案だけ', 'One article, or an outline alone'),
    phrase('800字から', 'From 800 characters'),
    phrase('校正だけでも', 'Proofreading alone, too'),
  ],
}

export const declined: readonly Phrase[] = [
  phrase('電話の応対、当日の納品', 'Telephone work, delivery on the same day'),
  phrase('出社が必要な仕事', 'Work on site'),
  phrase('営業や勧誘の電話、深夜の作業', 'Sales calls, work at night'),
  phrase('体験していない商品の感想', 'Reviews of what I have not used'),
]
