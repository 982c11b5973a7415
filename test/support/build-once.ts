import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Builds `dist/` before the tests, so that those which start the real bundles never look at stale ones. */
export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, ['src/build.ts'])
}
