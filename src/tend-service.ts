import { archiveAttempts, removeErasedWork } from './flows/archive-attempts.ts'
import { openLanes } from './flows/drain-outbox.ts'
import { reconcile } from './flows/reconcile.ts'
import { type ReportFailure, sweepAtOnce } from './flows/sweep.ts'
import { type Instant, minutes, plus } from './kernel/instant.ts'
import { type Repetition, repeat, report } from './node/run-until-stopped.ts'
import { type LogLine, logLine, workLine } from './platform/log-line.ts'
import { afterAWhile, afterTry, type Outage } from './platform/outbox/outage.ts'
import type { Fact, World } from './world/world.ts'

const SWEPT_EVERY_MS = 1_000
const DELIVERED_EVERY_MS = 500
const RECONCILED_EVERY_MS = 5_000
/** How often is looked for attempts that are to be archived: their time is told in months. */
const ARCHIVED_EVERY_MS = 600_000
/** Only what a process left that ended in the middle is found then. */
const ERASED_LOOKED_FOR_EVERY_MS = 86_400_000
/** How long deleted data may still lie in the log beside the database. */
const FORGET_EVERY_MS = 60_000
const OUTAGES_TOLD_EVERY_MS = 60_000

interface Tended {
  readonly pace?: number
  readonly write?: (line: LogLine) => void
}

/** A service that is tended. */
export interface Tending extends Repetition {
  /** When the last sweep came to its end; undefined before the first has. */
  sweptAt(): Instant | undefined
}

/**
 * Does what Kentei does by itself: closes what ran out, sends what waits, asks what was missed, forgets what was deleted.
 * `pace`: how many times rarer than alone, where many share a process. `write` is told of failures.
 */
export function tendService(
  world: World,
  forgetDeleted: () => Promise<unknown>,
  { pace = 1, write = (line) => console.error(JSON.stringify(line)) }: Tended = {},
): Tending {
  const report = seldom(() => world.now(), write)
  const refused = new Set<string>()
  let sweptAt: Instant | undefined
  const tell: ReportFailure = (event, about, error) => {
    // such a token stays as it is, and is tried again every second
    if (event === 'token-not-signed-anew' && refused.has(about)) return
    if (event === 'token-not-signed-anew') refused.add(about)
    write(logLine(event, error, { about }))
  }
  const sweep = async () => {
    await sweepAtOnce(world, tell)
    sweptAt = world.now()
  }
  const stopping = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  // whoever waits for a slow destination's answers must not keep the others' messages waiting
  const deliver = async () => {
    for (const lane of await openLanes(world, { signal: stopping.signal })) {
      const ended = lane.ended.catch(report).finally(() => underWay.delete(ended))
      underWay.add(ended)
    }
  }
  const repetitions = [
    repeat(pace * SWEPT_EVERY_MS, sweep, report),
    repeat(pace * DELIVERED_EVERY_MS, deliver, report),
    repeat(pace * RECONCILED_EVERY_MS, () => reconcile(world), report),
    repeat(FORGET_EVERY_MS, forgetDeleted, report),
    repeat(pace * ARCHIVED_EVERY_MS, () => archiveAttempts(world, { report: tell }), report),
    repeat(ERASED_LOOKED_FOR_EVERY_MS, () => removeErasedWork(world), report),
  ]
  return {
    sweptAt: () => sweptAt,
    stop: async () => {
      stopping.abort()
      await Promise.all(repetitions.map((repetition) => repetition.stop()))
      await Promise.all(underWay)
    },
  }
}

/** How often the same failure of what is tried every second is written down. */
const SAID_EVERY = minutes(1)

/** Kinds of failures that are remembered. */
const MOST_KINDS = 100

/** Writes down failures of work, the same one once a minute: a full disk would fill what is left of it with lines. */
export function seldom(now: () => Instant, write: (line: LogLine) => void): (error: unknown) => void {
  const said = new Map<string, { readonly at: Instant; failures: number }>()
  return (error) => {
    const line = workLine(error)
    const key = [line.event, line.error, line.code, line.at?.[0]].join(' ')
    const last = said.get(key)
    const at = now()
    // a clock that was set back makes nothing last longer
    if (last && at >= last.at && at < plus(last.at, SAID_EVERY)) {
      last.failures += 1
      return
    }
    if (said.size >= MOST_KINDS) said.clear()
    said.set(key, { at, failures: 0 })
    write(last && last.failures > 0 ? { ...line, failures: last.failures + 1 } : line)
  }
}

/** Writes down when a destination stops answering, now and then while it does not, and when it answers again. */
export function watchDestinations(
  now: () => Instant,
  write: (line: object) => void,
): Repetition & { note(fact: Fact): void } {
  const outages = new Map<string, Outage>()
  const take = (destination: string, { outage, news, about }: ReturnType<typeof afterTry>) => {
    if (outage) outages.set(destination, outage)
    else outages.delete(destination)
    if (!news || !about) return
    const seconds = Math.round((now() - about.since) / 1_000)
    write(logLine(news, undefined, { destination, seconds, failures: about.failures }))
  }
  const remind = async () => {
    for (const [destination, outage] of outages) take(destination, afterAWhile(outage, now()))
  }
  const { stop } = repeat(OUTAGES_TOLD_EVERY_MS, remind, report)
  return {
    stop,
    note: (fact) => {
      if (fact.fact !== 'tried') return
      // what was refused for good was answered, and says nothing of the next
      if (fact.outcome === 'dead' && !fact.failed) return
      take(fact.destination, afterTry(outages.get(fact.destination), fact.failed, now()))
    },
  }
}
