import { describe, expect, it } from 'vitest'
import { cellsOf, type ExamFacts, PLAY_SECONDS, type PlayEvent } from '../../../src/sandbox/play/play.ts'
import { Plays } from '../../../src/sandbox/play/plays.ts'

const exam: ExamFacts = {
  minutes: 70,
  passScore: 70,
  parts: [
    { items: 20, tasks: 0 },
    { items: 0, tasks: 3 },
  ],
}
const page = 'https://kentei.example/credentials/crd_1'
const listed: PlayEvent = { is: 'listed', position: 49, afterMs: 900, heldOut: false, row: undefined }
const passes: readonly PlayEvent[] = [
  { is: 'found', position: 83 },
  { is: 'launched' },
  { is: 'started' },
  ...Array.from({ length: 20 }, () => ({ is: 'saved' }) as const),
  { is: 'submitted' },
  { is: 'started' },
  ...Array.from({ length: 3 }, () => ({ is: 'saved' }) as const),
  { is: 'submitted' },
  { is: 'graded', passed: true, scores: [100, 100], page },
  { is: 'issued', page, image: `${page}.svg`, validUntil: '2028-11-28T00:00:00Z' },
  listed,
]
const person = (worker: string) => ({ worker, position: 82, above: 'wrk_1', below: 'wrk_3' })

const settled = () => new Promise<void>((done) => setImmediate(done))

/** Plays of a clock that only the test moves. */
function theatre(events: readonly (PlayEvent | Error)[] = passes) {
  let now = 0
  let nth = 0
  const waiting = new Set<{ readonly until: number; readonly end: () => void }>()
  const ended: string[] = []
  const plays = new Plays({
    exam,
    perform: async function* ({ worker, called }) {
      try {
        for (const event of events) {
          called({ method: 'GET', path: '/api/workers', status: event instanceof Error ? 503 : 200 })
          if (event instanceof Error) throw event
          yield event
        }
      } finally {
        ended.push(worker)
      }
    },
    newId: () => {
      nth += 1
      return `ply_${nth}`
    },
    clock: () => now,
    wait: (milliseconds, signal) =>
      new Promise((done) => {
        const one = {
          until: now + milliseconds,
          end: () => {
            waiting.delete(one)
            done()
          },
        }
        waiting.add(one)
        signal.addEventListener('abort', one.end)
      }),
  })
  /** Lets time pass, in steps in which everything that is due happens. */
  const pass = async (milliseconds: number) => {
    for (const end = now + milliseconds; ; ) {
      await settled()
      const next = [...waiting].sort((a, b) => a.until - b.until)[0]
      if (!next || next.until > end) {
        now = end
        return settled()
      }
      now = next.until
      next.end()
    }
  }
  const begin = async (worker = 'wrk_2') => {
    const id = plays.begin(person(worker))?.id ?? ''
    await settled()
    return { id, seen: () => plays.find(id) }
  }
  return { plays, pass, begin, ended, waiting: () => waiting.size }
}

describe('a played pass', () => {
  it('takes about a minute, in which all answers come one by one', async () => {
    const { begin, pass, ended } = theatre()
    const { seen } = await begin()
    const saved = new Set<number>()
    for (let second = 0; seen()?.status === 'playing' && second < 100; second += 1) {
      await pass(1_000)
      saved.add(seen()?.saved ?? 0)
    }
    expect(saved.size).toBeGreaterThan(20)
    expect(seen()).toMatchObject({
      status: 'done',
      stepsDone: 5,
      saved: cellsOf(exam),
      listed,
      person: { position: 83 },
    })
    const seconds = (seen()?.elapsedMs ?? 0) / 1_000
    expect(seconds).toBeGreaterThan(PLAY_SECONDS - 10)
    expect(seconds).toBeLessThan(PLAY_SECONDS)
    expect(ended).toEqual(['wrk_2'])
  })

  it('goes from step to step, the exam being done with its last part', async () => {
    const { begin, pass } = theatre()
    const { seen } = await begin()
    const course: number[] = []
    for (let second = 0; second < 70; second += 1) {
      course.push(seen()?.stepsDone ?? -1)
      await pass(1_000)
    }
    expect(course).toEqual(course.toSorted((a, b) => a - b))
    expect([...new Set(course)]).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('stands still while it is paused, and its seconds with it', async () => {
    const { begin, pass, plays } = theatre()
    const { id, seen } = await begin()
    await pass(10_000)
    plays.pause(id)
    const before = { ...seen(), calls: seen()?.calls.length }
    await pass(60_000)
    // what was under way when it was paused may still come in
    expect(seen()).toMatchObject({ status: 'paused', elapsedMs: before.elapsedMs })
    expect((seen()?.saved ?? 0) - (before.saved ?? 0)).toBeLessThanOrEqual(1)
    plays.resume(id)
    await pass(60_000)
    expect(seen()).toMatchObject({ status: 'done', saved: cellsOf(exam) })
  })

  it('waits for nothing once it is skipped, also out of a pause', async () => {
    const { begin, pass, plays } = theatre()
    const { id, seen } = await begin()
    await pass(5_000)
    plays.pause(id)
    plays.skip(id)
    await pass(0)
    expect(seen()).toMatchObject({ status: 'done', saved: cellsOf(exam), elapsedMs: 5_000 })
  })

  it('makes no call after it was stopped, and cannot go on', async () => {
    const { begin, pass, plays, ended } = theatre()
    const { id, seen } = await begin()
    await pass(8_000)
    plays.stop(id)
    await pass(0)
    const calls = seen()?.calls.length
    for (const act of ['resume', 'skip', 'pause', 'stop'] as const) plays[act](id)
    await pass(100_000)
    expect(seen()).toMatchObject({ status: 'stopped', stepsDone: 1 })
    expect(seen()?.calls).toHaveLength(calls ?? -1)
    expect(ended).toEqual(['wrk_2'])
  })

  it('says at which step a call was refused', async () => {
    const { begin, pass } = theatre([...passes.slice(0, 8), new Error('refused')])
    const { seen } = await begin()
    await pass(60_000)
    expect(seen()).toMatchObject({ status: 'failed', stepsDone: 1, saved: 5 })
    expect(seen()?.calls.at(-1)).toMatchObject({ path: '/api/workers', status: 503 })
  })

  it.each<readonly [string, readonly PlayEvent[], number]>([
    [
      'the exam was not passed',
      [...passes.slice(0, 29), { is: 'graded', passed: false, scores: [40], page: undefined }],
      2,
    ],
    ['the badge does not come', [...passes.slice(0, -1), { is: 'late' }], 4],
    ['nothing follows', passes.slice(0, -1), 4],
  ])('fails where %s', async (_, events, stepsDone) => {
    const { begin, pass } = theatre(events)
    const { seen } = await begin()
    await pass(100_000)
    expect(seen()).toMatchObject({ status: 'failed', stepsDone })
  })

  it('ends by itself where whoever paused it has left', async () => {
    const { begin, pass, plays, waiting } = theatre()
    const { id, seen } = await begin()
    plays.pause(id)
    await pass(3_600_000)
    expect(seen()?.status).toBe('stopped')
    expect(waiting()).toBe(0)
  })

  it('is one of four at once at most, and of nobody a second time', async () => {
    const { begin, pass, plays } = theatre()
    const all = []
    for (const worker of ['wrk_a', 'wrk_b', 'wrk_c', 'wrk_d']) all.push(await begin(worker))
    expect(plays.begin(person('wrk_e'))).toBeUndefined()
    expect(['wrk_a', 'wrk_e'].map((worker) => plays.wasPlayed(worker))).toEqual([true, false])
    plays.stop(all[0]?.id ?? '')
    expect(plays.begin(person('wrk_e'))).toBeDefined()
    await pass(100_000)
  })

  it('is forgotten when many came after it', async () => {
    const { begin, plays } = theatre()
    const first = await begin('wrk_first')
    plays.skip(first.id)
    await settled()
    for (let nth = 0; nth < 70; nth += 1) {
      const { id } = await begin(`wrk_${nth}`)
      plays.stop(id)
      await settled()
    }
    expect(first.seen()).toBeUndefined()
  })
})
