import type { Answer, Answers, Asked, Question } from './protocol.ts'

/** Asks the program beside the page, and waits for its answer. */
export type AskChecker = <Ask extends Asked['ask']>(asked: Extract<Asked, { ask: Ask }>) => Promise<Answers[Ask]>

/** Starts a checker. @throws in the promise what failed over there, and where its program does not come: now and from then on. */
export function startChecker(address: string): AskChecker {
  const worker = new Worker(address, { type: 'module' })
  const waiting = new Map<number, { resolve(value: never): void; reject(failure: Error): void }>()
  let number = 0
  let broken: Error | undefined
  worker.addEventListener('error', () => {
    broken = new Error(`the program ${address} does not run`)
    for (const { reject } of waiting.values()) reject(broken)
    waiting.clear()
  })
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const who = waiting.get(data.number)
    waiting.delete(data.number)
    if ('failure' in data) who?.reject(new Error(data.failure))
    else who?.resolve(data.value as never)
  })
  return (asked) =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken)
      number += 1
      waiting.set(number, { resolve, reject })
      worker.postMessage({ ...asked, number } satisfies Question)
    })
}

/**
 * Runs an act that nobody wants twice at once: who asks while it runs is answered by one more run, which sees what was last.
 */
export function latest(act: () => Promise<void>): () => void {
  let state: 'idle' | 'running' | 'again' = 'idle'
  const run = async () => {
    state = 'running'
    await act().catch((failure: unknown) => reportError(failure))
    const isAgain = (state as string) === 'again'
    state = 'idle'
    if (isAgain) void run()
  }
  return () => {
    if (state === 'idle') void run()
    else state = 'again'
  }
}
