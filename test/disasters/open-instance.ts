import type { Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { createApp } from '../../src/app.ts'
import { findAttempt } from '../../src/attempt/store.ts'
import { archiveAttempts, removeErasedWork } from '../../src/flows/archive-attempts.ts'
import { openLanes } from '../../src/flows/drain-outbox.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { readWork } from '../../src/flows/read-work.ts'
import { reconcile } from '../../src/flows/reconcile.ts'
import { replayAttempt } from '../../src/flows/replay-attempt.ts'
import { sweepAtOnce } from '../../src/flows/sweep.ts'
import type { Bank } from '../../src/item/bank.ts'
import { type LogEvent, logLine, workLine } from '../../src/platform/log-line.ts'
import type { Database } from '../../src/world/database.ts'
import { openClient } from '../../src/world/embedded/client.ts'
import type { Holder } from '../../src/world/embedded/holders.ts'
import type { Role } from '../../src/world/embedded/messages.ts'
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
    reconcile: () => reconcile(world).catch(report),
    archive: async () => {
      await archiveAttempts(world, { report: tell }).catch(report)
      await removeErasedWork(world).catch(report)
    },
    /** Grades an attempt once more, as for an appeal. */
    replay: (id: string) => replayAttempt(world, id),
    /** What was answered in an attempt, wherever that lies. */
    answers: async (id: string) => {
      const attempt = await findAttempt(world.db, id)
      return attempt ? (await readWork(world, attempt)).responses : []
    },
  }
}

export type Instance = ReturnType<typeof openInstance>
