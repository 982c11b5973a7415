import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { confirm } from '@clack/prompts'
import { runCli } from './cli/run-cli.ts'
import type { Terminal } from './cli/terminal.ts'
import { startSpareMarket } from './node/open-market.ts'
import { report } from './node/run-until-stopped.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const terminal: Terminal = {
  cwd: process.cwd(),
  isInteractive: process.stdout.isTTY === true,
  env: process.env,
  now: () => Date.now(),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  confirm: async (message) =>
    process.stdin.isTTY !== true || (await confirm({ message, initialValue: false })) === true,
  // listening only when asked: a listener takes Ctrl+C away from every other command
  stopped: () => Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => undefined),
}

// whoever reads on has read enough: `kentei audit export | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

// set, not called: exit() would cut off output that is still being written to a pipe
process.exitCode = await runCli(process.argv.slice(2), {
  terminal,
  startMarket: (pluginOrigin) => startSpareMarket({ pluginOrigin, root, report }),
})
