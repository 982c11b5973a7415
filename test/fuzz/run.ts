import { spawnSync } from 'node:child_process'
import { bundleTestEntry } from '../support/test-bundle.ts'

// The apps hold JSX, which Node does not read by itself.
const { status } = spawnSync(
  process.execPath,
  [await bundleTestEntry('test/fuzz/fuzz.ts', 'node'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
