/** What Moodle writes by itself for right, partly right and wrong answers, where nobody wrote anything else. */
const STANDING: ReadonlySet<string> = new Set([
  'Your answer is correct.',
  'Your answer is partially correct.',
  'Your answer is incorrect.',
  'あなたの答えは正解です。',
  'あなたの答えは部分的に正解です。',
  'あなたの答えは正しくありません。',
  'あなたの答えは不正解です。',
])

export const isStandingPhrase = (text: string): boolean => STANDING.has(text)
