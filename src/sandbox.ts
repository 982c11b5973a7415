import { fileURLToPath } from 'node:url'
import { openPair } from './open-pair.ts'
import { runSandboxCli } from './sandbox/commands/run-sandbox-cli.ts'

const terminal = {
  cwd: process.cwd(),
  isInteractive: process.stderr.isTTY === true,
  now: () => performance.now(),
  out: (line: string) => void process.stdout.write(`${line}\n`),
  err: (line: string) => void process.stderr.write(`${line}\n`),
}

// set, not called: exit() would cut off output that is still being written to a pipe
process.exitCode = await runSandboxCli(process.argv.slice(2), {
  terminal,
  root: fileURLToPath(new URL('..', import.meta.url)),
  openPair,
})
