import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { bundleAsset } from '../../src/node/assets.ts'
import type { Measure } from './measure.ts'

/** What a browser and the edge have to load, gzipped. */
export async function measureSizes(): Promise<Measure[]> {
  const kilobytes = (bytes: Uint8Array) => gzipSync(bytes).length / 1_000
  const island = async (entry: string) => kilobytes(Buffer.from((await bundleAsset(entry)).text))
  return [
    { name: 'runner.js', value: await island('src/web/candidate/island/runner.ts'), unit: 'KB gz', most: 6 },
    { name: 'kentei-badge.js', value: await island('src/web/ui/badge/kentei-badge.ts'), unit: 'KB gz', most: 3 },
    { name: 'worker.mjs', value: kilobytes(await readFile('dist/worker.mjs')), unit: 'KB gz', most: 360 },
    { name: 'docs.mjs', value: kilobytes(await readFile('dist/docs.mjs')), unit: 'KB gz', most: 150 },
    // with the bundle these must stay under the 3 MB of a free Worker
    { name: 'resvg.wasm', value: kilobytes(await readFile('dist/resvg.wasm')), unit: 'KB gz', most: 1_000 },
    { name: 'glyphs.gz', value: (await readFile('dist/glyphs.gz')).length / 1_000, unit: 'KB', most: 1_100 },
    {
      name: '@kentei/verify for a page, jose inside',
      value: kilobytes(await readFile('dist/verify/browser.js')),
      unit: 'KB gz',
      most: 14,
    },
  ]
}
