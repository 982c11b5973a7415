import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

const journal = z.object({ entries: z.array(z.object({ idx: z.int(), tag: z.string() })) })

/** The migrations of a folder in their order: each a list of statements. */
export async function readMigrations(
  folder: string,
): Promise<{ readonly tag: string; readonly statements: readonly string[] }[]> {
  const { entries } = journal.parse(JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')))
  return Promise.all(
    entries
      .sort((a, b) => a.idx - b.idx)
      .map(async ({ tag }) => {
        const text = await readFile(join(folder, `${tag}.sql`), 'utf8')
        return {
          tag,
          statements: text
            .split('--> statement-breakpoint')
            .map((statement) => statement.trim())
            .filter((statement) => statement !== ''),
        }
      }),
  )
}

/** All statements of a folder's migrations, in order. */
export const migrationStatements = async (folder: string): Promise<string[]> =>
  (await readMigrations(folder)).flatMap(({ statements }) => statements)

/** Makes the plugin's tables in a database of a local D1: in one call, as each goes to another process. */
export async function migrateD1(d1: D1Database): Promise<void> {
  await d1.batch((await migrationStatements('migrations')).map((statement) => d1.prepare(statement)))
}
