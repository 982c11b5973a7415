import * as z from 'zod'
import { ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { isKind, type Kind } from '../../detector/judge/kinds.ts'
import type { Verdict } from '../../flows/decide-subject.ts'
import type { Judgement } from '../../flows/judge-appeal.ts'
import { outcomes } from '../../moderation/case-event.ts'
import { type Action, actions, hasDuration, isMeasure, readPeriod } from '../../moderation/decision/actions.ts'
import { malformed, type Outcome } from '../../problem.ts'
import { choice, type Fields, maybeProse, prose } from '../form-fields.ts'

const LONGEST_TEXT = 4_000
const LONGEST_RULE = 1_000
export const LONGEST_NOTE = 1_000

export const decisionLengths = ['P7D', 'P30D', 'P90D', 'P1Y', 'forever'] as const

const duration = z.enum(['', ...decisionLengths], 'chosen').default('')

const decisionForm = z.object({
  action: choice(actions),
  duration,
  facts: prose(LONGEST_TEXT),
  rule: maybeProse(LONGEST_RULE),
  ground: choice(['terms', 'law']),
  version: z.coerce.number().int().min(1),
})

/** Whether a kind was ticked by the form, and by nobody else. */
const isSuggested = ({ suggested = '' }: Fields, kind: Kind): boolean => suggested.split(' ').includes(kind)

/** Kinds that are ticked. */
export const kindsIn = (fields: Fields): Kind[] =>
  Object.entries(fields).flatMap(([name, value]) => {
    const kind = name.replace(/^kinds-/, '')
    return name.startsWith('kinds-') && value === '1' && isKind(kind) ? [kind] : []
  })

/** What is wrong with the parts of a decision as a whole. */
function misfits(
  { action, duration: length, rule }: z.infer<typeof decisionForm>,
  kinds: readonly Kind[],
  hasPolicy: boolean,
) {
  return [
    ...(hasDuration(action) && length === '' ? [{ path: 'duration', message: 'chosen' }] : []),
    ...(kinds.length > 0 && !isMeasure(action) ? [{ path: 'kinds', message: 'noKinds' }] : []),
    ...(isMeasure(action) && kinds.length === 0 && rule === '' && !hasPolicy
      ? [{ path: 'rule', message: 'needsRule' }]
      : []),
  ]
}

const periodOf = (action: Action, length: string) => (hasDuration(action) ? (readPeriod(length) ?? null) : null)

/** Reads a decision as its form sends it. `hasPolicy`: whether the case itself names a rule. */
export function readVerdict(fields: Fields, hasPolicy: boolean): Outcome<Verdict> {
  const form = parseInput(decisionForm, fields)
  if (!form.ok) return form
  const { action, facts, rule, ground, version } = form.value
  // what nobody ticked says nothing of a post that is found good
  const kinds = kindsIn(fields).filter((kind) => isMeasure(action) || !isSuggested(fields, kind))
  const wrong = misfits(form.value, kinds, hasPolicy)
  if (wrong.length > 0) return malformed(wrong)
  return ok({
    action,
    kinds,
    duration: periodOf(action, form.value.duration),
    facts,
    ground,
    version,
    ...(rule === '' ? {} : { rule }),
  })
}

const judgementForm = z.object({
  outcome: choice(outcomes),
  reasons: prose(LONGEST_TEXT),
  action: z.enum(['', ...actions]).default(''),
  duration,
})

/** Reads what an operator makes of an appeal. */
export function readJudgement(fields: Fields): Outcome<Judgement> {
  const form = parseInput(judgementForm, fields)
  if (!form.ok) return form
  const { outcome, reasons, action, duration: length } = form.value
  if (outcome !== 'modify') return ok({ outcome, reasons })
  if (action === '') return malformed([{ path: 'action', message: 'chosen' }])
  if (hasDuration(action) && length === '') return malformed([{ path: 'duration', message: 'chosen' }])
  return ok({ outcome, reasons, action, duration: periodOf(action, length) })
}

const reinstatement = z.object({ facts: prose(LONGEST_TEXT) })

/** Reads why measures are lifted. */
export function readReinstatement(fields: Fields): Outcome<Verdict> {
  const form = parseInput(reinstatement, fields)
  return form.ok
    ? ok({ action: 'reinstate', kinds: [], duration: null, facts: form.value.facts, ground: 'terms' })
    : form
}

export const noteForm = z.object({ note: prose(LONGEST_NOTE) })
