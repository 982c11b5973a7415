import { fileURLToPath } from 'node:url'
import { openPair } from '../../../src/open-pair.ts'
import { runSandboxCli } from '../../../src/sandbox/commands/run-sandbox-cli.ts'
import { categories } from '../../../src/sandbox/people/worker.ts'
import { shippedExam } from '../shipped-bank.ts'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const shippedBanks = () => Promise.all(categories.map((exam) => shippedExam(exam)))

/** Runs `sandbox` in a folder, without anybody watching, and keeps what it says. */
export async function runIn(cwd: string, ...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const terminal = {
    cwd,
    isInteractive: false,
    now: () => performance.now(),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  }
  const code = await runSandboxCli(args, { terminal, root: ROOT, openPair: (place) => openPair(place, shippedBanks) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
