import { rm } from 'node:fs/promises'
import { COUNTED, type Costs, measuredCosts } from '../../src/cli/measured-costs.ts'
import { bundleTestEntry } from '../support/test-bundle.ts'
import { startChild } from './child.ts'
import type { Measure } from './measure.ts'

/** What is measured may differ from what the command multiplies: pages of a database are filled more or less. */
const MOST_OFF = 1.1

/** What exams, verifications and idle minutes ask of D1, against what `kentei cost` multiplies. */
export async function measureCost(): Promise<Measure[]> {
  const bundle = await bundleTestEntry('test/bench/cost-exams.ts', 'node')
  const child = startChild(bundle)
  try {
    const costs = await child.told<Costs>()
    return (Object.keys(measuredCosts) as (keyof Costs)[]).flatMap((name) =>
      COUNTED.map((what) => ({
        name: `${what} of one ${name}`,
        value: costs[name][what],
        unit: '',
        most: Math.max(1, MOST_OFF * measuredCosts[name][what]),
      })),
    )
  } finally {
    child.end()
    await rm(bundle, { force: true })
  }
}
