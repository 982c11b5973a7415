/** A character and its neighbour that belong to one word: both Latin, both katakana, both part of a number, or a number and its unit. */
export const withinWord = /^(?:[\p{sc=Latin}'’]{2}|[\p{sc=Katakana}ー]{2}|[\d,.]{2}|\d[円万千%％]|[万千]円)$/u
