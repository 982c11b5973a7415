import { rm } from 'node:fs/promises'
import { bundleTestEntry } from '../support/test-bundle.ts'
import { startChild } from './child.ts'
import type { Measure } from './measure.ts'

/** What a long life costs; see `growth-paths.ts`. The service has pages, so that it runs as a bundle. */
export async function measureGrowth(): Promise<Measure[]> {
  const bundle = await bundleTestEntry('test/bench/growth-paths.ts', 'node')
  const child = startChild(bundle)
  try {
    return await child.told<Measure[]>()
  } finally {
    child.end()
    await rm(bundle, { force: true })
  }
}
