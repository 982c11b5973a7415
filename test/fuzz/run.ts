import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { writeDocuments } from '../../src/node/assets.ts'
import { bundleTestEntry } from '../support/test-bundle.ts'

// The apps hold JSX, which Node does not read by itself.
const bundle = await bundleTestEntry('test/fuzz/fuzz.ts', 'node')
// every route is asked, those of the documents too
await writeDocuments(dirname(bundle))
const { status } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
