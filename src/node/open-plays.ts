import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PassPlace, playPass } from '../cli/play-pass.ts'
import type { ExamDefinition } from '../item/bank.ts'
import type { ExamFacts } from '../sandbox/play/play.ts'
import { Plays } from '../sandbox/play/plays.ts'

/** What the front page says of an exam. */
function factsOf({ timeLimitSeconds, passScore, parts, sections }: ExamDefinition): ExamFacts {
  const items = sections.reduce((sum, { draw }) => sum + draw, 0)
  const sittings = parts?.map(({ tasks }) => ({ items: tasks.length > 0 ? 0 : items, tasks: tasks.length }))
  return { minutes: Math.round(timeLimitSeconds / 60), passScore, parts: sittings ?? [{ items, tasks: 0 }] }
}

export interface PlaysPlace extends Omit<PassPlace, 'exam' | 'worker' | 'called' | 'looksForRow'> {
  /** Instead of waiting for those who watch. */
  readonly pace?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** Opens what plays passes on the demo's front page: through its public APIs, as whoever knows every answer. */
export function openPlays({ pace, ...place }: PlaysPlace): Plays {
  return new Plays({
    exam: factsOf(place.bank.exam),
    perform: ({ worker, called }) =>
      playPass({ ...place, exam: place.bank.exam.id, worker, called, looksForRow: true }),
    newId: () => `ply_${randomBytes(18).toString('base64url')}`,
    clock: () => performance.now(),
    wait:
      pace ??
      (async (milliseconds, signal) => {
        await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)
      }),
  })
}
