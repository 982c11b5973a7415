import type { RenderingAssets } from '../../src/world/world.ts'

const refuse = () => Promise.reject(new Error('no image is drawn here'))

/** The rendering of a world in which no image is drawn. */
export const noRenderingAssets: RenderingAssets = { glyphs: refuse, rasteriser: refuse }
