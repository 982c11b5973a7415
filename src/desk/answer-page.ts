import type { Answer, Answers, Asked, Question } from './protocol.ts'

const scope = self as unknown as {
  postMessage(answer: Answer): void
  addEventListener(name: 'message', hear: (event: MessageEvent<Question>) => void): void
}

/** Answers what the desk's page asks this program, in its order. A failure is told to who asked. */
export function answerPage<Ask extends Asked['ask']>(
  answer: (asked: Extract<Asked, { ask: Ask }>) => Answers[Ask],
): void {
  scope.addEventListener('message', ({ data }) => {
    const { number } = data
    try {
      scope.postMessage({ number, value: answer(data as unknown as Extract<Asked, { ask: Ask }>) })
    } catch (failure) {
      scope.postMessage({ number, failure: String(failure) })
    }
  })
}
