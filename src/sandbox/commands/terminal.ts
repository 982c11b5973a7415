import { type Say, textsOf } from './texts.ts'

/** Where a command reads its surroundings from and writes to; tests hand in their own. */
export interface Terminal {
  readonly cwd: string
  /** Whether a person watches the progress. */
  readonly isInteractive: boolean
  /** Real time in milliseconds. */
  now(): number
  out(line: string): void
  err(line: string): void
}

/** 0: done. 1: done, and something does not hold. 2: the command was not understood or could not start. */
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
