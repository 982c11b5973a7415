import { spawn } from 'node:child_process'
import type { OptionsOnly } from '../authoring/adversary.ts'
import type { Locale } from '../item/item.ts'
import { UsageError } from './terminal.ts'

/** What a program picked that was shown the options only. `hits` is the share of all items, 0..1; an item without an answer is a miss. */
export interface OpponentScore {
  readonly items: number
  readonly answered: number
  readonly hits: number
}

/** A program that answers later, or says more, is stopped. */
const LONGEST_MS = 600_000
const MOST_CHARACTERS = 1_000_000

/**
 * Asks a program of the author's own, which the shell starts. It reads one line of JSON for each item, `{"locale":"ja","options":["…","…"]}`,
 * and prints one line for each: the number of the option it picks, from 1. Lines that are no such number pick nothing.
 */
export async function askOpponent(
  command: string,
  locale: Locale,
  questions: readonly OptionsOnly[],
  cwd: string,
): Promise<OpponentScore> {
  const printed = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new UsageError((t) => t('usage.opponentFailed', { why })))
    const program = spawn(command, { shell: true, cwd, stdio: ['pipe', 'pipe', 'inherit'], timeout: LONGEST_MS })
    let text = ''
    program.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.length > MOST_CHARACTERS) program.kill()
    })
    program.on('error', (error) => fail(error.message))
    program.on('close', (code, signal) => (code === 0 ? resolve(text) : fail(signal ?? `exit ${code}`)))
    // a program that answers without reading closes its end first: its answers count all the same
    program.stdin.on('error', () => {})
    program.stdin.end(questions.map(({ options }) => `${JSON.stringify({ locale, options })}\n`).join(''))
  })
  const lines = printed.split('\n')
  const picks = questions.map(({ options }, i) => {
    const pick = Number(lines[i]?.trim() || Number.NaN)
    return Number.isInteger(pick) && pick >= 1 && pick <= options.length ? pick - 1 : undefined
  })
  return {
    items: questions.length,
    answered: picks.filter((pick) => pick !== undefined).length,
    hits: questions.filter(({ key }, i) => picks[i] === key).length / Math.max(1, questions.length),
  }
}
