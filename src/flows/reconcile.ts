import { holdersAfter, raiseVersionsStatement } from '../credential/store.ts'
import { unfinishedCases } from '../integrity/store.ts'
import { type Duration, days, hours, type Instant, instant, minus } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { advanceRound, beginRound, type Round, roundUnderWay } from '../marketplace/store.ts'
import {
  dueAgainStatement,
  forgetRepeatsStatement,
  forgetSettledStatements,
  lastChains,
  repeatStatement,
  resendLastStatement,
  reviveStatement,
} from '../platform/outbox/store.ts'
import type { Statement } from '../world/database.ts'
import { type Budget, noLimit, type World } from '../world/world.ts'
import { ask, caseReadsOf, enqueueUnlessWaiting, type MessageKind, readsOf, streamOf } from './address-messages.ts'
import { freezeMissingStatements } from './freeze-skill-context.ts'
import { noteAct, staffOf, type Writer } from './note-act.ts'

/** From the beginning of one round to that of the next. */
const EVERY = hours(24)
/** Workers per run: a round over many takes many runs. */
const PAGE = 100
/** Statements that a page asks at most, with some contracts of which no certificate was known. */
const MOST_PER_PAGE = 100
/** How long what has ended is still told again. */
const TOLD_AGAIN_FOR = days(7)
/** How long it is known of each night what was told once more. */
const REPEATS_KEPT = days(30)
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
  const restored = await roundUnderWay(world.db, afterRestore.name)
  if (restored) return reconcilePage(world, restored, afterRestore)
  const round = await beginRound(world.db, { name: nightly.name, due: minus(now, EVERY), now })
  return round ? reconcilePage(world, round, nightly) : { workers: 0, finished: true }
}

/** Begins a round now, unless one is under way, and does its next page. */
export const reconcileNow = (world: World, session: Session) =>
  beginByOperator(world, session, { way: nightly, act: 'reconcile.started' })

/** An operator says that the database was restored from an older copy: see `reconcileRestored`. Later pages are done by the sweep too. */
export const reconcileRestoredNow = (world: World, session: Session) =>
  beginByOperator(world, session, { way: afterRestore, act: 'service.restored' })

async function beginByOperator(
  world: World,
  session: Session,
  { way, act }: { readonly way: Way; readonly act: 'reconcile.started' | 'service.restored' },
): Promise<Result<Reconciled & { readonly startedAt: Instant }>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const now = world.now()
  const round = await beginRound(world.db, { name: way.name, due: now, now })
  if (!round) return fail({ code: 'conflict', detail: 'a round ended this very moment' })
  const noted = await noteAct(world, { act, actor: staffOf(session) })
  return ok({ ...(await reconcilePage(world, round, way, noted)), startedAt: round.startedAt })
}

/**
 * After the database was restored from an older copy: a round over everybody who ever had a certificate that asks all that
 * the nightly one asks, and tells badges and signals as they are in the copy, under versions that are higher than any that the
 * marketplace may have seen. It goes on, page by page, until nobody is left. @returns about how many it told.
 */
export async function reconcileRestored(world: Writer): Promise<number> {
  const now = world.now()
  let round = await beginRound(world.db, { name: afterRestore.name, due: now, now })
  let noted: readonly Statement[] = await noteAct(world, { act: 'service.restored', actor: 'machine' })
  let workers = 0
  while (round) {
    workers += (await reconcilePage(world, round, afterRestore, noted)).workers
    noted = []
    round = await roundUnderWay(world.db, afterRestore.name)
  }
  return workers
}

/** How a round tells what stands, and about whom. */
interface Way {
  readonly name: string
  /** What ended before is not told any more. */
  readonly toldFor: Duration | 'ever'
  tell(world: Writer, workers: readonly string[], round: Round, now: Instant): Promise<readonly Statement[]>
}

async function reconcilePage(
  world: Writer,
  round: Round,
  { name, toldFor, tell }: Way,
  noted: readonly Statement[] = [],
): Promise<Reconciled> {
  const { after = '' } = round
  const now = world.now()
  const endedSince = toldFor === 'ever' ? instant(0) : minus(now, toldFor)
  const workers = await holdersAfter(world.db, { after, endedSince, limit: PAGE })
  const last = workers.length < PAGE ? undefined : workers.at(-1)
  await world.db.batch([
    dueAgainStatement(world.db, now),
    ...(await questions(world, workers, now)),
    ...(await tell(world, workers, round, now)),
    ...(await freezeMissingStatements(world, workers)),
    advanceRound(world.db, { name, from: after, to: last, now }),
    ...noted,
  ])
  return { workers: workers.length, finished: last === undefined }
}

async function questions(
  world: Writer,
  workers: readonly string[],
  now: Instant,
): Promise<[Statement, ...Statement[]]> {
  const cases = await unfinishedCases(world.db, workers)
  const asked = workers.flatMap((worker) =>
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
  return [
    ...forgetSettledStatements(world.db, [...workers.map(readsOf), ...workers.map(caseReadsOf)], minus(now, EVERY)),
    forgetRepeatsStatement(world.db, workers.map(streamOf), minus(now, REPEATS_KEPT)),
    enqueueUnlessWaiting(world, asked, now),
    reviveStatement(world.db, workers.map(streamOf), now),
  ]
}

/** The last of each goes again under its old id and version: a marketplace that has it ignores it. */
const nightly: Way = {
  name: 'reconcile',
  toldFor: TOLD_AGAIN_FOR,
  tell: async ({ db }, workers, _, now) => [
    resendLastStatement(db, { streams: workers.map(streamOf), kinds: STATES, now }),
  ],
}

/** The last of each goes as a new message, after the question about the standing that it went after. */
const afterRestore: Way = {
  name: 'restored',
  toldFor: 'ever',
  tell: async ({ db, newId }, workers, { startedAt }, now) => {
    const messages = await lastChains(db, { streams: workers.map(streamOf), kinds: STATES })
    const chains = new Map(messages.map(({ chain }) => [chain, newId('msg')]))
    const repeated = messages.map(({ seq, chain }) => ({ seq, id: newId('msg'), chain: chains.get(chain) ?? chain }))
    return [raiseVersionsStatement(db, workers, startedAt), repeatStatement(db, repeated, { kinds: STATES, now })]
  },
}
