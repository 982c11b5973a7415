import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import {
  access,
  constants,
  copyFile,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { packTar, unpackTar } from 'modern-tar/fs'
import * as z from 'zod'
import { type BackupContents, BackupError, type Backups } from '../cli/backups.ts'
import { toRfc3339 } from '../kernel/instant.ts'
import { notedServer, noteServer } from '../world/database-note.ts'
import { holdFolder } from '../world/embedded/hold-folder.ts'
import { sealOn } from '../world/move-database.ts'
import { checkFile, copyDatabase } from '../world/open-node.ts'
import { writePrivateFile } from '../world/private-file.ts'
import { brokenOffIn, fillEmptyFolder, openDataFolder } from './data-folder.ts'
import { LAST_BACKUP } from './machine-state.ts'

const DATABASE = 'kentei.db'
/** What a data folder holds besides the database, each where it is there. */
const SECRETS = ['keys.json', 'session-secret', 'erasure-secret'] as const
const LIST = 'backup.json'
/** Folder of the data folder in which a backup is put together. */
const STAGING = 'backup-staging'
const [STAGED, READ_BACK] = ['staged', 'read-back']
const SIGNALS = ['SIGINT', 'SIGTERM'] as const
const KNOWN: ReadonlySet<string> = new Set([DATABASE, LIST, ...SECRETS])

const contents = z.object({
  format: z.literal('kentei-backup-1'),
  madeAt: z.string(),
  elsewhere: z.string().optional(),
  files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
})

async function digestOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Reads the files of a backup into an empty folder. @throws a `BackupError` where they are not those that its list names. */
async function unpack(from: string, identities: readonly string[], into: string): Promise<BackupContents> {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  try {
    const plain = await decrypter.decrypt(Readable.toWeb(createReadStream(from)) as never)
    await pipeline(
      Readable.fromWeb(plain as unknown as ReadableStream),
      createGunzip(),
      // what else is in there has no business in a data folder
      unpackTar(into, { filter: ({ name, type }) => type === 'file' && KNOWN.has(name) }),
    )
  } catch (error) {
    throw new BackupError('not-a-backup', error instanceof Error ? error.message : String(error))
  }
  const list = readFile(join(into, LIST), 'utf8').then((text): unknown => JSON.parse(text))
  const read = contents.safeParse(await list.catch(() => undefined))
  if (!read.success) throw new BackupError('not-a-backup', LIST)
  const there = (await readdir(into)).filter((name) => name !== LIST)
  const expected = read.data.files.map(({ name }) => name)
  if (
    there.sort().join() !== expected.sort().join() ||
    there.includes(DATABASE) !== (read.data.elsewhere === undefined)
  )
    throw new BackupError('other-content', there.join(', '))
  for (const { name, ...digest } of read.data.files) {
    const found = await digestOf(join(into, name))
    if (found.sha256 !== digest.sha256 || found.bytes !== digest.bytes) throw new BackupError('other-content', name)
  }
  return read.data
}

/** A place in the data folder for this backup alone, in which copies lie in the clear. What one that was killed left there is gone. */
async function openStaging(dataFolder: string): Promise<{ readonly folder: string; close(): void }> {
  const isWritable = await access(dataFolder, constants.W_OK).then(
    () => true,
    () => false,
  )
  // whoever may only read the data folder makes a backup all the same
  const folder = isWritable ? join(dataFolder, STAGING) : await mkdtemp(join(tmpdir(), 'kentei-backup-'))
  await openDataFolder(folder)
  const letGo = await holdFolder(folder, 0)
  if (!letGo) throw new BackupError('under-way', dataFolder)
  for (const name of [STAGED, READ_BACK]) rmSync(join(folder, name), { recursive: true, force: true })
  return {
    folder,
    close: () => {
      rmSync(folder, { recursive: true, force: true })
      letGo()
    },
  }
}

/** Does `act`, and `clear` when it ends, also where a signal ends the process. */
async function clearing<T>(clear: () => void, act: () => Promise<T>): Promise<T> {
  const forget = () => SIGNALS.forEach((signal) => void process.off(signal, end))
  const end = (signal: NodeJS.Signals) => {
    forget()
    clear()
    process.kill(process.pid, signal)
  }
  for (const signal of SIGNALS) process.on(signal, end)
  try {
    return await act()
  } finally {
    forget()
    clear()
  }
}

/** Which server has the database of a folder; undefined where it is in the folder. @throws a `BackupError` where nobody has noted where it went. */
async function serverOf(folder: string): Promise<string | undefined> {
  const server = await notedServer(folder)
  if (server !== undefined) return server
  const database = join(folder, DATABASE)
  if (!(await stat(database).catch(() => undefined))) throw new BackupError('no-database', database)
  if ((await sealOn(database)) !== 'none') throw new BackupError('moved', database)
}

/** The file is read back and compared before it gets its name, by a key that is thrown away after that. */
const make: Backups['make'] = async (folder, { to, recipients, now }) => {
  if (await stat(to).catch(() => undefined)) throw new BackupError('exists', to)
  const elsewhere = await serverOf(folder)
  const ownIdentity = await generateIdentity()
  const encrypter = new Encrypter()
  for (const recipient of [...recipients, await identityToRecipient(ownIdentity)])
    try {
      encrypter.addRecipient(recipient)
    } catch {
      throw new BackupError('recipient', recipient)
    }
  const staging = await openStaging(folder)
  // encrypted from its first byte
  const file = join(dirname(resolve(to)), `.${basename(to)}.partial`)
  const clear = () => {
    rmSync(file, { force: true })
    staging.close()
  }
  return clearing(clear, async () => {
    const staged = join(staging.folder, STAGED)
    await openDataFolder(staged)
    if (elsewhere === undefined) {
      await copyDatabase(join(folder, DATABASE), join(staged, DATABASE))
      if ((await checkFile(join(staged, DATABASE))) !== 'ok')
        throw new BackupError('damaged-database', join(folder, DATABASE))
    }
    for (const name of SECRETS)
      await copyFile(join(folder, name), join(staged, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      })
    // a look at the database may leave empty files beside it
    const names = (await readdir(staged)).filter((name) => KNOWN.has(name))
    const made: BackupContents = {
      format: 'kentei-backup-1',
      madeAt: toRfc3339(now),
      ...(elsewhere === undefined ? {} : { elsewhere }),
      files: await Promise.all(names.map(async (name) => ({ name, ...(await digestOf(join(staged, name))) }))),
    }
    await writeFile(join(staged, LIST), `${JSON.stringify(made, null, 2)}\n`)
    const packed = createGzip()
    const encrypted = await encrypter.encrypt(Readable.toWeb(packed) as never)
    // by name: a file beside the database may be gone while the folder is walked through
    const sources = [...names, LIST].map((name) => ({
      type: 'file' as const,
      source: join(staged, name),
      target: name,
    }))
    // what one that was killed has left, or a link that somebody laid there: nothing is written through it
    rmSync(file, { force: true })
    await Promise.all([
      pipeline(packTar(sources), packed),
      pipeline(
        Readable.fromWeb(encrypted as unknown as ReadableStream),
        createWriteStream(file, { flags: 'wx', mode: 0o600 }),
      ),
    ])
    const readBack = join(staging.folder, READ_BACK)
    await openDataFolder(readBack)
    await unpack(file, [ownIdentity], readBack)
    const handle = await open(file, 'r')
    await handle.sync()
    await handle.close()
    await rename(file, to)
    // whoever may only read the data folder has made a backup all the same
    await writePrivateFile(join(folder, LAST_BACKUP), `${made.madeAt}\n`).catch(() => {})
    return made
  })
}

const restore: Backups['restore'] = async (from, { identities, folder, settle }) => {
  for (const identity of identities)
    try {
      new Decrypter().addIdentity(identity)
    } catch {
      // never the text itself: it may be most of a key
      throw new BackupError('identity', '')
    }
  await openDataFolder(folder)
  const letGo = await holdFolder(folder, 0)
  if (!letGo) throw new BackupError('held', folder)
  try {
    const isFilled = (await brokenOffIn(folder)) === 'finished'
    let made: BackupContents | undefined
    await fillEmptyFolder(folder, async (into) => {
      made = await unpack(from, identities, into)
      await rm(join(into, LIST))
      await noteServer(into, made.elsewhere)
      if (made.elsewhere !== undefined) return
      if ((await checkFile(join(into, DATABASE))) !== 'ok') throw new BackupError('damaged-database', from)
      await settle(into)
    })
    if (!made && !isFilled) throw new BackupError('not-empty', folder)
    return made
  } finally {
    letGo()
  }
}

/** Backups in one file: tar, gzip and age. */
export const backups: Backups = { make, restore }
