import { existsSync } from 'node:fs'
import { access, constants, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import type { TenantSettings } from './cli/start-service.ts'
import type { MovedTenant } from './cli/tenant-tools.ts'
import { giveBackTime, type LostTime, timeBackSteps } from './flows/give-back-time.ts'
import { instant, milliseconds, plus } from './kernel/instant.ts'
import { openDataFolder } from './node/data-folder.ts'
import { isMoveBegun, noteMove, noteServer, noteTimeGiven } from './world/database-note.ts'
import { holdFolder } from './world/embedded/hold-folder.ts'
import { endBrokenMove, MoveError, type MovePlace, moveDatabase, type Step } from './world/move-database.ts'
import { openAsItIs, openEmbeddedDatabase, openRemoteDatabase } from './world/open-node.ts'
import { writePrivateFile } from './world/private-file.ts'

/** How long writes may wait for the copy: whoever serves the tenant needs what is left of ten seconds to open the other database. */
const PATIENCE_MS = 7_000
/** Until the tenant is served from its new place; the service gives what it takes longer. */
const OPENED_WITHIN_MS = 3_000

/** Folder of the data folder whose lock says that a move is under way. */
const HELD = 'move'

const fileOf = ({ dataFolder }: TenantSettings): string => join(dataFolder, 'kentei.db')

/** The lines of a settings file that name no database, and the one that does. */
function namingPlace(text: string, to: MovePlace): string {
  const others = text.split('\n').filter((line) => !/^\s*(export\s+)?LIBSQL_(URL|AUTH_TOKEN)\s*=/.test(line))
  const kept = others.join('\n').replace(/\n*$/, '\n')
  if (typeof to === 'string') return kept
  const token = to.authToken === undefined ? '' : `LIBSQL_AUTH_TOKEN='${to.authToken}'\n`
  return `${kept}LIBSQL_URL='${to.url}'\n${token}`
}

/** Gives open attempts the time in which nothing could be saved. @returns how many there are. */
async function giveBackAt(place: MovePlace, migrationsFolder: string, time: LostTime): Promise<number> {
  const { db, close } = await (typeof place === 'string'
    ? openEmbeddedDatabase(place, migrationsFolder, 'process')
    : openRemoteDatabase(place, migrationsFolder))
  try {
    return await giveBackTime(db, time)
  } finally {
    await close()
  }
}

/** The statements that give it back where a move was given up. */
async function timeBackStepsAt(place: MovePlace, time: LostTime): Promise<Step[]> {
  const { db, close } = await openAsItIs(place)
  try {
    return timeBackSteps(db, time)
  } finally {
    await close()
  }
}

/** What is done where a move is given up since a time: nothing of it stays, and the time is given back. */
const givenUpAt =
  ({ dataFolder, remoteDatabase }: TenantSettings, from: MovePlace, now: () => number) =>
  async (sealedAt: number): Promise<Step[]> => {
    await Promise.allSettled([
      noteTimeGiven(dataFolder, undefined),
      // where it had been noted as moved, a backup would leave it out
      noteServer(dataFolder, remoteDatabase?.url),
    ])
    return timeBackStepsAt(from, { since: instant(sealedAt), until: instant(now()) })
  }

const placeOf = (settings: TenantSettings): MovePlace => settings.remoteDatabase ?? fileOf(settings)

/** Whether what was read of a tenant's settings still names its database. */
async function isStillNamed({ file, remoteDatabase }: TenantSettings): Promise<boolean> {
  if (file === undefined) return true
  const { LIBSQL_URL: named } = parseEnv(await readFile(file, 'utf8'))
  return (named || undefined) === remoteDatabase?.url
}

/**
 * Lets writes go on that wait for a move which was killed, and gives that time back; nothing while one is under way.
 * @returns whether any waited
 */
export async function endKilledMove(settings: TenantSettings, now: () => number): Promise<boolean> {
  const { dataFolder } = settings
  if (!isMoveBegun(dataFolder)) return false
  const letGo = await holdFolder(await openDataFolder(join(dataFolder, HELD)), 0)
  if (!letGo) return false
  try {
    const from = placeOf(settings)
    if (!(await isStillNamed(settings)) || (typeof from === 'string' && !existsSync(from))) return false
    const waited = await endBrokenMove(from, givenUpAt(settings, from, now))
    await noteMove(dataFolder, 'ended')
    return waited
  } finally {
    letGo()
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** What a move needs of its surroundings. */
interface Moving {
  readonly to: MovePlace | 'file'
  readonly migrationsFolder: string
  readonly now: () => number
}

/**
 * Moves a tenant's database to another engine while it is served, and has its settings name the new place: whoever serves it
 * sees that, and opens it there. @throws a `MoveError` of what keeps it from that; the tenant is where it was then.
 */
export async function moveTenant(
  settings: TenantSettings & { readonly file: string },
  moving: Moving,
): Promise<MovedTenant> {
  await openDataFolder(settings.dataFolder)
  const ends = new AbortController()
  const end = (signal: NodeJS.Signals) => ends.abort(new MoveError('ended', signal))
  // a second move would take the seal of the first for what a broken one left, and take it away
  const letGo = await holdFolder(await openDataFolder(join(settings.dataFolder, HELD)), 0)
  if (!letGo) throw new MoveError('held', settings.dataFolder)
  try {
    // what was read before it was held may be true no more
    if (!(await isStillNamed(settings))) throw new MoveError('held', settings.dataFolder)
    for (const signal of SIGNALS) process.once(signal, end)
    await noteMove(settings.dataFolder, 'begun')
    const moved = await moveHeld(settings, moving, ends.signal)
    await noteMove(settings.dataFolder, 'ended')
    return moved
  } finally {
    for (const signal of SIGNALS) process.off(signal, end)
    letGo()
  }
}

async function moveHeld(
  settings: TenantSettings & { readonly file: string },
  { to, migrationsFolder, now }: Moving,
  signal: AbortSignal,
): Promise<MovedTenant> {
  const from = placeOf(settings)
  const target: MovePlace = to === 'file' ? fileOf(settings) : to
  // before any write waits: the settings are replaced by a file beside them
  await access(dirname(settings.file), constants.W_OK)
  if (typeof from === 'string' && !existsSync(from)) throw new Error(`${from} is not there`)
  let open = 0
  let givenUntil = instant(0)
  const { tables, sealedAt } = await moveDatabase({
    from,
    to: target,
    now,
    patience: PATIENCE_MS,
    prepare: async ({ sealedAt }) => {
      givenUntil = plus(instant(now()), milliseconds(OPENED_WITHIN_MS))
      open = await giveBackAt(target, migrationsFolder, { since: instant(sealedAt), until: givenUntil })
    },
    givenUp: givenUpAt(settings, from, now),
    signal,
    settle: async () => {
      await noteTimeGiven(settings.dataFolder, givenUntil)
      await noteServer(settings.dataFolder, typeof target === 'string' ? undefined : target.url)
      await writePrivateFile(settings.file, namingPlace(await readFile(settings.file, 'utf8'), target))
    },
  })
  return { tables, open, waitedMs: now() - sealedAt }
}
