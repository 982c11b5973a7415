import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AdmissionQueue, type Answer, type Kind, QUEUE_LIMITS, type Ticket } from '../../../src/web/admission/queue.ts'

const ticket = (kind: Kind, caller: string): Ticket => ({ kind, caller })
const waitOf = (answer: Answer): number => (answer.is === 'later' ? answer.waitMs : 0)

describe('the queue for an exam day', () => {
  it('lets those who hand in go first, then those who sign in, then those who start, each kind in the order in which it came', () => {
    const queue = new AdmissionQueue({ ...QUEUE_LIMITS, atOnce: 6 })
    for (const name of ['a', 'b'])
      for (const kind of ['start', 'session', 'submit'] as const) queue.enter(ticket(kind, name), 0)
    expect(queue.next().map(({ kind, caller }) => `${kind} ${caller}`)).toEqual([
      'submit a',
      'submit b',
      'session a',
      'session b',
      'start a',
      'start b',
    ])
  })

  it('serves fewer at a time while somebody saves than when nobody does', () => {
    const queue = new AdmissionQueue(QUEUE_LIMITS)
    for (let i = 0; i < 10; i += 1) queue.enter(ticket('start', String(i)), 0)
    queue.saving(1)
    expect(queue.next()).toHaveLength(QUEUE_LIMITS.besideSaves)
    expect(queue.next()).toEqual([])
    queue.saving(-1)
    expect(queue.next()).toHaveLength(QUEUE_LIMITS.atOnce - QUEUE_LIMITS.besideSaves)
    queue.done(ticket('start', '0'), 10)
    expect(queue.next()).toHaveLength(1)
  })

  it('tells the same time to whoever comes before it, and lets them in when it has come', () => {
    const queue = new AdmissionQueue({ ...QUEUE_LIMITS, holdMs: 0 })
    queue.enter(ticket('start', 'first'), 0)
    const wait = waitOf(queue.enter(ticket('start', 'late'), 0))
    expect(wait).toBeGreaterThan(0)
    expect(waitOf(queue.enter(ticket('start', 'late'), 0))).toBe(wait)
    expect(queue.enter(ticket('start', 'late'), wait)).toEqual({ is: 'held' })
  })

  it('keeps nobody two places in the row, and one who went away none', () => {
    const queue = new AdmissionQueue(QUEUE_LIMITS)
    const first = ticket('start', 'a')
    queue.enter(first, 0)
    expect(queue.enter(ticket('start', 'a'), 0).is).toBe('later')
    queue.leave(first)
    expect(queue.next()).toEqual([])
  })

  it('measures how long serving takes, and tells longer waits when it takes longer', () => {
    const waitAfter = (tookMs: number) => {
      const queue = new AdmissionQueue({ ...QUEUE_LIMITS, holdMs: 0 })
      for (let i = 0; i < 50; i += 1) {
        queue.enter(ticket('start', `served ${i}`), 0)
        for (const served of queue.next()) queue.done(served, tookMs)
      }
      for (let i = 0; i < 100; i += 1) queue.enter(ticket('start', String(i)), 0)
      return waitOf(queue.enter(ticket('start', 'last'), 0))
    }
    expect(waitAfter(200)).toBeGreaterThan(waitAfter(20) * 5)
  })

  it('holds no more than it may, and keeps no more places than it may', () => {
    const queue = new AdmissionQueue({ atOnce: 1, besideSaves: 1, holdMs: 1e9, mostHeld: 5, mostPlaces: 3 })
    for (let i = 0; i < 100; i += 1) queue.enter(ticket('start', String(i)), 0)
    expect(queue.size).toBe(5)
    // the first of those who were put off has lost its place and stands behind the last
    expect(waitOf(queue.enter(ticket('start', '5'), 0))).toBeGreaterThan(waitOf(queue.enter(ticket('start', '99'), 0)))
  })

  it('serves everybody who comes again when told, in time that grows with how many they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 60 }), (people, servingMs) => {
        const queue = new AdmissionQueue({ ...QUEUE_LIMITS, atOnce: 1 })
        // everybody comes within ten seconds; who is put off comes when told; one is served after the other
        const due = Array.from({ length: people }, (_, i) => ({ at: (i * 10_000) / people, who: String(i) }))
        const waits: number[] = []
        let now = 0
        const enterDue = () => {
          due.sort((a, b) => a.at - b.at)
          while (due[0] && due[0].at <= now) {
            const { at, who } = due.shift() as { at: number; who: string }
            const answer = queue.enter(ticket('start', who), at)
            if (answer.is === 'later') due.push({ at: at + Math.ceil(answer.waitMs / 1_000) * 1_000, who })
            due.sort((a, b) => a.at - b.at)
          }
        }
        while (waits.length < people) {
          enterDue()
          const [served] = queue.next()
          if (!served) {
            now = due[0]?.at ?? now
            continue
          }
          now += servingMs
          queue.done(served, servingMs)
          waits.push(now)
        }
        expect(waits).toHaveLength(people)
        // no more than the work itself, the ten seconds, and what whole seconds and a first guess cost
        expect(now).toBeLessThan(10_000 + people * Math.max(servingMs, 25) * 2 + QUEUE_LIMITS.holdMs + 5_000)
      }),
      { numRuns: 60 },
    )
  })
})
