/** Options that stand for all of the others. */
export const ALL =
  /^(?:上記|以上|上|これら)(?:の|は)?(?:選択肢の)?(?:すべて|全て|全部)|^(?:すべて|全て|全部)(?:が)?(?:正しい|当てはまる|該当する|適切)|\ball of the (?:above|these)\b/i

/** Options that stand for none of the others. */
export const NONE =
  /^(?:上記|以上|上|これら)の(?:いずれ|どれ)(?:で)?も|^(?:いずれ|どれ)も(?:正しくない|当てはまらない|該当しない|適切でない)|^(?:該当|当てはまるもの|正しいもの)(?:は)?(?:なし|ない|ありません)|\bnone of the (?:above|these)\b/i

/** Words without exception. */
export const ABSOLUTE =
  /必ず|絶対に?|決して|常に|いかなる|例外なく|\b(?:always|never|must always|under no circumstances)\b/i

/** Stems that are about the width or the case of letters, whose options may differ in nothing else. */
export const ABOUT_WIDTH =
  /全角|半角|大文字|小文字|\b(?:full|half)[- ]?width|\b(?:capital|upper[- ]?case|lower[- ]?case)/i

/** The end of a polite sentence. */
export const POLITE = /(?:です|ます|ません|ください|でした|ました)か?$/

/** Questions for what is not so. */
export const NEGATIVE =
  /(?:でない|ではない|しない|できない|ならない|いけない|誤っている|誤った|間違っている|不適切な|不要な|正しくない|当てはまらない|含まれない)(?:もの|の|文|項目|説明|行動|対応|記述|組合せ|案)(?:は|を|が|の|と|に|$)|\b(?:not|except|least|incorrect)\b/i

/** The words of such a question that are to stand out. */
export const NEGATION = /ない|誤|間違|不適切|不要|\bnot\b|except|least|incorrect/i

/** What asks or tells to do something. */
export const QUESTION =
  /[?？]|か。|(?:なさい|ください|下さい|せよ|選べ|答えよ|求めよ|選ぼう|ましょう|すること)[。.]?|どれ|どちら|何|いくつ|いくら|[。.:：]\s*$|\b(?:which|what|who|how|choose|select|pick|find|enter|match|arrange|put|fill)\b/i

/** Names of images that point at the answer. */
export const TELLING_NAME = /answer|correct|right|kotae|seikai|正解|答/i

/** A rationale that names the right option. */
export const NAMED_KEY = /(?:正解|正答|答え|correct answer)(?:は|：|:|\s+is)\s*[「（(]?([A-HＡ-Ｈ])(?![A-Za-z])/i

/** Texts that speak of law. */
export const LAW =
  /(?:著作権|商標|景品表示|景表|薬機|医療|健康増進|個人情報保護|特定商取引|特商|消費税|所得税|印紙税|電子帳簿保存|不正競争防止|独占禁止|フリーランス|下請|取適|民|刑)法|第?\s*[0-9０-９]+\s*条(?:の|第|に|で|、|。|$)/

/** How English texts name Japanese law. */
export const LAW_IN_ENGLISH = /\bAct No\. ?\d+|\bArticles? \d+(?:-\d+)*(?!\w)/

/** Names that law has left behind, and what they are called now. */
export const RENAMED: readonly (readonly [RegExp, string, string])[] = [
  [/薬事法(?!人)/, '薬事法', '薬機法（2014年11月25日から）'],
  [/下請(?:代金支払遅延等防止)?法/, '下請法', '取適法（2026年1月1日から）'],
]

/** The year in which a reference was checked. */
export const CHECKED = /(20\d{2})年?.{0,8}(?:確認|閲覧|時点|取得|as of|accessed)/g

/** How many options a question asks for: the number stands in the first group that matched. */
export const ASKED_COUNT =
  /([0-9]|[二三四五])つ(?:を|だけ)?[^。]{0,8}選|\b(?:choose|select|pick|mark)\s+(?:the\s+|any\s+|exactly\s+|only\s+)?(two|three|four|five|[2-9])\b(?!\s*[-:/.]\d)/gi

/** Counts that are written as words. */
export const COUNT_WORDS: Readonly<Record<string, number>> = {
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
}

export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** From Sunday on, as they are written in dates. */
export const WEEKDAYS: readonly (readonly string[])[] = [
  ['日', 'sun', 'sunday'],
  ['月', 'mon', 'monday'],
  ['火', 'tue', 'tues', 'tuesday'],
  ['水', 'wed', 'wednesday'],
  ['木', 'thu', 'thurs', 'thursday'],
  ['金', 'fri', 'friday'],
  ['土', 'sat', 'saturday'],
]

const EN_DAY = `(?<weekday>sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?)`
const EN_MONTH = `(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

/** Days of the year with their weekday, folded to NFKC. */
export const DATES_WITH_WEEKDAY: readonly RegExp[] = [
  /(?:(?<year>\d{4})年)?(?<month>\d{1,2})月(?<day>\d{1,2})日(?:\s*\(|は)(?<weekday>[月火水木金土日])(?:曜日?)?/g,
  /(?:(?<year>\d{4})[-/])?(?<month>\d{1,2})[-/](?<day>\d{1,2})\s*\((?<weekday>[月火水木金土日])(?:曜日?)?\)/g,
  new RegExp(String.raw`\b${EN_DAY},?\s+(?<day>\d{1,2})\s+${EN_MONTH}(?:,?\s+(?<year>\d{4}))?`, 'gi'),
  new RegExp(String.raw`\b${EN_DAY},?\s+${EN_MONTH}\s+(?<day>\d{1,2})\b(?:,\s+(?<year>\d{4}))?`, 'gi'),
  new RegExp(String.raw`\b(?<day>\d{1,2})\s+${EN_MONTH}(?:,?\s+(?<year>\d{4}))?\s+(?:is\s+an?\s+|\()${EN_DAY}`, 'gi'),
]
