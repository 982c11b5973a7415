import { LIST_ENTRIES } from '@kentei/verify/parts'
import { countOpen, countOverdue } from '../attempt/listing/store.ts'
import { usedOfNewestList } from '../credential/lists/store.ts'
import type { Instant } from '../kernel/instant.ts'
import { countByDestination, oldestPending } from '../platform/outbox/history/store.ts'
import type { World } from '../world/world.ts'
import { readDatabaseShare } from './read-database-share.ts'

/** What lies in the database just now, in figures of nobody. */
export interface ServiceState {
  /** Attempts that are under way, and those of them whose time is over. */
  readonly open: number
  readonly overdue: number
  /** Messages that are not settled, or are dead. */
  readonly messages: readonly { readonly destination: string; readonly status: string; readonly n: number }[]
  /** Since when the message waits that waits longest, by destination. */
  readonly oldest: readonly { readonly destination: string; readonly since: Instant }[]
  /** The share of the newest status list that is given away; at three quarters the next one opens. */
  readonly statusListFilled: number
  /** The share of its limit that the database uses; undefined where none is set. */
  readonly databaseShare: number | undefined
}

const UNSETTLED: ReadonlySet<string> = new Set(['pending', 'held', 'dead'])

/** Reads it: a few statements on indexes and kept counts. */
export async function readServiceState({ db, now, settings }: World): Promise<ServiceState> {
  const [open, overdue, messages, oldest, used, databaseShare] = await Promise.all([
    countOpen(db, {}),
    countOverdue(db, now()),
    countByDestination(db),
    oldestPending(db),
    usedOfNewestList(db),
    readDatabaseShare({ db, settings }),
  ])
  return {
    open,
    overdue,
    messages: messages.filter(({ status }) => UNSETTLED.has(status)),
    oldest,
    statusListFilled: used / LIST_ENTRIES,
    databaseShare,
  }
}
