import { appendFileSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder in which the workers of one run of the tests note what they saw: the suites, and the functions that made a statement in them. */
const FOLDER = 'KENTEI_TEST_SEEN'

export const noteInto = (folder: string): void => {
  process.env[FOLDER] = folder
}

/** Notes what a suite saw, for the one that comes last. */
export function keepMakers(suite: string, makers: ReadonlySet<string>): void {
  const folder = process.env[FOLDER]
  if (folder) appendFileSync(join(folder, `${process.pid}.txt`), `${[suite, ...makers].join('\n')}\n`)
}

/** Everything that any worker of this run has noted. */
export function readSeen(): ReadonlySet<string> {
  const folder = process.env[FOLDER]
  return new Set(folder === undefined ? [] : readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')))
}

/** The exported functions of the stores that are handed a database: `src/attempt/store.ts findAttempt`. */
export const statementMakers = (): string[] =>
  globSync('src/**/store.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const found = text.matchAll(/^export (?:async )?(?:function\*? (\w+)(?:<[^>]*>)?\(|const (\w+) = (?:async )?\()([^)]*)/gm)
    return [...found].filter(([, , , parameters = '']) => /\bdb: Database\b/.test(parameters)).map(([, name, constant]) => `${file} ${name ?? constant}`)
  })
