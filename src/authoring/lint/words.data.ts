/** Options that stand for all of the others. */
export const ALL =
  /^(?:上記|以上|上|これら)(?:の|は)?(?:選択肢の)?(?:すべて|全て|全部)|^(?:すべて|全て|全部)(?:が)?(?:正しい|当てはまる|該当する|適切)|\ball of the (?:above|these)\b/i

/** Options that stand for none of the others. */
export const NONE =
  /^(?:上記|以上|上|これら)の(?:いずれ|どれ)(?:で)?も|^(?:いずれ|どれ)も(?:正しくない|当てはまらない|該当しない|適切でない)|^(?:該当|当てはまるもの|正しいもの)(?:は)?(?:なし|ない|ありません)|\bnone of the (?:above|these)\b/i

/** Words without exception. */
export const ABSOLUTE =
  /必ず|絶対に?|決して|常に|いかなる|例外なく|\b(?:always|never|must always|under no circumstances)\b/i

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

/** Names that law has left behind, and what they are called now. */
export const RENAMED: readonly (readonly [RegExp, string, string])[] = [
  [/薬事法(?!人)/, '薬事法', '薬機法（2014年11月25日から）'],
  [/下請(?:代金支払遅延等防止)?法/, '下請法', '取適法（2026年1月1日から）'],
]

/** The year in which a reference was checked. */
export const CHECKED = /(20\d{2})年?.{0,8}(?:確認|閲覧|時点|取得|as of|accessed)/g
