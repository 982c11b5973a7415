import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import type { Assessment } from '../detector/judge/detector.ts'
import { isOfWords } from '../detector/judge/precedent.ts'
import type { CaseSignal } from '../moderation/case-event.ts'
import { pointsOf } from '../moderation/report/priority.ts'
import { openSubject } from '../moderation/store.ts'
import { isWarnedOf, type ScreenedSurface } from '../moderation/surfaces.ts'
import type { Person } from '../people/person.ts'
import type { Outcome, SandboxProblem } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { recallDecisions } from './recall-decisions.ts'
import { shadowText } from './shadow-text.ts'

/** What somebody is about to send to others. */
export interface Writing {
  readonly surface: ScreenedSurface
  readonly person: Person
  /** What is read as one; empty ones say nothing. */
  readonly texts: readonly string[]
  /** Whether the writer has been warned and sends it all the same. */
  readonly anyway: boolean
}

const textOf = ({ texts }: Writing): string => texts.filter((one) => one.trim() !== '').join('\n')

async function suspicionOf(world: SandboxWorld, writing: Writing): Promise<Suspicion | undefined> {
  const { surface, person } = writing
  const text = textOf(writing)
  if (text === '') return undefined
  const assessment = world.detect({ title: '', body: text })
  const recalled = await recallDecisions(world, { person: person.id, text, assessment })
  return isWarnedOf(surface, recalled.assessment) ? { text, assessment: recalled.assessment } : undefined
}

/** A text in which something was found. */
interface Suspicion {
  readonly text: string
  readonly assessment: Assessment
}

const SENTENCES_SHOWN = 4
const LONGEST_SHOWN = 200

/** The sentences in which the detector found something, in order. */
function sentencesFound({ text, assessment: { reasons } }: Suspicion): string[] {
  const words = reasons.flatMap((reason) =>
    reason.words.filter(({ weight }) => weight > 0).map((word) => word.text.trim()),
  )
  return text
    .split(/(?<=[。！？!?\n])/u)
    .filter((sentence) => words.some((word) => word !== '' && sentence.includes(word)))
    .slice(0, SENTENCES_SHOWN)
    .map((sentence) => sentence.trim().slice(0, LONGEST_SHOWN))
}

/** What was found, so that the writer can correct it, and what becomes of it otherwise. */
export const warningOf = (
  suspicion: Suspicion,
  becomes: Extract<SandboxProblem, { code: 'text-warned' }>['becomes'],
) => {
  const {
    text,
    assessment: { reasons, precedent },
  } = suspicion
  return fail({
    code: 'text-warned' as const,
    kinds: reasons.map(({ kind }) => kind),
    found:
      precedent && isOfWords(precedent.how) ? [text.slice(precedent.start, precedent.end)] : sentencesFound(suspicion),
    repeats: precedent !== undefined && isOfWords(precedent.how),
    becomes,
  })
}

/** Statements that put what was sent anyway before an operator, as a case of its writer. */
function raised(world: SandboxWorld, { surface, person }: Writing, { text, assessment }: Suspicion): Statement[] {
  const { probability, reasons, modelVersion, precedent } = assessment
  const about = { kind: person.role === 'client' ? 'client' : 'worker', ref: person.id, person: person.id } as const
  const signal: CaseSignal = {
    type: 'detected',
    data: {
      ...about,
      points: precedent ? pointsOf.repeated : pointsOf.sentAnyway,
      band: 'queue',
      ...{ probability, reasons, modelVersion, surface },
      evidence: text,
      ...(precedent ? { precedent } : {}),
    },
  }
  return openSubject(world.db, { id: world.newId('cas'), signal, actor: 'detector', now: world.now() })
}

/**
 * Sends what somebody has written. Where it looks like contact or payment past the marketplace, or repeats what was taken
 * down, the writer is warned first; what is sent anyway is sent, and an operator looks at it.
 */
export async function sendText<T>(
  world: SandboxWorld,
  writing: Writing,
  send: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const suspicion = await suspicionOf(world, writing)
  if (suspicion && !writing.anyway) return warningOf(suspicion, 'sent')
  const sent = await send()
  if (!sent.ok) return sent
  const body = textOf(writing)
  const [first, ...rest] = [
    ...(suspicion ? raised(world, writing, suspicion) : []),
    ...(body === ''
      ? []
      : shadowText(world, { title: '', body }, { surface: writing.surface, ref: writing.person.id })),
  ]
  if (first) await world.db.batch([first, ...rest])
  return ok(sent.value)
}
