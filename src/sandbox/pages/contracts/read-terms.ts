import * as z from 'zod'
import { ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { amountLimits, MOST_MILESTONES } from '../../escrow/contract.ts'
import type { Proposal } from '../../flows/propose-contract.ts'
import { categories } from '../../people/worker.ts'
import { malformed, type Outcome } from '../../problem.ts'
import { choice, type Fields, line, together, yen } from '../form-fields.ts'

const FIRST_PARTS = 3

type Part = NonNullable<Proposal['milestones']>[number]

const numbers = Array.from({ length: MOST_MILESTONES }, (_, at) => at + 1)

const termsForm = z.object({
  title: line(120),
  amount: yen(amountLimits.least, amountLimits.most),
  category: choice(categories),
})

/** How many parts the form has room for; asking for more gives three more. */
export function roomForParts(fields: Fields): number {
  const asked = Number(fields.parts ?? 0)
  const filled =
    numbers.findLast((n) => (fields[`part-${n}`] ?? '') !== '' || (fields[`part-${n}-amount`] ?? '') !== '') ?? 0
  const room = Number.isInteger(asked) && asked > 0 ? asked + FIRST_PARTS : Math.max(FIRST_PARTS, filled)
  return Math.min(MOST_MILESTONES, room)
}

/** One part; undefined where nothing is filled in. One field without the other is refused beside it. */
function readPart(fields: Fields, n: number): Outcome<Part | undefined> {
  const [title, amount] = [`part-${n}`, `part-${n}-amount`] as const
  if ((fields[title] ?? '').trim() === '' && (fields[amount] ?? '').trim() === '') return ok(undefined)
  const read = together(
    parseInput(z.object({ [title]: line(120) }), fields),
    parseInput(z.object({ [amount]: yen(1, amountLimits.most) }), fields),
  )
  return read.ok ? ok({ title: read.value[0][title] ?? '', amount: read.value[1][amount] ?? 0 }) : read
}

function readParts(fields: Fields): Outcome<readonly Part[]> {
  const read = numbers.map((n) => readPart(fields, n))
  const issues = read.flatMap((part) => (!part.ok && part.problem.code === 'malformed' ? part.problem.issues : []))
  return issues.length > 0 ? malformed(issues) : ok(read.flatMap((part) => (part.ok && part.value ? [part.value] : [])))
}

/** Reads the terms of a contract. Parts have to add up to the whole. */
export function readTerms(fields: Fields): Outcome<Omit<Proposal, 'worker' | 'job'>> {
  const read = together(parseInput(termsForm, fields), readParts(fields))
  if (!read.ok) return read
  const [terms, milestones] = read.value
  const sum = milestones.reduce((total, { amount }) => total + amount, 0)
  if (milestones.length === 0) return ok(terms)
  return sum === terms.amount
    ? ok({ ...terms, milestones })
    : malformed([{ path: 'amount', message: `sum ${sum} ${terms.amount}` }])
}
