import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ToldError } from '../platform/log-line.ts'
import { inOneLine } from './run-until-stopped.ts'

/** How soon a changed key file is noticed. Asking for its state is a microsecond's work and sees a file that was replaced, on network disks too. */
const LOOKED_AT_EVERY_MS = 500

/**
 * Hands the text of a file to `take` whenever it has changed. What cannot be taken is reported, and what was taken before
 * stays. @returns how to end it.
 */
export function watchKeyFile(
  path: string,
  take: (text: string) => Promise<void>,
  report: (error: unknown) => void,
): () => void {
  let last: Promise<void> = Promise.resolve()
  const changed = () => {
    last = last
      .then(async () => take(await readFile(path, 'utf8')))
      .catch((error) =>
        report(
          new ToldError(`${path} has changed and cannot be used, the keys stay what they were: ${inOneLine(error)}`),
        ),
      )
  }
  watchFile(path, { interval: LOOKED_AT_EVERY_MS, persistent: false }, changed)
  return () => unwatchFile(path, changed)
}
