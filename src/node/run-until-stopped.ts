import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from './start-error.ts'

/** Requests and deliveries under way get this long to end; every write is whole whenever the process goes. */
const PATIENCE_MS = 2_500

/** Writes down a failure of ours, one JSON line each. */
export const report = (error: unknown): void => console.error(JSON.stringify({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }))

/** Runs a service until Ctrl+C or a TERM signal. What keeps it from starting is one line and exit code 1. */
export async function runUntilStopped(start: () => Promise<() => Promise<void>>): Promise<void> {
  try {
    const stop = await start()
    let stopping = false
    const end = () => {
      if (stopping) return
      stopping = true
      Promise.race([stop(), sleep(PATIENCE_MS)]).then(
        () => process.exit(0),
        (error) => {
          report(error)
          process.exit(1)
        },
      )
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
  } catch (error) {
    console.error(error instanceof StartError ? `kentei: ${error.message}` : error)
    process.exit(1)
  }
}
