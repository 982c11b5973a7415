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
export const ALIASES: Readonly<Record<string, Column>> = {
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

/** Headings of right-hand sides and of options, by their number. */
export const PAIR_HEADING = /^(?:match|pair|right|対応) ?(\d{1,2})$/
export const OPTION_HEADING = /^(?:option|choice|answer|選択肢) ?(\d{1,2}|[a-z]|[ア-ク])$/
export const OPTION_PREFIX = /^(?:option|choice|answer|選択肢)[ _-]?/i

/** How options are counted in kana. */
export const KANA = 'アイウエオカキク'

/** Cells that say yes, and that call a sentence true or false. */
export const YES = /^(yes|y|true|1|はい|○|〇|部分点|固定順)$/i
export const TRUE = /^(t|true|正|正しい|○|〇|yes)$/i
export const FALSE = /^(f|false|誤|誤り|×|no)$/i
