import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Writer } from '../flows/note-act.ts'
import { instant } from '../kernel/instant.ts'
import { outside } from '../world/outside.ts'
import { openDatabase } from './open-database.ts'
import type { Terminal } from './terminal.ts'

/** Opens the database of a data folder for a command that writes, with what the log of acts needs. */
export async function openWriter(
  folder: string,
  terminal: Pick<Terminal, 'now'>,
): Promise<{ readonly world: Writer; close(): Promise<void> }> {
  // by these it is known who was erased: nothing new is tied to them
  const secrets = await Promise.all(
    ['erasure-secret', 'session-secret'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  )
  const tombstoneSecrets = secrets.flatMap((text) => text.split(/\s+/).filter((one) => one !== ''))
  const { db, close } = await openDatabase(folder)
  const world = {
    db,
    settings: { tombstoneSecrets },
    now: () => instant(terminal.now()),
    newId: outside.newId,
    newSecret: outside.newSecret,
  }
  return { world, close }
}
