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
