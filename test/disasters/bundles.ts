import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { assets } from '../../src/node/assets.ts'
import type { Mutant } from './mutants.ts'

const FOLDER = 'node_modules/.cache/kentei-disasters'

/** A file with its part of a mistake. @throws where it does not have the words any more, or has them twice. */
export async function fileWithMistake({ name, changes }: Mutant, path: string): Promise<string> {
  let contents = await readFile(path, 'utf8')
  for (const { from, to } of changes.filter(({ file }) => resolve(file) === resolve(path))) {
    if (contents.split(from).length !== 2)
      throw new Error(`"${name}" cannot be made: ${path} does not have once: ${from}`)
    contents = contents.replace(from, () => to)
  }
  return contents
}

const withMistake = (mutant: Mutant): Plugin => ({
  name: 'mistake',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) =>
      mutant.changes.some(({ file }) => resolve(file) === path)
        ? { contents: await fileWithMistake(mutant, path), loader: 'ts' }
        : undefined,
    )
  },
})

async function bundle(entry: string, outfile: string, plugins: readonly Plugin[] = []): Promise<string> {
  await mkdir(resolve(FOLDER), { recursive: true })
  const path = join(resolve(FOLDER), outfile)
  await build({
    entryPoints: [entry],
    outfile: path,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    platform: 'node',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    charset: 'utf8',
    logLevel: 'error',
    plugins: [...plugins, assets()],
  })
  return path
}

/** The service, as it is or with a mistake in it. @returns the path of its bundle. */
export const bundleService = (mutant?: Mutant): Promise<string> =>
  bundle(
    'test/disasters/open-instance.ts',
    `${mutant ? 'mistaken' : 'service'}.${process.pid}.mjs`,
    mutant ? [withMistake(mutant)] : [],
  )

/** What runs seeds. @returns the path of its bundle. */
export const bundleSeeds = (): Promise<string> => bundle('test/disasters/run-seeds.ts', `seeds.${process.pid}.mjs`)
