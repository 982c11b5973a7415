import type { Role, VerifiedIdentity } from '../../contract/tokens.ts'
import { instant } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { marketplaceWords } from '../../platform/page/words.ts'
import { announceOnce } from '../outbox/store.ts'
import { findIdentity } from '../people/payout/store.ts'
import { staff } from '../people/staff.data.ts'
import { seeWorker } from '../people/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { dayOf } from '../search/market.ts'
import { launchUrl, signLaunchToken } from '../trust/sign-token.ts'
import { requireWorker } from './change-standing.ts'

export interface LaunchRequest {
  readonly worker: string
  readonly role: Role
  readonly locale: 'ja' | 'en'
  readonly exam?: string | undefined
  readonly timeMultiplier?: number | undefined
}

/** Who verified a worker's identity, and on which day of the market; undefined of who was not verified. */
async function identityOf(
  { db, settings }: SandboxWorld,
  { worker, role, locale }: LaunchRequest,
): Promise<VerifiedIdentity | undefined> {
  const found = role === 'worker' ? await findIdentity(db, worker) : undefined
  if (found?.state !== 'verified') return undefined
  return { by: marketplaceWords(locale, settings.brand).marketplace, on: dayOf(instant(found.decidedAt)) }
}

/** Name to launch under, and the page to come back to. Staff need no account of their own here. */
async function whoIs(world: SandboxWorld, request: LaunchRequest): Promise<Outcome<{ name: string; page: string }>> {
  if (request.role !== 'worker')
    return ok({
      name: staff.find((person) => person.id === request.worker)?.name ?? request.worker.slice(0, 80),
      page: '/',
    })
  const worker = await requireWorker(world, request.worker)
  return worker.ok ? ok({ name: worker.value.name, page: `/workers/${encodeURIComponent(worker.value.id)}` }) : worker
}

/** The event of somebody opening an exam the first time. */
export const openedEvent = (worker: string, exam: string): string => `evt_opened_${worker}_${exam}`

/** Tells the plugin that somebody opens an exam, the first time. */
const openedStatement = ({ db, now }: SandboxWorld, worker: string, exam: string) =>
  announceOnce(db, {
    id: openedEvent(worker, exam),
    type: 'exam.opened',
    worker,
    version: 1,
    data: { exam },
    now: now(),
  })

/** Sends a person over to the plugin: a launch token and the address it opens. */
export async function launchPerson(
  world: SandboxWorld,
  request: LaunchRequest,
): Promise<Outcome<{ token: string; url: string }>> {
  const who = await whoIs(world, request)
  if (!who.ok) return who
  const { worker: sub, role, locale, exam, timeMultiplier } = request
  // whoever sits an exam is here
  if (role === 'worker') await seeWorker(world.db, sub, world.now())
  if (role === 'worker' && exam !== undefined) await world.db.batch([openedStatement(world, sub, exam)])
  const returnUrl = `${world.settings.origin}${who.value.page}${locale === 'en' ? '?lang=en' : ''}`
  const token = await signLaunchToken(world, {
    sub,
    role,
    name: who.value.name,
    locale,
    exam,
    timeMultiplier,
    identity: await identityOf(world, request),
    returnUrl,
  })
  return ok({ token, url: launchUrl(world, token) })
}
