import { Hono } from 'hono'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { readerOf, show } from '../page-door.tsx'
import { DetectorPage } from './detector-page.tsx'
import { loadDecisions } from './load-detector.ts'

/** How accurate the detector is, for operators. */
export const detectorPages = (): Hono<SandboxEnv> =>
  new Hono<SandboxEnv>().get('/operators/detector', async (c) => {
    const world = c.get('world')
    return show(
      c,
      <DetectorPage reader={readerOf(c)} model={world.detectorModel} decisions={await loadDecisions(world)} />,
    )
  })
