import type { Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { createApp } from '../../src/app.ts'
import { findAttempt } from '../../src/attempt/store.ts'
import { archiveAttempts, removeErasedWork } from '../../src/flows/archive-attempts.ts'
import { openLanes } from '../../src/flows/drain-outbox.ts'
import { giveBackTime, timeBackSteps } from '../../src/flows/give-back-time.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { readWork } from '../../src/flows/read-work.ts'
import { reconcile } from '../../src/flows/reconcile.ts'
import { replayAttempt } from '../../src/flows/replay-attempt.ts'
import { sweepAtOnce } from '../../src/flows/sweep.ts'
import type { Bank } from '../../src/item/bank.ts'
import { readDraftFiles } from '../../src/item/source/store.ts'
import { type Instant, instant, milliseconds, plus } from '../../src/kernel/instant.ts'
import { type LogEvent, logLine, workLine } from '../../src/platform/log-line.ts'
import type { Database } from '../../src/world/database.ts'
import { openClient } from '../../src/world/embedded/client.ts'
import type { Holder } from '../../src/world/embedded/holders.ts'
import type { Role } from '../../src/world/embedded/messages.ts'
import { endBrokenMove, engineOf, moveDatabase } from '../../src/world/move-database.ts'
import type { Settings } from '../../src/world/settings.ts'
import type { World } from '../../src/world/world.ts'

// One instance of the service. It is bundled by itself and loaded once for each instance, so that two instances of a process
// share no more than two processes do.

/** What an instance finds around it, all of it made up. */
export interface Surroundings extends Omit<World, 'db' | 'settings' | 'rendering' | 'fetchStranger'> {
  readonly file: string
  readonly settings: Settings
  findHolder(role: Role): Holder
  log(line: object): void
}

const noPictures = () => Promise.reject(new Error('nobody draws here'))

/** Opens an instance over a database file: what answers requests, and what it does by itself, round by round. */
export function openInstance({ file, findHolder, log, ...outside }: Surroundings) {
  const world: World = {
    ...outside,
    db: drizzle(openClient(file, findHolder) as unknown as Client) as unknown as Database,
    rendering: { glyphs: noPictures, rasteriser: noPictures },
    fetchStranger: () => Promise.reject(new TypeError('fetch failed')),
  }
  const app = createApp({ openWorld: () => world, logFailure: log })
  const report = (error: unknown): undefined => {
    log(workLine(error))
    return undefined
  }
  const tell = (event: LogEvent, about: string, error?: unknown) => log(logLine(event, error, { about }))
  return {
    request: async (request: Request): Promise<Response> => app.fetch(request),
    publish: (bank: Bank) => publishExam(world, bank),
    sweep: () => sweepAtOnce(world, tell).catch(report),
    deliver: async () => {
      const lanes = await openLanes(world).catch(report)
      for (const lane of lanes ?? []) lane.ended.catch(report)
      return Promise.allSettled((lanes ?? []).map(({ ended }) => ended))
    },
    /** Gives open attempts the time since a move until now. @returns whether it did. */
    giveBack: (since: Instant) =>
      giveBackTime(world.db, { since, until: world.now() }).then(
        () => true,
        (error) => {
          report(error)
          return false
        },
      ),
    endKilledMove: () =>
      endBrokenMove(
        file,
        async (since) => timeBackSteps(world.db, { since: instant(since), until: world.now() }),
        async (place) => engineOf(openClient(place as string, findHolder)),
      ).catch(report),
    reconcile: () => reconcile(world).catch(report),
    archive: async () => {
      await archiveAttempts(world, { report: tell }).catch(report)
      await removeErasedWork(world).catch(report)
    },
    /** Grades an attempt once more, as for an appeal. */
    replay: (id: string) => replayAttempt(world, id),
    /** A file of a draft as it is now. */
    draft: async ({ exam, path }: { readonly exam: string; readonly path: string }) =>
      (await readDraftFiles(world.db, exam, [path])).get(path) as string | undefined,
    /** What was answered in an attempt, wherever that lies. */
    answers: async (id: string) => {
      const attempt = await findAttempt(world.db, id)
      return attempt ? (await readWork(world, attempt)).responses : []
    },
  }
}

export type Instance = ReturnType<typeof openInstance>

/** Until when whoever was in an attempt has the time back, before it is known when the other file is opened. */
const OPENED_WITHIN_MS = 3_000
const PATIENCE_MS = 7_000

/** Moves the database from one file to another as `kentei tenants move` does. */
export async function moveBetween({
  from,
  to,
  now,
  findHolder,
  sealed,
  settle,
}: {
  readonly from: string
  readonly to: string
  readonly now: () => Instant
  readonly findHolder: (file: string) => Holder
  readonly sealed: (since: number) => void
  readonly settle: (givenUntil: Instant) => void
}): Promise<void> {
  const clientOf = (file: string) => openClient(file, () => findHolder(file))
  const databaseOf = (client: ReturnType<typeof clientOf>) =>
    drizzle(client as unknown as Client) as unknown as Database
  let givenUntil = instant(0)
  await moveDatabase({
    from,
    to,
    now,
    patience: PATIENCE_MS,
    signal: new AbortController().signal,
    open: async (place) => engineOf(clientOf(place as string)),
    prepare: async ({ sealedAt }) => {
      sealed(sealedAt)
      givenUntil = plus(now(), milliseconds(OPENED_WITHIN_MS))
      const client = clientOf(to)
      await giveBackTime(databaseOf(client), { since: instant(sealedAt), until: givenUntil })
      await client.close()
    },
    givenUp: async (since) => {
      sealed(since)
      return timeBackSteps(databaseOf(clientOf(from)), { since: instant(since), until: now() })
    },
    settle: async () => settle(givenUntil),
  })
}
