import { suits } from '../../form/assemble-form.ts'
import type { ExamDefinition } from '../../item/bank.ts'
import type { TaskFamily } from '../../item/family.ts'
import { error, type Report, warning } from '../diagnostic.ts'
import { say } from '../said.ts'
import { KIND_WORDS } from './words.data.ts'

/** Text of kinds that show their places again on other papers leaks fast: it takes more of them. */
const LEAST_FAMILIES = 4
const LEAST_DRAFTS = 12
/** The share of a part's time that its tasks may suggest together. */
const MOST_SUGGESTED = 0.92

/** Whether an exam's families are enough for what its practical part asks for. */
export function checkParts(exam: ExamDefinition, families: readonly TaskFamily[], report: Report): void {
  const at = { line: 1, column: 1 }
  for (const part of exam.parts ?? []) {
    let minutes = 0
    for (const draw of part.tasks) {
      const live = families.filter((family) => suits(family, draw))
      const least = draw.kind === 'draft' ? LEAST_DRAFTS : LEAST_FAMILIES
      const kind = KIND_WORDS[draw.kind]
      const finding = say('task.fewFamilies', { kind, least, live: live.length })
      if (live.length === 0) report(at, error('task/pool', finding))
      else if (live.length < least) report(at, warning('task/pool', finding))
      minutes += Math.max(0, ...live.map((family) => family.minutes))
    }
    if (minutes * 60 > part.timeLimitSeconds * MOST_SUGGESTED)
      report(at, error('task/minutes', say('task.minutesTooMany')))
  }
}
