import type { PlayEvent } from '../../../src/sandbox/play/play.ts'
import { Plays } from '../../../src/sandbox/play/plays.ts'
import type { Market } from './open-market.ts'

export const CERTIFICATE = 'https://kentei.example/credentials/crd_1'

/** What is told of a pass until the badge was issued: seven items and two tasks. */
export const passed: readonly PlayEvent[] = [
  { is: 'launched' },
  { is: 'started' },
  ...Array.from({ length: 7 }, () => ({ is: 'saved' }) as const),
  { is: 'submitted' },
  { is: 'started' },
  ...Array.from({ length: 2 }, () => ({ is: 'saved' }) as const),
  { is: 'submitted' },
  { is: 'graded', passed: true, scores: [100, 95], page: CERTIFICATE },
  { is: 'issued', page: CERTIFICATE, image: `${CERTIFICATE}.svg`, validUntil: '2028-11-28T00:00:00Z' },
]
export const listed = {
  is: 'listed',
  position: 49,
  afterMs: 1_800,
  heldOut: false,
  row: { client: undefined, words: undefined },
} as const satisfies PlayEvent

/** Lets what was told come in. */
export const settled = () => new Promise<void>((done) => setImmediate(done))

/** Lets a marketplace play these events for whoever watches, and hold after so many of them. */
export function openStage(market: Market, events: readonly (PlayEvent | Error)[], holdsAfter: number): Plays {
  let [left, now, nth] = [holdsAfter, 0, 0]
  const plays = new Plays({
    exam: {
      minutes: 33,
      passScore: 72,
      parts: [
        { items: 7, tasks: 0 },
        { items: 0, tasks: 2 },
      ],
    },
    perform: async function* ({ called }) {
      for (const event of events) {
        called({
          method: 'PUT',
          path: '/api/attempts/att_secret/responses',
          status: event instanceof Error ? 409 : 200,
        })
        if (event instanceof Error) throw event
        yield event
      }
    },
    newId: () => {
      nth += 1
      return `ply_${nth}`
    },
    clock: () => {
      now += 10
      return now
    },
    wait: (_, signal) =>
      new Promise((done) => {
        left -= 1
        if (left >= 0) done()
        else signal.addEventListener('abort', () => done())
      }),
  })
  Object.assign(market.world, { plays })
  return plays
}
