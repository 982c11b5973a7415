/** The marks before choices, in their order, like those of a mark sheet. */
export const choiceMarks = {
  ja: [...'アイウエオカキクケコサシスセソタチツテト'],
  en: [...'ABCDEFGHIJKLMNOPQRST'],
} as const
