import { foldText } from '../../item/typed-answer.ts'
import { error, say, warning } from '../diagnostic.ts'
import type { Subject } from './subject.ts'

/** Whether raters can work with an essay: its points add up and its model answer keeps to its own length. */
export function lintEssay({ item, wording, at, report }: Subject): void {
  const { stem, secret } = wording
  if (stem.type !== 'essay' || secret.key.type !== 'essay') return
  const total = secret.key.criteria.reduce((sum, { points }) => sum + points, 0)
  if (total !== item.points)
    report(
      at.heading,
      error('rubric/points', say(`採点基準の配点の合計（${total}点）が、問題の配点（${item.points}点）と違います`, `the criteria add up to ${total} points, the item has ${item.points}`)),
    )
  if (secret.key.model === '')
    report(at.heading, warning('rubric/model-answer', say('「### 模範解答」がありません', 'there is no "### Model answer"'), say('採点者のために、一つ書いてください', 'write one for the raters')))
  const { length } = foldText(secret.key.model)
  if (length > stem.maxChars || (length > 0 && length < stem.minChars))
    report(
      at.heading,
      warning(
        'rubric/model-answer',
        say(`模範解答が${length}字です（${stem.minChars}〜${stem.maxChars}字の問題）`, `the model answer has ${length} characters; the task asks for ${stem.minChars} to ${stem.maxChars}`),
      ),
    )
  if (item.status === 'live') report(at.heading, warning('essay/not-drawn', say('作文は、まだ出題されません', 'essays are not drawn yet'), say('「下書き」にしておいてください', 'keep it a `draft`')))
}
