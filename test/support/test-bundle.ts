import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { assets } from '../../src/node/assets.ts'

const shared: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2024',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  charset: 'utf8',
  logLevel: 'warning',
  plugins: [assets()],
}
const FOLDER = 'node_modules/.cache/kentei-test'

/** Bundles a test's own entry file for Node or for workerd, as `src/build.ts` bundles the service. @returns the bundle's path. */
export async function bundleTestEntry(entry: string, platform: 'node' | 'workerd'): Promise<string> {
  const folder = resolve(FOLDER)
  await mkdir(folder, { recursive: true })
  const outfile = join(folder, `${entry.replace(/^.*\//, '').replace(/\.ts$/, '')}.${process.pid}.mjs`)
  const node = { ...shared, platform: 'node', packages: 'external' } as const
  // the thread that an embedded database needs lies beside the bundle, as in `dist/`
  if (platform === 'node')
    await Promise.all([
      build({ ...node, entryPoints: [entry], outfile }),
      build({ ...node, entryPoints: ['src/world/embedded/thread.ts'], outfile: join(folder, 'database-thread.mjs') }),
    ])
  else
    await build({
      ...shared,
      entryPoints: [entry],
      outfile,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      conditions: ['workerd', 'worker', 'browser', 'import'],
      external: ['node:*'],
      // Miniflare copies what it has so far for each piece of what it hands over
      minify: true,
    })
  return outfile
}
