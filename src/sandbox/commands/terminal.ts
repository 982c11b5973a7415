import { commandWords } from '../../platform/words/command-line.ts'
import type { OpenPair } from '../pair.ts'
import { type Texts, textsOf } from './texts.ts'

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

/** What the commands need of the folder and of the other half of the product. */
export interface Surroundings {
  readonly terminal: Terminal
  /** Folder of the source, with `exams/`, `migrations/` and the labelled set. */
  readonly root: string
  readonly openPair: OpenPair
}

export const { command, UsageError } = commandWords<Texts, Surroundings>(textsOf)
