import { requestOf } from '../contract/call.ts'
import { type ExamNoticed, examNoticed, NOT_OFFERED, readNoticed } from '../contract/marketplace.ts'
import { signingKey } from '../credential/keys.ts'
import { type Instant, minutes, plus, seconds } from '../kernel/instant.ts'
import { callMarketplace } from '../marketplace/call-marketplace.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'

/** What the marketplace tells of an exam; whether it does not tell such things at all; or that it could not be asked just now. */
export type ExamEvidence =
  | { readonly state: 'told'; readonly noticed: ExamNoticed }
  | { readonly state: 'not-offered' }
  | { readonly state: 'unreachable' }

interface Remembered {
  readonly evidence: ExamEvidence
  readonly until: Instant
}

// by the settings of a service, as long as they live; as many entries as there are exams
const memories = new WeakMap<object, Map<string, Remembered>>()

/** How long an answer stands, and how soon one that did not come is asked for again. */
const ANSWER_STANDS = minutes(10)
const ASK_AGAIN_AFTER = minutes(1)
/** A reader waits for it. */
const WITHIN = seconds(3)

async function ask(world: World, exam: string): Promise<ExamEvidence> {
  const key = signingKey(await keyRingOf(world), 'service')
  if (!key) return { state: 'unreachable' }
  const request = { ...requestOf(readNoticed, { path: { exam } }), idempotencyKey: world.newUuid(), within: WITHIN }
  const reply = await callMarketplace(world, key, request, world.now()).catch(() => undefined)
  if (reply && NOT_OFFERED.has(reply.status)) return { state: 'not-offered' }
  const told = reply?.status === 200 ? examNoticed.safeParse(reply.body) : undefined
  return told?.success ? { state: 'told', noticed: told.data } : { state: 'unreachable' }
}

/**
 * What the marketplace tells of what a pass of this exam changes: asked every ten minutes at most, whoever reads it. While it
 * cannot be asked, what it told last stands. `exam` is one that there is.
 */
export async function readExamEvidence(world: World, exam: string): Promise<ExamEvidence> {
  const now = world.now()
  const memory = memories.get(world.settings) ?? new Map<string, Remembered>()
  memories.set(world.settings, memory)
  const known = memory.get(exam)
  // a clock that was set back makes nothing last longer
  if (known && known.until > now && known.until <= plus(now, ANSWER_STANDS)) return known.evidence
  const asked = await ask(world, exam)
  const evidence = asked.state === 'unreachable' && known ? known.evidence : asked
  memory.set(exam, { evidence, until: plus(now, asked.state === 'unreachable' ? ASK_AGAIN_AFTER : ANSWER_STANDS) })
  return evidence
}
