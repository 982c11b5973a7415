/**
 * Signs that a name may not hold: controls, line and paragraph ends, halves of a surrogate pair, and the signs that turn the
 * direction of what stands around them (overrides, embeddings, isolates and their ends; UAX #9, 2.1–2.5). Marks of direction
 * (U+200E, U+200F, U+061C) turn nothing and stand in names of Hebrew and Arabic; joiners stand in Persian ones and in emoji.
 */
const MISLEADING = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\u206a-\u206f]/u

/** A sign that a reader sees. U+2800 is braille without a dot. */
const VISIBLE = /[^\p{Cf}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Whether a text can be shown as the name of somebody or something: it misleads in nothing, and there is something to see. */
export const isShownName = (text: string): boolean => !MISLEADING.test(text) && VISIBLE.test(text)

/** The same of a title, which may hold tabs. */
export const isShownTitle = (text: string): boolean => isShownName(text.replaceAll('\t', ' '))
