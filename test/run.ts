import { existsSync } from 'node:fs'
import { parseCLI, startVitest } from 'vitest/node'

// npm test: all suites but those that are a matter of endurance, which `--project endurance` runs.
// npm test -- <room …>: the light suites of these rooms, as src/ names them; what takes long waits for a run of all, or for
// `--project long`. Other folders of test/, and words of a path, choose suites of every length.

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const areRooms = filter.length > 0 && filter.every((name) => existsSync(`src/${name}`) && existsSync(`test/${name}`))
const suites = filter.map((name) => (existsSync(`test/${name}`) ? `test/${name}/` : name))
const vitest = await startVitest('test', suites, {
  config: 'test/vitest.config.ts',
  ...(filter.length === 0 ? { project: ['light', 'long', 'last'] } : areRooms ? { project: 'light' } : {}),
  ...options,
})
await vitest.close()
