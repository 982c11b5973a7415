import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { bundleAsset } from '../../src/node/assets.ts'
import { deskPrograms } from '../support/desk-harness.ts'
import type { Measure } from './measure.ts'

const WORKER = 'dist/worker'

/** A module of the Worker and, once each, those that it imports at its start. */
async function readWithImports(name: string, read = new Map<string, string>()): Promise<Map<string, string>> {
  if (read.has(name)) return read
  const text = await readFile(`${WORKER}/${name}`, 'utf8')
  read.set(name, text)
  for (const [, imported = ''] of text.matchAll(/\b(?:from|import)"[.]\/([^"]+[.]mjs)"/g))
    await readWithImports(imported, read)
  return read
}

/** What a browser and the edge have to load, gzipped. */
export async function measureSizes(): Promise<Measure[]> {
  const kilobytes = (bytes: Uint8Array) => gzipSync(bytes).length / 1_000
  const island = async (entry: string) => kilobytes(Buffer.from((await bundleAsset(entry)).text))
  const atStart = Buffer.from([...(await readWithImports('worker.mjs')).values()].join(''))
  const modules = (await readdir(WORKER)).filter((file) => file.endsWith('.mjs'))
  const all = Buffer.concat(await Promise.all(modules.map((file) => readFile(`${WORKER}/${file}`))))
  const desk = await deskPrograms()
  const program = (name: string, most: number): Measure => ({
    name: `desk-${name}.js`,
    value: kilobytes(Buffer.from(desk[`desk-${name}`]?.text ?? '')),
    unit: 'KB gz',
    most,
  })
  return [
    { name: 'runner.js', value: await island('src/web/candidate/island/runner.ts'), unit: 'KB gz', most: 6 },
    { name: 'kentei-badge.js', value: await island('src/web/ui/badge/kentei-badge.ts'), unit: 'KB gz', most: 3 },
    program('editor', 137),
    program('checker', 298),
    // loaded by the first paste of a page or a table
    program('paste', 95),
    { name: 'what the Worker reads at its start', value: kilobytes(atStart), unit: 'KB gz', most: 30 },
    // what is uploaded: together it must stay under the 3 MB of a free Worker
    { name: 'all modules of the Worker', value: kilobytes(all), unit: 'KB gz', most: 442 },
    { name: 'strings.data', value: kilobytes(await readFile(`${WORKER}/strings.data`)), unit: 'KB gz', most: 485 },
    { name: 'resvg.wasm', value: kilobytes(await readFile(`${WORKER}/resvg.wasm`)), unit: 'KB gz', most: 1_000 },
    { name: 'glyphs.gz', value: (await readFile(`${WORKER}/glyphs.gz`)).length / 1_000, unit: 'KB', most: 1_100 },
    {
      name: '@kentei/verify for a page, jose inside',
      value: kilobytes(await readFile('dist/verify/browser.js')),
      unit: 'KB gz',
      most: 14,
    },
  ]
}
