import type { Studio } from '../../src/world/world.ts'

const refuse = () => Promise.reject(new Error('no image is drawn here'))

/** The studio of a world in which no image is drawn. */
export const noStudio: Studio = { letters: refuse, rasteriser: refuse }
