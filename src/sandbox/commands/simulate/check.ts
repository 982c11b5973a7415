/** What has to hold at the end of a year, whatever happened in it. */
export interface Check {
  readonly name: string
  readonly holds: boolean
  /** What was looked at, or the first things that do not hold. */
  readonly detail: string
}

const SHOWN = 3

/** A check that holds when nothing speaks against it. */
export function checkThat(name: string, against: readonly string[], lookedAt: string): Check {
  const more = against.length > SHOWN ? `; and ${against.length - SHOWN} more` : ''
  return {
    name,
    holds: against.length === 0,
    detail: against.length === 0 ? lookedAt : against.slice(0, SHOWN).join('; ') + more,
  }
}
