import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { setTimeout as pass } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openRenderingAssets } from '../../src/world/open-rendering.ts'
import type { RenderingAssets } from '../../src/world/world.ts'
import { runFile } from './run-folder.ts'

/** Builds, and says what went wrong; nothing where all is well. */
const build = (): Promise<string> =>
  promisify(execFile)(process.execPath, ['src/build.ts']).then(
    () => '',
    (error) => String(error.stderr || error),
  )

/**
 * Sees to it that `dist/` is of the code as it stands: the first suite of a run that asks builds it, the others wait for that.
 * Outside of a run of tests it is whatever was built. @throws where the build fails.
 */
export async function built(): Promise<void> {
  const [begun, done] = [runFile('build'), runFile('build.txt')]
  if (begun === undefined || done === undefined) return
  const isFirst = await mkdir(begun).then(
    () => true,
    () => false,
  )
  if (isFirst) {
    await writeFile(`${begun}/said.txt`, await build())
    await rename(`${begun}/said.txt`, done)
  }
  while (!existsSync(done)) await pass(50)
  const said = await readFile(done, 'utf8')
  if (said !== '') throw new Error(said)
}

const rendering = openRenderingAssets('dist/worker')

/** The rendering of `dist/`, which is built when an image is first drawn. */
export const builtRenderingAssets: RenderingAssets = {
  glyphs: () => built().then(rendering.glyphs),
  rasteriser: () => built().then(rendering.rasteriser),
}
