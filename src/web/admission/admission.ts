import type { Context, MiddlewareHandler } from 'hono'
import type { Problem } from '../../kernel/problem.ts'
import type { WebEnv } from '../web-env.ts'
import { AdmissionQueue, type Kind, QUEUE_LIMITS, type Ticket } from './queue.ts'

export interface AdmissionOptions {
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number
  readonly refuse: (c: Context<WebEnv>, problem: Problem) => Response | Promise<Response>
}

/** Nobody is held for longer, whatever was expected. */
const LONGEST_HOLD_MS = 2 * QUEUE_LIMITS.holdMs
/** The longest wait that is told. Whoever comes before their time is told the rest, and keeps their place. */
const LONGEST_WAIT_SECONDS = 60

interface Waiter extends Ticket {
  readonly settle: (outcome: Outcome) => void
}

/** How waiting ended: the caller's turn came, the caller went away, or comes again in so many milliseconds. */
type Outcome = 'admitted' | 'gone' | number

/** What queues. Saves do not, and are counted. */
const QUEUES: readonly (readonly [Kind, 'GET' | 'POST', string])[] = [
  ['submit', 'POST', '/api/attempts/:id/submit'],
  ['submit', 'POST', '/attempts/:id/submit'],
  ['session', 'POST', '/api/session'],
  ['session', 'POST', '/launch'],
  ['session', 'GET', '/launch'],
  ['start', 'POST', '/api/exams/:exam/attempts'],
  ['start', 'POST', '/exams/:exam/start'],
]
const SAVES: readonly (readonly ['PUT' | 'POST', string])[] = [
  ['PUT', '/api/attempts/:id/responses'],
  ['POST', '/attempts/:id'],
]

export interface Door {
  readonly method: string
  readonly path: string
  readonly handler: MiddlewareHandler<WebEnv>
}

const MARK_LENGTH = 86

/** What tells one launch from another: the end of its token, a signature. */
async function tokenMark(c: Context<WebEnv>): Promise<string> {
  return (c.req.query('token') ?? (await c.req.text())).slice(-MARK_LENGTH)
}

/** Holds a request until its turn. */
function waitInRow(
  queue: AdmissionQueue<Waiter>,
  of: { ticket: Ticket; clock: () => number; signal: AbortSignal },
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const waiter: Waiter = { ...of.ticket, settle: resolve }
  const answer = queue.enter(waiter, of.clock())
  if (answer.is === 'later') return Promise.resolve(answer.waitMs)
  letIn(queue)
  const timer = setTimeout(() => resolve(queue.putOff(waiter, of.clock())), LONGEST_HOLD_MS)
  const leave = () => {
    queue.leave(waiter)
    resolve('gone')
  }
  of.signal.addEventListener('abort', leave)
  return promise.finally(() => {
    clearTimeout(timer)
    of.signal.removeEventListener('abort', leave)
  })
}

function letIn(queue: AdmissionQueue<Waiter>): void {
  for (const { settle } of queue.next()) settle('admitted')
}

/**
 * The doors at which people queue while many come at once, as on the day of an exam. It takes one process that sees all who
 * come: where there are many, as on the edge, a queue in each would say nothing.
 */
export function admissionDoors({ clock, refuse }: AdmissionOptions): Door[] {
  const queue = new AdmissionQueue<Waiter>()
  // in a turn of its own, so that saves that have come meanwhile are taken first
  const letInSoon = () => {
    if (queue.size > 0) setTimeout(() => letIn(queue), 0)
  }

  const save: Door['handler'] = async (_, next) => {
    queue.saving(1)
    try {
      await next()
    } finally {
      queue.saving(-1)
      letInSoon()
    }
  }

  const inTurn =
    (kind: Kind): Door['handler'] =>
    async (c, next) => {
      const caller = kind === 'session' ? await tokenMark(c) : c.var.session?.worker
      // who has no session is refused without waiting
      if (caller === undefined) return next()
      // whoever has not sent everything does not stand in the row: being served, a body that never comes would keep others out
      if (c.req.method === 'POST') await c.req.text()
      const ticket = { kind, caller }
      const outcome = await waitInRow(queue, { ticket, clock, signal: c.req.raw.signal })
      // nobody reads the answer
      if (outcome === 'gone') return c.body(null, 503)
      if (outcome !== 'admitted')
        return refuse(c, {
          code: 'busy',
          retryAfterSeconds: Math.min(LONGEST_WAIT_SECONDS, Math.ceil(outcome / 1_000)),
        })
      const began = clock()
      try {
        await next()
      } finally {
        // a failure, or a lock that was waited for, says nothing about those to come
        queue.done(ticket, c.res.status < 500 ? clock() - began : undefined)
        letInSoon()
      }
    }

  return [
    ...SAVES.map(([method, path]) => ({ method, path, handler: save })),
    ...QUEUES.map(([kind, method, path]) => ({ method, path, handler: inTurn(kind) })),
  ]
}
