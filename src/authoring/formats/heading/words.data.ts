/** `Q12.`, `12)`, `問3`, `Question 4:` before the question itself. */
export const NUMBERING =
  /^(?:(?:Q(?:uestion)?|問題?|設問)\s*[.:]?\s*)?\d{1,4}\s*[.:)）．：、]\s*|^(?:問題?|設問|Q(?:uestion)?)\s*\d{1,4}\s+/i

/** Before the rationale. */
export const LABEL =
  /^\s*(?:>\s*)?(?:\*\*|__)?\s*(?:explanation|rationale|answer explanation|解説|説明)\s*[:：]?\s*(?:\*\*|__)?\s*[:：]?[ \t]*/i
