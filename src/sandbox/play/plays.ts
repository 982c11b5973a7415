import {
  afterEvent,
  beginPlay,
  type ExamFacts,
  type Play,
  type PlayCall,
  type PlayEvent,
  type PlayedPerson,
  paceAfter,
} from './play.ts'

/** At once, of all browsers together. */
const MOST_AT_ONCE = 4
/** How many can still be looked at afterwards. */
const MOST_KEPT = 60
const MOST_CALLS = 200
/** Whoever pauses for longer has left. */
const LONGEST_PAUSE_MS = 600_000
/** However slow the services are. */
const LONGEST_PLAY_MS = 300_000

export interface Stage {
  readonly exam: ExamFacts
  /** Performs a pass through the public APIs; whoever takes no more events ends it. */
  readonly perform: (of: {
    readonly worker: string
    readonly called: (call: Omit<PlayCall, 'atMs'>) => void
  }) => AsyncGenerator<PlayEvent, void>
  /** An id that nobody guesses: whoever has it may stop the play. */
  readonly newId: () => string
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number
  /** Waits; ends early when the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

interface Running {
  play: Play
  readonly calls: PlayCall[]
  /** Time that was played before the last pause, and since when it goes on. */
  playedMs: number
  since: number
  hurries: boolean
  /** Ends what the play waits for. */
  waking: AbortController
}

/** A play as a page shows it. */
export interface WatchedPlay extends Play {
  readonly elapsedMs: number
  readonly calls: readonly PlayCall[]
}

/** Passes that the demonstration plays for those who watch, each at a pace to be read, with an end. */
export class Plays {
  readonly exam: ExamFacts
  private readonly stage: Stage
  private readonly running = new Map<string, Running>()
  private readonly played = new Set<string>()

  constructor(stage: Stage) {
    this.stage = stage
    this.exam = stage.exam
  }

  /** Whether somebody was played before: nobody passes twice, and whoever was stopped halfway has begun. */
  wasPlayed(worker: string): boolean {
    return this.played.has(worker)
  }

  /** Begins a play; undefined while there are many. */
  begin(person: PlayedPerson): Play | undefined {
    const atOnce = [...this.running.values()].filter((one) => isUnderWay(one.play)).length
    if (atOnce >= MOST_AT_ONCE) return undefined
    for (const [id, { play }] of this.running)
      if (this.running.size >= MOST_KEPT && !isUnderWay(play)) this.running.delete(id)
    const play = beginPlay(this.stage.newId(), person)
    const one = {
      play,
      calls: [],
      playedMs: 0,
      since: this.stage.clock(),
      hurries: false,
      waking: new AbortController(),
    }
    this.played.add(person.worker)
    this.running.set(play.id, one)
    void this.run(one)
    return play
  }

  find(id: string): WatchedPlay | undefined {
    const one = this.running.get(id)
    return one && { ...one.play, calls: one.calls, elapsedMs: this.elapsed(one) }
  }

  pause(id: string): void {
    this.change(id, 'playing', (one) => {
      this.rest(one, 'paused')
    })
  }

  resume(id: string): void {
    this.change(id, 'paused', (one) => {
      one.since = this.stage.clock()
      one.play = { ...one.play, status: 'playing' }
    })
  }

  /** Waits for nothing any more. */
  skip(id: string): void {
    this.resume(id)
    this.change(id, 'playing', (one) => {
      one.hurries = true
    })
  }

  stop(id: string): void {
    this.change(id, undefined, (one) => {
      this.rest(one, 'stopped')
    })
  }

  private elapsed({ play, playedMs, since }: Running): number {
    return playedMs + (play.status === 'playing' ? this.stage.clock() - since : 0)
  }

  private rest(one: Running, status: Play['status']): void {
    one.playedMs = this.elapsed(one)
    one.play = { ...one.play, status }
  }

  private change(id: string, status: Play['status'] | undefined, act: (one: Running) => void): void {
    const one = this.running.get(id)
    if (!one || !isUnderWay(one.play) || (status !== undefined && one.play.status !== status)) return
    act(one)
    one.waking.abort()
    one.waking = new AbortController()
  }

  /** Lets whoever watches read, and holds while the play is paused. */
  private async hold(one: Running, milliseconds: number): Promise<void> {
    if (!one.hurries && milliseconds > 0) await this.stage.wait(milliseconds, one.waking.signal)
    while (one.play.status === 'paused') {
      const { signal } = one.waking
      await this.stage.wait(LONGEST_PAUSE_MS, signal)
      if (!signal.aborted) this.rest(one, 'stopped')
    }
  }

  private async run(one: Running): Promise<void> {
    const called = (call: Omit<PlayCall, 'atMs'>) => {
      if (one.calls.length < MOST_CALLS) one.calls.push({ ...call, atMs: this.elapsed(one) })
    }
    const events = this.stage.perform({ worker: one.play.person.worker, called })
    try {
      for (;;) {
        const { value: event, done } = await events.next()
        // it was stopped while a call was under way
        if (!isUnderWay(one.play)) return
        if (done || this.elapsed(one) > LONGEST_PLAY_MS) return this.rest(one, 'failed')
        const next = afterEvent(one.play, event, this.exam)
        if (isUnderWay(next)) one.play = next
        else {
          one.play = { ...next, status: one.play.status }
          return this.rest(one, next.status)
        }
        await this.hold(one, paceAfter(event, one.play, this.exam))
        if (!isUnderWay(one.play)) return
      }
    } catch {
      // what was refused stands among the calls
      if (isUnderWay(one.play)) this.rest(one, 'failed')
    } finally {
      await events.return()
    }
  }
}

/** Whether something of a play is still to come. */
export const isUnderWay = ({ status }: Pick<Play, 'status'>): boolean => status === 'playing' || status === 'paused'
