import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { setTimeout as pass } from 'node:timers/promises'
import { promisify } from 'node:util'
import { buildPackages } from '../../src/node/build-packages.ts'
import { layOutRendering } from '../../src/node/lay-out-rendering.ts'
import { openRenderingAssets } from '../../src/world/open-node.ts'
import type { RenderingAssets } from '../../src/world/world.ts'
import { runFile } from './run-folder.ts'

/** Builds all but the packages for others, and says what went wrong; nothing where all is well. */
const build = (): Promise<string> =>
  promisify(execFile)(process.execPath, ['src/build.ts', '--bundles']).then(
    () => '',
    (error) => String(error.stderr || error),
  )

/** The first suite of a run that asks does it, the others wait for that; outside of a run of tests nobody does. @throws what `act` says went wrong. */
async function onceInARun(name: string, act: () => Promise<string>): Promise<void> {
  const [begun, done] = [runFile(name), runFile(`${name}.txt`)]
  if (begun === undefined || done === undefined) return
  const isFirst = await mkdir(begun).then(
    () => true,
    () => false,
  )
  if (isFirst) {
    await writeFile(`${begun}/said.txt`, await act())
    await rename(`${begun}/said.txt`, done)
  }
  while (!existsSync(done)) await pass(50)
  const said = await readFile(done, 'utf8')
  if (said !== '') throw new Error(said)
}

/** Sees to it that `dist/` is of the code as it stands; outside of a run of tests it is whatever was built. @throws where the build fails. */
export const built = (): Promise<void> => onceInARun('build', build)

/** The same of the packages for others in `dist/verify` and `dist/marketplace`, which need a compiler of TypeScript: most suites wait for no such. */
export const builtPackage = (): Promise<void> => onceInARun('package', () => buildPackages().then(() => '', String))

const WORKER = 'dist/worker'
const layOut = (): Promise<string> =>
  mkdir(WORKER, { recursive: true })
    .then(() => layOutRendering(WORKER))
    .then(() => '', String)
const laidOut = (): Promise<void> => onceInARun('rendering', layOut)
const rendering = openRenderingAssets(WORKER)

/** What images are drawn with, laid out when one is first drawn: it is of no code, so that no build is waited for. */
export const builtRenderingAssets: RenderingAssets = {
  glyphs: () => laidOut().then(rendering.glyphs),
  rasteriser: () => laidOut().then(rendering.rasteriser),
}
