import type { Random } from '../../kernel/random.ts'
import { streamOf } from './draw.ts'

type Task = () => unknown

/** The days of a simulated year: which it is, what is due on each, and the draws for each purpose. */
export class Agenda {
  /** From 0. */
  day = 0
  private readonly seed: number
  private readonly due = new Map<number, Task[]>()
  private readonly streams = new Map<string, Random>()

  constructor(seed: number) {
    this.seed = seed
  }

  /** The draws for a purpose. */
  draws(purpose: string): Random {
    const known = this.streams.get(purpose)
    if (known) return known
    const stream = streamOf(this.seed, purpose)
    this.streams.set(purpose, stream)
    return stream
  }

  /** Puts something on the agenda, so many days from now, 0 for later today. What would come after the year does not. */
  inDays(days: number, task: Task): void {
    const day = this.day + days
    const tasks = this.due.get(day)
    if (tasks) tasks.push(task)
    else this.due.set(day, [task])
  }

  /** Does what is on today's agenda, and what is put there meanwhile. */
  async keepAppointments(): Promise<void> {
    const tasks = this.due.get(this.day) ?? []
    for (let at = 0; at < tasks.length; at += 1) await tasks[at]?.()
    this.due.delete(this.day)
  }
}
