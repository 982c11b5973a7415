import { holdersAfter } from '../credential/store.ts'
import { unfinishedCases } from '../integrity/store.ts'
import { days, hours, type Instant, minus } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { advanceRound, beginRound, type Round } from '../marketplace/store.ts'
import { forgetSettledStatements, resendLastStatement, reviveStatement } from '../platform/outbox/store.ts'
import type { Statement } from '../world/database.ts'
import { type Budget, noLimit, type World } from '../world/world.ts'
import { ask, enqueueUnlessWaiting, type MessageKind, readsOf, streamOf } from './address-messages.ts'
import { freezeMissingStatements } from './freeze-skill-context.ts'
import { noteAct, staffOf } from './note-act.ts'

/** From the beginning of one round to that of the next. */
const EVERY = hours(24)
/** Workers per run: a round over many takes many runs. */
const PAGE = 100
/** Statements that a page asks at most, with some contracts of which no certificate was known. */
const MOST_PER_PAGE = 100
/** How long what has ended is still told again. */
const TOLD_AGAIN_FOR = days(7)
const NAME = 'reconcile'
/** Messages whose last one says how things are. */
const STATES: readonly MessageKind[] = ['signal', 'badge']

export interface Reconciled {
  /** Workers about whom the marketplace was asked and told in this run. */
  readonly workers: number
  /** Whether nobody is left of this round; also while none is due. */
  readonly finished: boolean
}

/**
 * Repairs what was lost on the way between plugin and marketplace: asks for the standing, the paid contracts, the reviews
 * and the unfinished cases of every worker whose certificates matter, sends the last badge and signal again under their old
 * versions, and dead messages. Begins once in 24 hours and does one page per run, so it can be
 * called every minute, and by several at once: everything it does may be done twice.
 */
export async function reconcile(world: World, budget: Budget = noLimit): Promise<Reconciled> {
  if (budget.left() < MOST_PER_PAGE) return { workers: 0, finished: false }
  const now = world.now()
  const round = await beginRound(world.db, { name: NAME, due: minus(now, EVERY), now })
  return round ? reconcilePage(world, round, now) : { workers: 0, finished: true }
}

/** Begins a round now, unless one is under way, and does its next page. */
export async function reconcileNow(
  world: World,
  session: Session,
): Promise<Result<Reconciled & { readonly startedAt: Instant }>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const now = world.now()
  const round = await beginRound(world.db, { name: NAME, due: now, now })
  if (!round) return fail({ code: 'conflict', detail: 'a round ended this very moment' })
  const noted = await noteAct(world, { act: 'reconcile.started', actor: staffOf(session) })
  return ok({ ...(await reconcilePage(world, round, now, noted)), startedAt: round.startedAt })
}

async function reconcilePage(
  world: World,
  { after = '' }: Round,
  now: Instant,
  noted: readonly Statement[] = [],
): Promise<Reconciled> {
  const workers = await holdersAfter(world.db, { after, endedSince: minus(now, TOLD_AGAIN_FOR), limit: PAGE })
  const last = workers.length < PAGE ? undefined : workers.at(-1)
  await world.db.batch([
    ...(await repairs(world, workers, now)),
    advanceRound(world.db, { name: NAME, from: after, to: last, now }),
    ...noted,
  ])
  return { workers: workers.length, finished: last === undefined }
}

async function repairs(world: World, workers: readonly string[], now: Instant): Promise<[Statement, ...Statement[]]> {
  const cases = await unfinishedCases(world.db, workers)
  const questions = workers.flatMap((worker) =>
    ask(world, worker, [
      { kind: 'read-standing' },
      { kind: 'read-contracts' },
      { kind: 'read-reviews' },
      ...cases.flatMap((open) =>
        open.worker === worker && open.marketplaceCase !== null
          ? [{ kind: 'read-case', case: open.marketplaceCase } as const]
          : [],
      ),
    ]),
  )
  const streams = workers.map(streamOf)
  return [
    ...forgetSettledStatements(world.db, workers.map(readsOf), minus(now, EVERY)),
    enqueueUnlessWaiting(world, questions, now),
    reviveStatement(world.db, streams, now),
    resendLastStatement(world.db, { streams, kinds: STATES, now }),
    ...(await freezeMissingStatements(world, workers)),
  ]
}
