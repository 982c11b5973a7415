import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RenderingAssets } from './world.ts'

/** The rendering as the build has laid it into a folder. */
export const openRenderingAssets = (folder: string): RenderingAssets => ({
  glyphs: async () => new Uint8Array(await readFile(join(folder, 'glyphs.gz'))),
  rasteriser: async () => WebAssembly.compile(new Uint8Array(await readFile(join(folder, 'resvg.wasm')))),
})
