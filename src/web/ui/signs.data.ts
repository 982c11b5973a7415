/** The sign of the house: an examination. */
export const HOUSE_SIGN = '検'
