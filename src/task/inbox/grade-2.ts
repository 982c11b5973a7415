import { type Entries, type TaskField, valueIn } from '../present.ts'
import type { TaskGrade } from '../task.ts'
import { gradeInbox1 } from './grade-1.ts'
import type { InboxKey } from './key.ts'
import { plainAmounts } from './plain-amounts.ts'

const plainKey = ({ common, mails }: InboxKey): InboxKey => ({
  common: plainAmounts(common),
  mails: mails.map((mail) => ({
    ...mail,
    thread: plainAmounts(mail.thread),
    facts: mail.facts.map((fact) =>
      fact.as === 'time' ? fact : { ...fact, accepted: fact.accepted.map((parts) => parts.map(plainAmounts)) },
    ),
    forbidden: mail.forbidden.map((one) => ({ ...one, wordings: one.wordings.map(plainAmounts) })),
  })),
})

/**
 * The second grader of inboxes: as the first, but for sums of money that are written with 億, 万 or 千 and commas, which the
 * first takes for another sum.
 */
export function gradeInbox2(key: InboxKey, fields: readonly TaskField[], entries: Entries): TaskGrade {
  const plain = fields.map((field) => {
    const initial = plainAmounts(field.initial)
    const entered = plainAmounts(valueIn(field, entries).slice(0, field.max))
    // of a text that was cut to its length no sum is cut again for being longer in digits
    return { field: { ...field, initial, max: Math.max(field.max, entered.length) }, entered }
  })
  return gradeInbox1(
    plainKey(key),
    plain.map(({ field }) => field),
    Object.fromEntries(plain.map(({ field, entered }) => [field.name, entered])),
  )
}
