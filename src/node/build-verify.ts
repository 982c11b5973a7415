import { execFile } from 'node:child_process'
import { cp, mkdir, rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const SOURCE = 'src/verify'
const PACKAGE = 'dist/verify'

const entryPoints = [`${SOURCE}/index.ts`]
const shared = { bundle: true, format: 'esm', target: 'es2022', charset: 'utf8', logLevel: 'warning', legalComments: 'none' } as const

/** Lays out the package that marketplaces verify with: one module for servers, one with jose inside for a page, types, examples. */
export async function buildVerifyPackage(): Promise<void> {
  await rm(PACKAGE, { recursive: true, force: true })
  await mkdir(PACKAGE, { recursive: true })
  await Promise.all([
    build({ ...shared, entryPoints, outfile: `${PACKAGE}/index.js`, platform: 'neutral', external: ['jose'] }),
    build({ ...shared, entryPoints, outfile: `${PACKAGE}/browser.js`, platform: 'browser', minify: true }),
    promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `${SOURCE}/tsconfig.json`]),
    ...['package.json', 'README.md', 'examples'].map((name) => cp(`${SOURCE}/${name}`, `${PACKAGE}/${name}`, { recursive: true })),
  ])
}
