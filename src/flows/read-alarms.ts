import { LIST_ENTRIES } from '@kentei/verify/parts'
import { sinceOf } from '../credential/key-life.ts'
import { usedOfNewestList } from '../credential/lists/store.ts'
import type { World } from '../world/world.ts'
import { readDatabaseShare } from './read-database-share.ts'

/** What of a service itself asks for a person, each with when it does and its chapter of the manual. The rules for Prometheus say the same. */
export const ALARMS = {
  /** Seconds since a sweep came to its end. */
  sweep: { over: 300, chapter: 'watch#sweep-late' },
  /** Share of the disk that is taken. */
  disk: { over: 0.9, chapter: 'watch#disk' },
  /** Share of the limit of the database that is used. */
  database: { over: 0.9, chapter: 'records#limit' },
  /** Seconds between the clocks of Kentei and of the marketplace, either way. */
  clock: { over: 4, chapter: 'watch#clock' },
  /** Seconds of which nothing is in a backup. */
  backup: { over: 2 * 86_400, chapter: 'operate#backup' },
  /** Seconds that a key has signed. */
  key: { over: 330 * 86_400, chapter: 'operate#keys' },
  /** Share of the newest status list that is given away. */
  list: { over: 0.76, chapter: 'operate#certificates' },
} as const

export type AlarmName = keyof typeof ALARMS

/** Which of them are over their bounds. On the edge there is no machine that could be asked. */
export async function readAlarms(world: World): Promise<readonly AlarmName[]> {
  const [machine, used, share] = await Promise.all([
    world.machine?.(),
    usedOfNewestList(world.db),
    readDatabaseShare(world),
  ])
  const now = world.now()
  const signing = world.settings.keys.flatMap((key) =>
    key.state === 'active' ? [(now - (sinceOf(key, 'active') ?? now)) / 1_000] : [],
  )
  const figures: Readonly<Record<AlarmName, number>> = {
    sweep: machine?.sweepAgeSeconds ?? 0,
    disk: machine?.diskTaken ?? 0,
    database: share ?? 0,
    clock: Math.abs(machine?.clockAheadSeconds ?? 0),
    backup: machine?.notBackedUpSeconds ?? 0,
    key: Math.max(0, ...signing),
    list: used / LIST_ENTRIES,
  }
  return (Object.keys(ALARMS) as AlarmName[]).filter((name) => figures[name] > ALARMS[name].over)
}
