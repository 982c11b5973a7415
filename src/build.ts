import { mkdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, stop } from 'esbuild'
import { readGuideExamples } from './node/guide-examples.ts'

// One esbuild step: the island first, because the server bundles carry it.
//   --sizes        prints what a browser and the edge have to load
//   --then <file>  runs a bundle when all is built, with the arguments that follow; in this process, so that signals reach it

const shared = { bundle: true, format: 'esm', target: 'es2024', jsx: 'automatic', jsxImportSource: 'hono/jsx', charset: 'utf8', logLevel: 'warning', legalComments: 'none' } as const

async function buildAll(): Promise<void> {
  const island = await build({
    ...shared,
    entryPoints: ['src/web/ui/runner/runner.ts'],
    platform: 'browser',
    target: 'es2022',
    minify: true,
    write: false,
  })
  const runner = island.outputFiles[0]?.text ?? ''
  const define = { __RUNNER_BODY__: JSON.stringify(runner), __GUIDE_EXAMPLES__: JSON.stringify(await readGuideExamples('.')) }

  await mkdir('dist', { recursive: true })
  const entryPoints = { node: 'src/node.ts', kentei: 'src/kentei.ts', sandbox: 'src/sandbox.ts', 'dev-worker': 'src/dev-worker.ts' }
  const [, worker] = await Promise.all([
    build({ ...shared, define, entryPoints, outdir: 'dist', outExtension: { '.js': '.mjs' }, platform: 'node', packages: 'external', sourcemap: true }),
    build({
      ...shared,
      define,
      entryPoints: { worker: 'src/worker.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      platform: 'neutral',
      mainFields: ['module', 'main'],
      conditions: ['workerd', 'worker', 'browser', 'import'],
      minify: true,
      metafile: true,
      external: ['node:*'],
    }),
  ])

  if (!process.argv.includes('--sizes')) return
  const { readFile } = await import('node:fs/promises')
  console.log(`runner.js ${gzipSync(runner).length} bytes gz`)
  console.log(`worker.mjs ${gzipSync(await readFile('dist/worker.mjs')).length} bytes gz`)
  for (const [file, { bytesInOutput }] of Object.entries(worker.metafile.outputs['dist/worker.mjs']?.inputs ?? {})
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 12))
    console.log(`  ${String(bytesInOutput).padStart(7)} ${file}`)
}

try {
  await buildAll()
} catch (error) {
  // esbuild itself says what is wrong with the code
  if (!(error instanceof Error && 'errors' in error)) console.error(error)
  process.exit(1)
}
await stop()

const then = process.argv.indexOf('--then')
const bundle = process.argv[then + 1]
if (then > 0 && bundle) {
  process.argv.splice(1, then + 1, bundle)
  await import(pathToFileURL(bundle).href)
}
