/** Kana that end a phrase of a Japanese sentence where a word in kanji follows. 'い' and others also stand within words: 使い方. */
export const PHRASE_ENDS = 'はがをにでともへのてなるたら'
