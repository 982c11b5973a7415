import { spawnSync } from 'node:child_process'
import { bundleSeeds, bundleService } from './bundles.ts'
import { MOST_SEEDS, mutants } from './mutants.ts'

// npm run disasters -- [--seeds N] [--from N] [--minutes N] [--trace] [--state FILE [--resume]] | --mutants [WORDS]

const given = process.argv.slice(2)
const seeds = await bundleSeeds()
const run = (service: string, rest: readonly string[]) =>
  spawnSync(process.execPath, ['--disable-warning=DEP0204', seeds, '--service', service, ...rest], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })

if (given[0] !== '--mutants') {
  const service = await bundleService()
  const { status } = spawnSync(process.execPath, ['--disable-warning=DEP0204', seeds, '--service', service, ...given], {
    stdio: 'inherit',
  })
  process.exit(status ?? 1)
}

let missed = 0
for (const mutant of mutants.filter(({ name }) => name.includes(given[1] ?? ''))) {
  const service = await bundleService(mutant)
  const sql = mutant.sql === undefined ? [] : ['--sql', mutant.sql]
  const { status, stdout } = run(service, ['--seeds', String(MOST_SEEDS), '--quiet', '--stop-at-first', ...sql])
  if (status === 0) missed += 1
  console.log(`${status === 0 ? 'NOT FOUND' : 'found'}: ${mutant.name}\n${stdout}`)
}
process.exit(missed === 0 ? 0 : 1)
