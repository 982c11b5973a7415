import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { confirm } from '@clack/prompts'
import { runCli } from './cli/run-cli.ts'
import type { StartService } from './cli/start-service.ts'
import { type Terminal, UsageError } from './cli/terminal.ts'
import { startSpareMarket } from './node/open-market.ts'
import { endOnUncaught, report, StartError } from './node/run-until-stopped.ts'

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

/** Requests and deliveries under way get this long to end; every write is whole whenever the process goes. */
const PATIENCE_MS = 25_000

const startService: StartService = async (settings) => {
  endOnUncaught()
  // what only this command needs
  const { serveKentei } = await import('./serve-kentei.ts')
  try {
    const { close, ...service } = await serveKentei(root, settings)
    return {
      ...service,
      close: async () => {
        await Promise.race([close(), sleep(PATIENCE_MS)])
        // what does not end by itself must not keep the process
        setTimeout(() => process.exit(), 0)
      },
    }
  } catch (problem) {
    if (problem instanceof StartError) throw new UsageError(() => problem.message)
    throw problem
  }
}

// whoever reads on has read enough: `kentei audit export | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

// set, not called: exit() would cut off output that is still being written to a pipe
process.exitCode = await runCli(process.argv.slice(2), {
  terminal,
  // what few commands need
  openBackups: async () => (await import('./node/backup.ts')).backups,
  openTenants: async () => (await import('./tenant-tools.ts')).tenantTools(join(root, 'migrations')),
  startService,
  startMarket: (pluginOrigin) => startSpareMarket({ pluginOrigin, root, report }),
})
