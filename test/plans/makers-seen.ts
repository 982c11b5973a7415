import { appendFileSync, existsSync, globSync, readFileSync } from 'node:fs'
import { runFile } from '../support/run-folder.ts'

/** Where the processes of one run of the tests note what they saw: the suites, and the functions that made a statement in them. */
const NOTES = 'seen.txt'

/** Notes what a suite saw, for the one that comes last. */
export function keepMakers(suite: string, makers: ReadonlySet<string>): void {
  const notes = runFile(NOTES)
  if (notes) appendFileSync(notes, `${[suite, ...makers].join('\n')}\n`)
}

/** Everything that any process of this run has noted. */
export function readSeen(): ReadonlySet<string> {
  const notes = runFile(NOTES)
  return new Set(notes && existsSync(notes) ? readFileSync(notes, 'utf8').split('\n') : [])
}

/** The exported functions of the stores that are handed a database: `src/attempt/store.ts findAttempt`. */
export const statementMakers = (): string[] =>
  globSync('src/**/store.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const found = text.matchAll(
      /^export (?:async )?(?:function\*? (\w+)(?:<[^>]*>)?\(|const (\w+) = (?:async )?\()([^)]*)/gm,
    )
    return [...found]
      .filter(([, , , parameters = '']) => /\bdb: Database\b/.test(parameters))
      .map(([, name, constant]) => `${file} ${name ?? constant}`)
  })
