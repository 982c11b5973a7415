import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const SOURCE = 'src/verify'
const PACKAGE = 'dist/verify'

const [index, parts] = [`${SOURCE}/index.ts`, `${SOURCE}/parts.ts`]
const shared = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
  legalComments: 'none',
} as const

/** What the workspace exports as TypeScript, as the package has it. */
const built = {
  '.': { types: './types/index.d.ts', default: './index.js' },
  './parts': { types: './types/parts.d.ts', default: './parts.js' },
  './browser': { types: './types/index.d.ts', default: './browser.js' },
}

async function writeManifest(): Promise<void> {
  const manifest: Record<string, unknown> = JSON.parse(await readFile(`${SOURCE}/package.json`, 'utf8'))
  await writeFile(`${PACKAGE}/package.json`, `${JSON.stringify({ ...manifest, exports: built }, undefined, 2)}\n`)
}

/** Lays out the package that marketplaces verify with: modules for servers, one with jose inside for a page, types, examples. */
export async function buildVerifyPackage(): Promise<void> {
  await rm(PACKAGE, { recursive: true, force: true })
  await mkdir(PACKAGE, { recursive: true })
  await Promise.all([
    build({
      ...shared,
      entryPoints: [index, parts],
      outdir: PACKAGE,
      splitting: true,
      platform: 'neutral',
      external: ['jose'],
    }),
    build({ ...shared, entryPoints: [index], outfile: `${PACKAGE}/browser.js`, platform: 'browser', minify: true }),
    promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `${SOURCE}/tsconfig.json`]),
    writeManifest(),
    ...['README.md', 'LICENSE', 'examples'].map((name) =>
      cp(`${SOURCE}/${name}`, `${PACKAGE}/${name}`, { recursive: true }),
    ),
  ])
}
