import { setTimeout as sleep } from 'node:timers/promises'
import { type LogLine, logLine, ToldError, workLine } from '../platform/log-line.ts'

/** Requests and deliveries under way get this long to end; every write is whole whenever the process goes. */
const PATIENCE_MS = 2_500

const write = (line: LogLine): void => console.error(JSON.stringify(line))

/** Writes down a failure of ours, one JSON line each. */
export const report = (error: unknown): void => write(workLine(error))

/** Ends the process on what nobody caught. Node itself would write the message of it. */
export function endOnUncaught(): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      write(logLine('process-failed', error))
      process.exit(1)
    })
}

/** Runs a service until Ctrl+C or a TERM signal. What keeps it from starting is one line and exit code 1. */
export async function runUntilStopped(start: () => Promise<() => Promise<void>>): Promise<void> {
  endOnUncaught()
  try {
    const stop = await start()
    let stopping = false
    const end = () => {
      if (stopping) return
      stopping = true
      Promise.race([stop(), sleep(PATIENCE_MS)]).then(
        () => process.exit(0),
        (error) => {
          write(logLine('process-failed', error))
          process.exit(1)
        },
      )
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
  } catch (error) {
    if (error instanceof StartError) console.error(`kentei: ${error.message}`)
    else write(logLine('start-failed', error))
    process.exit(1)
  }
}

/** Why the service cannot start: one line, for whoever started it. */
export class StartError extends ToldError {}

/** What went wrong, in one line. Settings and keys are refused by name, never with what stood there. */
export function inOneLine(error: unknown): string {
  // the parser quotes the text that it read, drizzle the values of its statement
  if (error instanceof SyntaxError) return 'it is not JSON'
  if (error instanceof Error && error.message.startsWith('Failed query'))
    return error.cause === undefined ? 'a statement failed' : inOneLine(error.cause)
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 400)
}

/** Opens something that a damaged file can keep from opening. @throws a `StartError` of one line. */
export async function openOrExplain<T>(what: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`${what} cannot be opened: ${inOneLine(error)}`)
  }
}

/** Something done again and again, never twice at once. */
export interface Repetition {
  /** Ends it and waits for the round under way. */
  stop(): Promise<void>
}

/** Does `act` every `milliseconds`, counted from the end of the last round. A failure is reported and does not end it. */
export function repeat(
  milliseconds: number,
  act: () => Promise<unknown>,
  report: (error: unknown) => void,
): Repetition {
  let stopped = false
  let wake = () => {}
  const rounds = (async () => {
    while (!stopped) {
      await act().catch(report)
      if (stopped) break
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    stop: () => {
      stopped = true
      wake()
      return rounds
    },
  }
}
