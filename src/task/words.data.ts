/** Days of the week, Sunday first. */
export const WEEKDAYS = {
  ja: '日月火水木金土',
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** How a date is written where no other form is asked for, and its short form without the weekday. */
export const DATE_FORMS = {
  ja: (month: number, day: number, weekday: number) => `${month}月${day}日（${WEEKDAYS.ja[weekday]}）`,
  en: (month: number, day: number, weekday: number) => `${WEEKDAYS.en[weekday]}, ${MONTHS[month - 1]} ${day}`,
} as const

export const SHORT_DATE_FORMS = {
  ja: (month: number, day: number) => `${month}月${day}日`,
  en: (month: number, day: number) => `${MONTHS[month - 1]} ${day}`,
} as const

/** The word that asks for the short form of a date in a slot, `{{day:日付}}`. */
export const SHORT_DATE_WORDS: readonly string[] = ['日付', 'date']
