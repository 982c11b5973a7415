import { type Say, textsOf } from './texts.ts'

/** Where a command reads its surroundings from and writes to; tests hand in their own. */
export interface Terminal {
  readonly cwd: string
  readonly isInteractive: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  now(): number
  out(line: string): void
  err(line: string): void
  /** Asks before something that cannot be undone; true without a person to ask. */
  confirm(question: string): Promise<boolean>
  /** Resolves when the user stops a command that would run for ever. */
  stopped(): Promise<void>
}

/** 0: done. 1: done, and there are errors to mend. 2: the command was not understood or could not start. */
export type ExitCode = 0 | 1 | 2

/** Something the user must change about the command line; it ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly say: Say

  constructor(say: Say) {
    super(say(textsOf('en')))
    this.say = say
  }
}
