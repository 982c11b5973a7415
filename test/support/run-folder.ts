import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const VARIABLE = 'KENTEI_TEST_RUN'

/** Makes a folder for one run of the tests, in which its processes tell each other what they did. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'kentei-run-'))
  process.env[VARIABLE] = folder
  // a dozen suites start the same programs, of ten megabytes each
  process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled')
  return () => rmSync(folder, { recursive: true, force: true })
}

/** A file of the run; undefined outside of one. */
export const runFile = (name: string): string | undefined => {
  const folder = process.env[VARIABLE]
  return folder === undefined ? undefined : join(folder, name)
}
