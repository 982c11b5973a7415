import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundleSeeds, bundleService, fileWithMistake } from './bundles.ts'
import { type Mutant, mutants } from './mutants.ts'

let seeds: string
let sound: string
beforeAll(async () => {
  ;[seeds, sound] = await Promise.all([bundleSeeds(), bundleService()])
})

/** Runs seeds in a process of their own. */
async function run(given: readonly string[], mutant?: Mutant) {
  const service = mutant ? await bundleService(mutant) : sound
  const sql = mutant?.sql === undefined ? [] : ['--sql', mutant.sql]
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=DEP0204', seeds, '--service', service, ...sql, ...given],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  return { status, stdout }
}

/** Mistakes that the first seeds find: one is looked for each time, both with `npm run laws`. */
const SOON = process.env.CASES === 'all' ? /^a save of several answers|^versions run back/ : /^versions run back/

const lineOf = (stdout: string, begin: string) => stdout.split('\n').find((line) => line.startsWith(begin))

describe('simulated disasters', () => {
  it('lose nothing in the first seeds, and a seed is the same step by step whatever was run before it', async () => {
    const together = await run(['--seeds', '2', '--from', '2', '--trace', '--quiet'])
    expect(together.status, together.stdout.slice(-2_000)).toBe(0)
    const alone = await run(['--seeds', '1', '--from', '3', '--trace', '--quiet'])
    expect(lineOf(alone.stdout, 'seed 3: trace')).toBeDefined()
    expect(lineOf(alone.stdout, 'seed 3: trace')).toBe(lineOf(together.stdout, 'seed 3: trace'))
    expect(together.stdout).toContain(alone.stdout)
  })

  it.each(mutants.filter(({ name }) => SOON.test(name)))('find the mistake: $name', async (mutant) => {
    const { status, stdout } = await run(['--seeds', '60', '--quiet', '--stop-at-first'], mutant)
    expect(status).toBe(1)
    expect(stdout).toContain('npm run disasters -- --seeds 1 --from')
  })

  it.each(mutants)('have a mistake that can still be made: $name', async (mutant) => {
    for (const { file, to } of mutant.changes) expect(await fileWithMistake(mutant, file)).toContain(to)
  })

  it('say so where a file no longer has the words of a mistake', async () => {
    const file = 'src/flows/sweep.ts'
    const mutant = { name: 'none', changes: [{ file, from: 'words that stand nowhere', to: '' }] }
    await expect(fileWithMistake(mutant, file)).rejects.toThrow('cannot be made')
  })
})
