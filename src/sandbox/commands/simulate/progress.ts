import { progress } from '@clack/prompts'
import type { Terminal } from '../terminal.ts'

/** Tells how far a long run is. */
export interface Progress {
  advance(done: number, message: string): void
  stop(message: string): void
}

/** Characters of the bar: with its message it fits into a line of 80. */
const BAR = 30

/** A bar where a person watches, else a line for every tenth. */
export function openProgress(terminal: Terminal, most: number, message: string): Progress {
  if (!terminal.isInteractive) {
    let told = 0
    terminal.err(message)
    return {
      advance: (done, text) => {
        const tenth = Math.floor((10 * done) / most)
        if (tenth > told) terminal.err(`${tenth * 10} % ${text}`)
        told = Math.max(told, tenth)
      },
      stop: (text) => terminal.err(text),
    }
  }
  const bar = progress({ max: most, size: BAR, output: process.stderr })
  let at = 0
  bar.start(message)
  return {
    advance: (done, text) => {
      bar.advance(done - at, text)
      at = done
    },
    stop: (text) => bar.stop(text),
  }
}
