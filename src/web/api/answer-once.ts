import type { Context } from 'hono'
import type { Problem } from '../../kernel/problem.ts'
import { isKept } from '../../marketplace/store.ts'
import { answerOnce as once } from '../../platform/http/replay/answer-once.ts'
import type { KeptReply } from '../../platform/http/replay/store.ts'
import { problemResponse } from '../problem-response.ts'
import type { WebEnv } from '../web-env.ts'

/** Whether a kept reply may still be given: the refusal that stands in its place, if it may not. */
type Withdrawn = (c: Context<WebEnv>, reply: KeptReply) => Promise<Problem | undefined>

/** Answers a repeated request with the first reply, unless `withdrawn` says that it may not be given any more. Of a worker who is not on record nothing is kept. */
export const answerOnce = (withdrawn?: Withdrawn) =>
  once<WebEnv>({
    place: (c) => c.var.world,
    caller: ({ var: { session } }) => ({ caller: session?.worker ?? '', ...(session?.role === 'worker' ? { provided: isKept(session.worker) } : {}) }),
    refuse: (_, problem) => problemResponse(problem),
    withdrawn: async (c, reply) => {
      const refusal = await withdrawn?.(c, reply)
      return refusal && problemResponse(refusal)
    },
  })
