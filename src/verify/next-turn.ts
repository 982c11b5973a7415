/** Work, in characters, after which others have a turn: some milliseconds. */
const SLICE = 262_144

// browsers have none, Node's is a hundred times as quick as a timer
const later: (then: () => void) => void = (globalThis as { setImmediate?: (then: () => void) => void }).setImmediate ?? ((then) => setTimeout(then, 0))

/** Counts work, and lets whatever else this process has to do go first after every slice of it. */
export function takeTurns(): (characters: number) => Promise<void> | undefined {
  let worked = 0
  return (characters) => {
    worked += characters
    if (worked < SLICE) return undefined
    worked = 0
    return new Promise((resolve) => later(resolve))
  }
}
