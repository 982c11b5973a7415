import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Studio } from './world.ts'

/** The studio as the build has laid it into a folder. */
export const openStudio = (folder: string): Studio => ({
  letters: () => readFile(join(folder, 'letters.txt'), 'utf8'),
  rasteriser: async () => WebAssembly.compile(new Uint8Array(await readFile(join(folder, 'resvg.wasm')))),
})
