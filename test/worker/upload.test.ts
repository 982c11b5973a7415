import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { built } from '../support/built.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder()

it('wrangler uploads the modules of the Worker, and nothing else of the build', { timeout: 120_000 }, async () => {
  await built()
  // the same, of what is built: other suites are reading it
  const config = (await readFile('wrangler.toml', 'utf8'))
    .replace(/"dist\/(worker|site)/g, (_, name) => `"${resolve('dist', name)}`)
    .replace(/^\[build\]\ncommand = .*\n/m, '')
  await folder.write('wrangler.toml', config)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['node_modules/wrangler/bin/wrangler.js', 'deploy', '--dry-run', '--config', folder.path('wrangler.toml')],
    { env: { ...process.env, CI: '1', NO_COLOR: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false' } },
  )
  const attached = [...stdout.matchAll(/^│ (\S+)\s+│ \S+\s+│ [\d.]+ KiB/gm)].map(([, name]) => name)
  const laid = (await readdir('dist/worker')).filter((name) => name !== 'worker.mjs')
  expect(attached.sort()).toEqual(laid.sort())
})
