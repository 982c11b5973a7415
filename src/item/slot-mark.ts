// The places in the texts of a parametric item where drawn numbers will stand.

const FIRST_MARK = 0xe100
/** A wording may have this many slots. */
export const MOST_SLOTS = 256
export const SLOT_MARKS = /[\ue100-\ue1ff]/g

/** The mark of a slot in a text: one private-use character, which no source can hold and which nothing can split. */
export const slotMark = (index: number): string => String.fromCharCode(FIRST_MARK + index)
export const slotOf = (mark: string): number => mark.charCodeAt(0) - FIRST_MARK
