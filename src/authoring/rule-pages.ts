import { ANSWER_PAGES } from './rules/answer-pages.data.ts'
import { BANK_PAGES, FILE_PAGES, HABIT_PAGES } from './rules/bank-pages.data.ts'
import { QUESTION_PAGES, WRITING_PAGES } from './rules/question-pages.data.ts'
import type { RulePage } from './rules/rule-page.ts'
import { STUDY_PAGES } from './rules/study-pages.data.ts'
import { TASK_PAGES } from './rules/task-pages.data.ts'

const byName = (a: RulePage, b: RulePage): number => (a.rule < b.rule ? -1 : 1)

/** Every rule that the compiler and the linter report, each explained, in order of names. */
export const RULE_PAGES: readonly RulePage[] = [
  ...FILE_PAGES,
  ...WRITING_PAGES,
  ...QUESTION_PAGES,
  ...ANSWER_PAGES,
  ...BANK_PAGES,
  ...HABIT_PAGES,
  ...STUDY_PAGES,
  ...TASK_PAGES,
].sort(byName)

export const rulePage = (rule: string): RulePage | undefined => RULE_PAGES.find((page) => page.rule === rule)
