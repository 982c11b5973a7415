import { boundedMemory } from '@kentei/verify/parts'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { type GlyphTable, readGlyphTable } from '../../credential/glyphs.ts'
import type { RenderingAssets } from '../../world/world.ts'

/** Finished images, of some 100 KB each: drawing one costs about 50 ms of a processor. */
const IMAGES_KEPT = 64

/** Draws pictures as PNG, the same to the byte on Node and in workerd, and remembers the latest. */
export interface Press {
  glyphs(rendering: RenderingAssets): Promise<GlyphTable>
  /** The SVG as PNG of a width in pixels, finished by `finish`. `digest` names both. */
  print(
    rendering: RenderingAssets,
    digest: string,
    picture: { readonly svg: string; readonly width: number; readonly finish?: (png: Uint8Array) => Uint8Array },
  ): Promise<Uint8Array<ArrayBuffer>>
}

// resvg can be opened once in a process. On Workers a pending promise belongs to its request, so that requests which come at once each try
let isOpen = false
async function open(rendering: RenderingAssets): Promise<void> {
  if (isOpen) return
  const module = await rendering.rasteriser()
  try {
    if (!isOpen) await initWasm(module)
  } catch (error) {
    // another request was faster
    if (!isOpen) throw error
  }
  isOpen = true
}

const unzipped = (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()

export function createPress(): Press {
  const images = boundedMemory<Uint8Array<ArrayBuffer>>(IMAGES_KEPT)
  let glyphs: GlyphTable | undefined
  return {
    async glyphs(rendering) {
      glyphs ??= readGlyphTable(await unzipped(await rendering.glyphs()))
      return glyphs
    },
    async print(rendering, digest, { svg, width, finish = (png) => png }) {
      const kept = images.get(digest)
      if (kept) return kept
      await open(rendering)
      const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } })
      const image = drawing.render()
      const png = new Uint8Array(finish(image.asPng()))
      // the memory of WebAssembly is not collected
      image.free()
      drawing.free()
      images.set(digest, png)
      return png
    },
  }
}
