import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { noteInto } from '../plans/makers-seen.ts'

/** Builds `dist/` before the tests, so that those which start the real bundles never look at stale ones. */
export async function setup(): Promise<() => void> {
  const seen = mkdtempSync(join(tmpdir(), 'kentei-seen-'))
  noteInto(seen)
  await promisify(execFile)(process.execPath, ['src/build.ts'])
  return () => rmSync(seen, { recursive: true, force: true })
}
