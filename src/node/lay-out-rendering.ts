import { readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { extractGlyphs } from './extract-glyphs.ts'

/** Written whole or not at all: another process may read it meanwhile. */
async function replace(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`${file}.${process.pid}`, bytes)
  await rename(`${file}.${process.pid}`, file)
}

const read = (file: string): Promise<Buffer | undefined> => readFile(file).catch(() => undefined)

/** Lays what images are drawn with into a folder; what lies there as it should be is left. */
export async function layOutRendering(folder: string): Promise<void> {
  const [wasm, glyphs] = [join(folder, 'resvg.wasm'), join(folder, 'glyphs.gz')]
  const [rasteriser, there, packed] = await Promise.all([
    readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')),
    read(wasm),
    read(glyphs),
  ])
  if (!there?.equals(rasteriser)) await replace(wasm, rasteriser)
  const before = packed && gunzipSync(packed).toString('utf8')
  const table = await extractGlyphs(before)
  if (table !== before) await replace(glyphs, gzipSync(table, { level: 9 }))
}
