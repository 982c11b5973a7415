/** Words that deny the clause before them. What is asked with か is an invitation: 稼ぎませんか. Written as folding leaves it. */
export const deniedBefore =
  /ません(?!か)|ない(?=こと|もの|です|でください|ので|くて|し[、。]|[。、)」】\n]|$)|しない|不要|お断り|ご遠慮|お控え|禁止|対象外|ではなく|なし(?=[。、)」】\n]|$)/g
/** Words that deny what follows them up to a comma. A letter that stands twice has become one. */
export const deniedBehind =
  /(?<![a-z])(?:no|not|never|nothing|nobody|none|nor|neither|without|can?not|[a-z]+n't|refrain|prohibited)(?![a-z'])[^,]{0,100}/g
/** Stands wherever anything is denied, and is looked for first: most sentences deny nothing. */
export const mayDeny =
  /ません|ない|不要|お断り|ご遠慮|お控え|禁止|対象外|ではなく|なし|no|never|n't|neither|without|refrain|prohibited/
export const sentences = /[^。!?\n]*?(?:[。!?\n]|\.(?=\s)|$)/g
/** A comma behind a verb or an adjective ends a clause; behind a noun, a list goes on. */
export const clauseEnds = /[すいがでしてばんらり]、/g
/** A heading that denies the items of the list below it. */
export const denyingHeading =
  /(?:(?:し|頼ま|聞か|伺わ|求め|いただか|使わ|含ま|要ら|いら)ない(?:こと|事|もの|物|情報)?|(?:しま|いたしま|致しま)せん|(?:wil not|won't|do not|don't|never)[^.]*)[】」)\]\s:]*$/
export const bulletAhead = /^\s*([・*●○◯◎■□◆◇▪▸>–—+×✕✗※(-]|\d)/
