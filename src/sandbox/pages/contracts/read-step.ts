import * as z from 'zod'
import { ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { type Contract, heldOf, type Milestone, paymentMethods, restOf } from '../../escrow/contract.ts'
import type { Act } from '../../escrow/steps.ts'
import type { ReviewDraft } from '../../flows/write-review.ts'
import { malformed, type Outcome } from '../../problem.ts'
import { axesOf, longestText, type ReviewSide, type Stars, safeAnswers } from '../../review/review.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { choice, type Fields, line, maybeProse, prose, together, yen } from '../form-fields.ts'

const LONGEST_NOTE = 2_000
const LONGEST_REASON = 500

/** Which milestones a step can be about, by their state. */
const concerned = {
  deliver: ['open', 'delivered', 'changes-requested'],
  'request-changes': ['delivered'],
  accept: ['delivered', 'changes-requested'],
  release: ['open', 'delivered', 'changes-requested', 'accepted'],
} as const satisfies Readonly<Record<string, readonly Milestone['status'][]>>

export type MilestoneStep = keyof typeof concerned

export const milestonesFor = (
  { milestones }: Pick<Contract, 'milestones'>,
  step: MilestoneStep,
): readonly Milestone[] => milestones.filter(({ status }) => (concerned[step] as readonly string[]).includes(status))

/** The milestone that a form names; the only one where nothing has to be chosen. */
function chosen(contract: Contract, step: MilestoneStep, { milestone }: Fields): Outcome<Milestone | undefined> {
  const possible = milestonesFor(contract, step)
  const found = possible.length > 1 ? possible.find(({ id }) => id === milestone) : possible[0]
  return !found && possible.length > 1 ? malformed([{ path: 'milestone', message: 'chosen' }]) : ok(found)
}

/** Reads a form about a milestone. What else is wrong with it is said along with a missing choice. */
function about<T>(
  contract: Contract,
  step: MilestoneStep,
  fields: Fields,
  schema: (milestone: Milestone | undefined) => z.ZodType<T>,
  act: (milestone: string | undefined, body: T) => Act,
): Outcome<Act> {
  const milestone = chosen(contract, step, fields)
  const body = parseInput(schema(milestone.ok ? milestone.value : undefined), fields)
  const read = together(milestone, body)
  return read.ok ? ok(act(read.value[0]?.id, read.value[1])) : read
}

function read<T>(schema: z.ZodType<T>, fields: Fields, act: (body: T) => Act): Outcome<Act> {
  const body = parseInput(schema, fields)
  return body.ok ? ok(act(body.value)) : body
}

const noted = z.object({ note: prose(LONGEST_NOTE) })
const share = (most: number) => yen(0, most)

function shares(contract: Contract) {
  const held = heldOf(contract)
  return z
    .object({ releaseToWorker: share(held), refundToClient: share(held) })
    .refine(({ releaseToWorker, refundToClient }) => releaseToWorker + refundToClient === held, {
      path: ['refundToClient'],
      message: `held ${held}`,
    })
}

function readAct(world: SandboxWorld, contract: Contract, fields: Fields): Outcome<Act> | undefined {
  switch (fields.act) {
    case 'fund':
      return read(z.object({ method: choice(paymentMethods) }), fields, ({ method }) => ({
        type: 'fund',
        transfer: world.newId('trf'),
        method,
      }))
    case 'start':
    case 'cancel':
      return ok({ type: fields.act })
    case 'deliver':
      return about(
        contract,
        'deliver',
        fields,
        () => noted,
        (milestone, { note }) => ({ type: 'deliver', milestone, note }),
      )
    case 'request-changes':
      return about(
        contract,
        'request-changes',
        fields,
        () => noted,
        (milestone, { note }) => ({ type: 'request-changes', milestone, note }),
      )
    case 'accept':
      return about(
        contract,
        'accept',
        fields,
        () => z.object({}),
        (milestone) => ({ type: 'accept', milestone }),
      )
    case 'release':
      return about(
        contract,
        'release',
        fields,
        (part) => z.object({ amount: yen(1, part ? restOf(part) : heldOf(contract)) }),
        (milestone, { amount }) => ({ type: 'release', milestone, amount }),
      )
    case 'dispute':
      return read(noted, fields, ({ note }) => ({ type: 'dispute', note }))
    case 'decide':
      return read(shares(contract), fields, (body) => ({ type: 'decide', ...body }))
    case 'correct':
      return read(z.object({ to: choice(['worker', 'client']), amount: yen(1, contract.fee) }), fields, (body) => ({
        type: 'correct',
        ...body,
      }))
    default:
      return undefined
  }
}

export interface ReadStep {
  readonly act: Act
  readonly reason: string | undefined
}

/** Reads what a form of the page asks of the contract; undefined when it is no step. An operator has to say why. */
export function readStep(
  world: SandboxWorld,
  contract: Contract,
  { fields, byOperator }: { readonly fields: Fields; readonly byOperator: boolean },
): Outcome<ReadStep> | undefined {
  const act = readAct(world, contract, fields)
  if (!act || !byOperator) return act?.ok ? ok({ act: act.value, reason: undefined }) : act
  const read = together(act, parseInput(z.object({ reason: line(LONGEST_REASON) }), fields))
  return read.ok ? ok({ act: read.value[0], reason: read.value[1].reason }) : read
}

export const stars = ['1', '2', '3', '4', '5'] as const
export const againAnswers = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const

const star = choice(stars).transform(Number)

const rest = z.object({
  comment: maybeProse(longestText),
  again: choice(againAnswers).transform(Number),
  safe: choice(safeAnswers),
  note: maybeProse(longestText),
})

/** Reads the review that one side sent. Everything that is missing is said at once, in the order of the form. */
export function readReview(side: ReviewSide, fields: Fields): Outcome<ReviewDraft> {
  const axes: z.ZodType<Stars> = z.object(Object.fromEntries(axesOf[side].map((axis) => [axis, star])))
  const read = together(parseInput(axes, fields), parseInput(rest, fields))
  if (!read.ok) return read
  const [given, { comment, ...hidden }] = read.value
  return ok({ stars: given, comment, hidden })
}

export const replyForm = z.object({ review: z.string().min(1).max(128), text: prose(longestText) })
