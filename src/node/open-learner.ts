import { Worker } from 'node:worker_threads'
import { fail, ok } from '../kernel/result.ts'
import type { Learner, LearningFault, LearningOrder, Learnt } from '../sandbox/detector/candidate/learning.ts'

/** What the thread is told, and where the committed set lies: below `src` of this folder. */
export interface LearnOrder extends LearningOrder {
  readonly root: string
}

/** How far it got, and in the end what came of it. */
export type LearnMessage =
  | { readonly step: number; readonly of: number }
  | { readonly learnt: Learnt }
  | { readonly fault: LearningFault }

/** A training takes a minute or two of one processor; on one that has much else to do, ten. */
const TIMEOUT_MS = 30 * 60_000
/** Texts and what is counted of them; the numbers of the features lie outside of it, some 200 bytes for each character of all posts. */
const MOST_MEMORY_MB = 1_024

export interface LearnerPlace {
  /** The program of the thread. */
  readonly program: string
  /** Folder in which the committed training set lies, below `src`. */
  readonly root: string
  /** Arguments of Node for the thread. */
  readonly execArgv?: readonly string[]
  readonly timeoutMs?: number
  readonly mostMemoryMb?: number
}

type Outcome = Awaited<ReturnType<Learner['learn']>>

/** What became of a thread that broke down. */
const faultOf = (error: unknown): LearningFault =>
  (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'broke-down'

/** Trains in a thread of its own, with so much time and memory; when it is over, the thread is gone. */
export function openLearner(place: LearnerPlace): Learner {
  const { program, root, execArgv = [], timeoutMs = TIMEOUT_MS, mostMemoryMb = MOST_MEMORY_MB } = place
  return {
    learn: (order, { onStep, signal }) =>
      new Promise<Outcome>((resolve) => {
        const worker = new Worker(program, {
          execArgv: [...execArgv],
          resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
        })
        let isOver = false
        const end = (outcome: Outcome) => {
          // a thread that is ended says so as well
          if (isOver) return
          isOver = true
          clearTimeout(timer)
          signal.removeEventListener('abort', cancel)
          // a thread that is ended in the midst of a loop leaves it there
          void worker.terminate().then(() => resolve(outcome))
        }
        const endWith = (code: LearningFault) => end(fail({ code }))
        const cancel = () => endWith('cancelled')
        const timer = setTimeout(() => endWith('timed-out'), timeoutMs)
        // a service that is told to stop does not wait for it
        timer.unref()
        worker.unref()
        worker.on('message', (message: LearnMessage) => {
          if ('step' in message) onStep(message.step, message.of)
          else if ('learnt' in message) end(ok(message.learnt))
          else endWith(message.fault)
        })
        worker.once('error', (error) => endWith(faultOf(error)))
        worker.once('exit', () => endWith('broke-down'))
        signal.addEventListener('abort', cancel, { once: true })
        if (signal.aborted) cancel()
        worker.postMessage({ ...order, root } satisfies LearnOrder)
      }),
  }
}
