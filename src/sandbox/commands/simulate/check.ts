import type { Say } from '../texts.ts'

/** What has to hold at the end of a year, whatever happened in it. */
export interface Check {
  readonly name: Say
  readonly holds: boolean
  /** What was looked at, or the first things that do not hold. */
  readonly detail: Say
}

const SHOWN = 3

/** A check that holds when nothing speaks against it. */
export function checkThat(name: Say, against: readonly Say[], lookedAt: Say): Check {
  if (against.length === 0) return { name, holds: true, detail: lookedAt }
  const detail: Say = (t) => {
    const said = against.slice(0, SHOWN).map((say) => say(t))
    const more = against.length > SHOWN ? t('sandbox.check.more', { count: against.length - SHOWN }) : ''
    return said.join(t('sandbox.check.between')) + more
  }
  return { name, holds: false, detail }
}
