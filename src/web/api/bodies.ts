import type { AttemptView } from '../../flows/read-attempt.ts'
import type { ResultView } from '../../flows/read-result.ts'
import type { SaveReply } from '../../flows/record-responses.ts'
import { toRfc3339 } from '../../kernel/instant.ts'

/** An attempt on the wire. Every reply of the attempt API carries `now` and `deadline`. */
export const attemptBody = ({ title: _, level: __, now, startedAt, deadline, ...attempt }: AttemptView) => ({
  ...attempt,
  now: toRfc3339(now),
  startedAt: toRfc3339(startedAt),
  deadline: toRfc3339(deadline),
})

export const saveBody = ({ now, deadline, results }: SaveReply) => ({ now: toRfc3339(now), deadline: toRfc3339(deadline), results })

/** A result on the wire: only what was written when it was graded, so that every reply is the same to the byte. */
export const resultBody = (result: ResultView) => ({
  status: result.status,
  reason: result.reason,
  exam: result.exam,
  closedAt: toRfc3339(result.closedAt),
  passed: result.passed,
  score: result.score,
  passScore: result.passScore,
  scoreBand: result.scoreBand,
  sections: result.sections.map(({ id, title, score, passScore }) => ({ id, title, score, ...(passScore === undefined ? {} : { passScore }) })),
  ...(result.credential ? { credential: result.credential.id } : {}),
  ...(result.retryAt === undefined ? {} : { retryAt: toRfc3339(result.retryAt) }),
})
