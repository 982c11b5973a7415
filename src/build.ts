import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// One esbuild step: the island first, because the server bundles carry it.

const shared = { bundle: true, format: 'esm', target: 'es2024', jsx: 'automatic', jsxImportSource: 'hono/jsx', charset: 'utf8', logLevel: 'warning', legalComments: 'none' } as const

const island = await build({
  ...shared,
  entryPoints: ['src/web/ui/runner/runner.ts'],
  platform: 'browser',
  target: 'es2022',
  minify: true,
  write: false,
})
const runner = island.outputFiles[0]?.text ?? ''
const define = { __RUNNER_BODY__: JSON.stringify(runner) }

await mkdir('dist', { recursive: true })
await Promise.all([
  build({ ...shared, define, entryPoints: { node: 'src/node.ts', kentei: 'src/cli/main.ts' }, outdir: 'dist', outExtension: { '.js': '.mjs' }, platform: 'node', packages: 'external', sourcemap: true }),
  build({ ...shared, define, entryPoints: { worker: 'src/worker.ts' }, outdir: 'dist', outExtension: { '.js': '.mjs' }, platform: 'neutral', mainFields: ['module', 'main'], conditions: ['workerd', 'worker', 'browser', 'import'], minify: true, metafile: true, external: ['node:*'] }),
])

if (process.argv.includes('--sizes')) {
  const { readFile } = await import('node:fs/promises')
  console.log(`runner.js ${gzipSync(runner).length} bytes gz`)
  console.log(`worker.mjs ${gzipSync(await readFile('dist/worker.mjs')).length} bytes gz`)
}

const then = process.argv.indexOf('--then')
if (then > 0) {
  const child = spawn(process.execPath, process.argv.slice(then + 1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 0))
}
