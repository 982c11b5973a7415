// How mails are read for grading. Published graders read with these patterns: what they find must not change any more.

/** What stands between the two times of a range, and the signs for it. */
export const WAVES = /[〜∼～]/g
export const DASHES = /[‐‑‒–—−]/g
export const NOON = /正午/g
export const TWELVE = '12時'
export const AFTERNOON: readonly string[] = ['午後', 'pm']

/** What people write in characters or in kana as they like, and politeness before a word: they say the same. */
export const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/(?<![一合招誘])致(?=[しすさせ])/g, 'いた'],
  [/出来(?=[まるなずかれたて])/g, 'でき'],
  [/頂(?=[いきくけ])/g, 'いただ'],
  [/下さ(?=[いりれ])/g, 'くださ'],
  [/(?:[おご]|御(?![社中]))(?=\p{Script=Han})/gu, ''],
]

/** Mail addresses, links and telephone numbers. */
export const ADDRESS =
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|https?:\/\/[^\s<>「」、。)]{1,200}|(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)/g
/** Month and day in words, and perhaps a year. */
export const LONG_DATE = /(?:\d{4}(?:年|[/.-]) {0,2})?(?<!\d)(\d{1,2}) {0,2}月 {0,2}(\d{1,2}) {0,2}日/g
/** Year, month and day with one sign between them, or month and day with a slash. */
export const SHORT_DATE = /(?<![\d/.⟦-]|\d:)(?:\d{4}([/-]))?(\d{1,2})([/-])(\d{1,2})(?![\d/:-])/g
/** A day without its month: no number of days. */
export const DAY_ALONE = /(?<![\d月])(\d{1,2})日(?!間|以|前|後|目|ほど|程度|分|早|遅|連|も)/g
/** An hour of the day, and perhaps minutes: no number of hours. */
export const TIME =
  /(午前|午後|am|pm)? {0,2}(?<!\d)(\d{1,2})(?::(\d{2})(?!\d)| {0,2}時(?!間)(?: {0,2}(\d{1,2}) {0,2}分|(半))?)/g
/** Sums of money and percentages: ten thousands with thousands or the rest, thousands, digits, percent. */
export const AMOUNT =
  /(?<![\d,.])(?:(\d{1,5}(?:\.\d{1,3})?)万(?:(\d)千|(\d{1,4}))?円|(\d)千円|[¥\\]?(\d{1,3}(?:,\d{3})+|\d{1,12}(?=円)|(?<=[¥\\])\d{1,12})円?|(\d{1,3}(?:\.\d{1,3})?)(?:%|パーセント))/g

/** A range of times, when each stands in its one spelling. */
export const TOKEN_RANGE = /⟦(\d{1,4})min⟧(?:~|-|から)⟦(\d{1,4})min⟧/g

/** What a time is followed by where nothing begins at it. */
export const BOUND = /^(?:以降|以後|以前|まで|より前|前|過ぎ|すぎ)/

/** What stands between the beginning and the end of a time. */
export const SPAN = /(?:~|-|ー|から|より|→)$/

/** Ends of sentences; a line end alone may stand within one. */
export const SENTENCE_END = /[。!?]|\n[ \u3000]*\n/

/** Turns what is said into a question, a refusal or a quotation: after one of these in its sentence nothing is promised. */
export const EXCUSES =
  /ません|ない|なく|ず、|できかね|かねます|かねる|難し|合わ|つかず|ふさが|埋ま|あいにく|見送|控え|未定|(?:です|ます|でしょう|い|た|の|き|る)か(?=[はをもと、?]|どうか|$)|かどうか|か否か|可否|とは|との(?:こと|申|要望|依頼|相談|質問|話)|という|と(?:ある|あり|書)|よう(?:に)?(?:求|依頼)/

/** What stands for a promise while its sentence is looked at for excuses: a “か” behind it makes it a question. */
export const PROMISED = 'ます'

/** Lines that are quoted from another mail, and quotations in a sentence: shorter ones are names. */
export const QUOTED_LINE = /^[ \t\u3000]*[>＞].*$/gm
export const QUOTATION = /[「『“"]([^「『」』”"]{8,300})[」』”"]/g

/** What stands in the place of something that was taken out. */
export const STOP = '。'

/** How far a day lies from another one that is named. */
export const DAYS_FROM: readonly (readonly [RegExp, number])[] = [
  [/一昨日|おととい/, -2],
  [/前日|(?<!一)昨日|きのう|前の日/, -1],
  [/翌日|明日|あす|次の日/, 1],
  [/明後日|あさって/, 2],
]

/** So many days before or after. */
export const SOME_DAYS_FROM = /(?<![\d.,])(\d{1,2})日(前|後)/g
export const BEFORE = '前'
