/** The columns of our own files, in their order. Options and right-hand sides follow, as many as there are. */
export const COLUMNS = [
  'id',
  'type',
  'title',
  'stem',
  'correct',
  'answer',
  'points',
  'partial',
  'fixed',
  'difficulty',
  'skill',
  'level',
  'seconds',
  'review_by',
  'enemies',
  'lang',
  'status',
  'version',
  'rationale',
  'references',
  'notes',
  'variables',
  'left_header',
  'right_header',
  'min_chars',
  'max_chars',
  'rubric',
  'model_answer',
] as const

export type Column = (typeof COLUMNS)[number]

/** Headings by which tables of other hands call the same. */
const ALIASES: Readonly<Record<string, Column>> = {
  番号: 'id',
  型: 'type',
  種類: 'type',
  'question type': 'type',
  題名: 'title',
  name: 'title',
  問題: 'stem',
  問題文: 'stem',
  question: 'stem',
  'question text': 'stem',
  prompt: 'stem',
  正解: 'correct',
  正答: 'correct',
  key: 'correct',
  'correct answer': 'correct',
  'correct answers': 'correct',
  'correct option': 'correct',
  'correct choice': 'correct',
  'right answer': 'correct',
  'correct index': 'correct',
  'answer index': 'correct',
  'answer key': 'correct',
  答え: 'correct',
  解答: 'correct',
  配点: 'points',
  score: 'points',
  marks: 'points',
  部分点: 'partial',
  固定順: 'fixed',
  難易度: 'difficulty',
  能力: 'skill',
  水準: 'level',
  秒: 'seconds',
  'time in seconds': 'seconds',
  'time limit': 'seconds',
  制限時間: 'seconds',
  期限: 'review_by',
  敵: 'enemies',
  言語: 'lang',
  状態: 'status',
  版: 'version',
  解説: 'rationale',
  explanation: 'rationale',
  'answer explanation': 'rationale',
  'correct explanation': 'rationale',
  feedback: 'rationale',
  出典: 'references',
  reference: 'references',
  source: 'references',
  メモ: 'notes',
  note: 'notes',
  変数: 'variables',
  採点基準: 'rubric',
  模範解答: 'model_answer',
}

/** What a column holds: a field, or the option or right-hand side with this number (from 1). */
export type Meaning = { readonly field: Column } | { readonly option: number } | { readonly pair: number }

/** Reads a column's heading; undefined for one that nobody knows. */
export function readHeading(written: string): Meaning | undefined {
  const word = headingWord(written)
  const field = COLUMNS.find((column) => column.replaceAll('_', ' ') === word) ?? (Object.hasOwn(ALIASES, word) ? ALIASES[word] : undefined)
  if (field) return { field }
  const pair = /^(?:match|pair|right|対応) ?(\d{1,2})$/.exec(word)
  if (pair) return { pair: Number(pair[1]) }
  const option = /^(?:option|choice|answer|選択肢) ?(\d{1,2}|[a-z]|[ア-ク])$/.exec(word) ?? /^([a-h])$/.exec(word)
  return option ? { option: placeOf(option[1] as string) } : undefined
}

/** `correctAnswer`, `correct_answer` and `Correct answer(s) - choose one` are the same two words. */
const headingWord = (written: string): string =>
  written
    .normalize('NFKC')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .replace(/\([^)]*\)|\s[-–—]\s.*$/g, '')
    .toLowerCase()
    .replaceAll(/[ _-]+/g, ' ')
    .trim()

const KANA = 'アイウエオカキク'

/** The number of an option from how people count them: `2`, `b`, `B)`, `(2)`, `イ`, `②`, `option_b`, `選択肢2`. 0 for what is none of these. */
export function placeOf(written: string): number {
  const word = written
    .normalize('NFKC')
    .trim()
    .replace(/^(?:option|choice|answer|選択肢)[ _-]?/i, '')
    .replace(/^\(?(.+?)[).:]?$/, '$1')
  if (/^\d{1,2}$/.test(word)) return Number(word)
  return /^[a-z]{1,2}$/i.test(word) ? letterNumber(word) : word.length === 1 ? KANA.indexOf(word) + 1 : 0
}

/** 1 as A, 27 as AA: how spreadsheets count. */
export function numberLetter(number: number): string {
  const rest = Math.floor((number - 1) / 26)
  return `${rest > 0 ? numberLetter(rest) : ''}${String.fromCharCode(65 + ((number - 1) % 26))}`
}

export const letterNumber = (letters: string): number => [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
