import { type Entries, type TaskField, valueIn } from '../present.ts'
import { type Checkpoint, type Loss, scoreTask, type TaskGrade } from '../task.ts'
import { corrects } from './corrections.ts'
import { type ClaimKey, type ClaimsKey, PICKED_WITH, VERDICTS } from './key.ts'
import { claimField, MESSAGE_FIELD } from './present.ts'
import { isBanned, namedIn, replaces, says, signsIn, wordText } from './redline.ts'

interface Look {
  readonly valueAt: (field: string) => string
  readonly checkpoints: Checkpoint[]
  readonly losses: Loss[]
}

/** What a claim's answers earn: the verdict, and what goes with the verdict that was given. */
function gradeClaim(key: ClaimsKey, claim: ClaimKey, { valueAt, checkpoints, losses }: Look): void {
  const { sound, rejects } = VERDICTS[key.form]
  const value = (part: Parameters<typeof claimField>[1]) => valueAt(claimField(claim.claim, part))
  const look = (group: string, weight: number, isRight: boolean) =>
    checkpoints.push({ id: `${group}:${claim.claim}`, skill: claim.skill, weight, credit: isRight ? 1 : 0 })
  const verdict = value('verdict')
  look(claim.verdict, key.points.verdict, verdict === claim.verdict)
  const picks = claim.picks ?? []
  const isPicked = (picked: string) => PICKED_WITH[key.form].some((one) => one === verdict) && picks.includes(picked)
  if (key.form === 'sources') {
    if (claim.corrections) {
      const isCorrected = verdict === rejects && corrects(value('correction'), claim.corrections, claim.shown)
      look('correction', key.points.correction, isCorrected)
    }
    if (picks.length > 0) look('source', key.points.source, isPicked(value('source')))
  } else {
    if (picks.length > 0) look('reason', key.points.reason, isPicked(value('reason')))
    if (claim.verdict === rejects)
      look('replacement', key.points.replacement, verdict === rejects && replaces(value('replacement'), claim))
  }
  if (claim.verdict === sound && verdict === rejects)
    losses.push({
      reason: 'called-wrong',
      weight: key.points.calledWrong,
      field: claimField(claim.claim, 'verdict'),
    })
}

/** Each fact of the message: whole within the length that is asked for, half in a longer one, nothing in a shorter one. */
function gradeMessage(key: ClaimsKey & { readonly form: 'redline' }, { valueAt, checkpoints, losses }: Look): void {
  const written = valueAt(MESSAGE_FIELD)
  const text = wordText(written)
  const signs = signsIn(written)
  const { least, most, facts, banned } = key.message
  const share = signs < least ? 0 : signs > most ? 0.5 : 1
  const { sound } = VERDICTS.redline
  const marked = key.claims.filter(({ claim, verdict }) => {
    const given = valueAt(claimField(claim, 'verdict'))
    return verdict !== sound && given !== '' && given !== sound
  })
  const named = namedIn(text, marked, key.claims)
  for (const [i, fact] of facts.entries())
    checkpoints.push({
      id: `message:${i + 1}`,
      skill: fact.skill,
      weight: key.points.message,
      credit: says(text, fact, named) ? share : 0,
    })
  if (isBanned(text, banned)) losses.push({ reason: 'banned-words', weight: key.points.message, field: MESSAGE_FIELD })
}

/**
 * The first grader of claims. Of each claim the verdict earns its points, and so do the answers that go with it: with a
 * rightly rejected one the correction or the replacement, with a verdict that needs one the source or the reason. Of a
 * message each fact does. Losses: a right claim called wrong, words that must not stand in a message.
 */
export function gradeClaims1(key: ClaimsKey, fields: readonly TaskField[], entries: Entries): TaskGrade {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const valueAt = (name: string): string => {
    const field = byName.get(name)
    return field ? valueIn(field, entries) : ''
  }
  const to: Look = { valueAt, checkpoints: [], losses: [] }
  for (const claim of key.claims) gradeClaim(key, claim, to)
  if (key.form === 'redline') gradeMessage(key, to)
  return scoreTask(to.checkpoints, to.losses)
}
