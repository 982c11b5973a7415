import { beforeEach } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Surroundings, Terminal } from '../../src/cli/terminal.ts'
import type { ExitCode } from '../../src/platform/words/command-line.ts'
import { NOW } from './bank-fixture.ts'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'

interface FakeTerminal {
  readonly terminal: Terminal
  /** Lines that the latest command printed, as results and as messages. */
  readonly out: readonly string[]
  readonly err: readonly string[]
  /** All lines of all commands, in their order. */
  readonly printed: readonly string[]
  /** Environment variables; none at first. */
  readonly env: Record<string, string | undefined>
  kentei(...args: readonly string[]): Promise<ExitCode>
  /** Ends the latest command, where it runs until it is stopped. */
  stop(): void
  /** As if nothing had happened yet. */
  reset(): void
}

interface Ways extends Partial<Pick<Terminal, 'now' | 'confirm'>>, Pick<Surroundings, 'openBackups'> {
  /** Whether a command that runs until it is stopped waits for `stop()`; it is stopped at once without it. */
  readonly waits?: boolean
}

/** A terminal at which nobody sits. It says yes to all questions, and its time is `NOW`, unless told otherwise. */
export function fakeTerminal(
  cwd: () => string,
  { waits = false, now = () => NOW, confirm = async () => true, ...around }: Ways = {},
): FakeTerminal {
  const [out, err, printed]: [string[], string[], string[]] = [[], [], []]
  const env: Record<string, string | undefined> = {}
  const print = (into: string[]) => (text: string) => {
    for (const lines of [into, printed]) lines.push(...text.split('\n'))
  }
  let stopped = Promise.withResolvers<void>()
  const begin = () => {
    out.length = 0
    err.length = 0
    stopped = Promise.withResolvers()
    if (!waits) stopped.resolve()
  }
  begin()
  const terminal: Terminal = {
    get cwd() {
      return cwd()
    },
    isInteractive: false,
    env,
    now,
    confirm,
    out: print(out),
    err: print(err),
    stopped: () => stopped.promise,
  }
  const kentei = (...args: readonly string[]) => {
    begin()
    return runCli(args, { terminal, ...around })
  }
  const reset = () => {
    begin()
    printed.length = 0
    for (const name of Object.keys(env)) delete env[name]
  }
  return { terminal, out, err, printed, env, kentei, stop: () => stopped.resolve(), reset }
}

/** The same in a folder of its own, both anew for each test of the file that calls this. */
export function terminalOfEachTest(ways?: Ways): FakeTerminal & TemporaryFolder {
  const folder = temporaryFolder()
  const fake = fakeTerminal(folder.path, ways)
  beforeEach(fake.reset)
  return { ...folder, ...fake }
}
