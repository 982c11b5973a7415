import { Hono } from 'hono'
import * as z from 'zod'
import { type Duration, plus, toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { advanceClock } from '../flows/advance-clock.ts'
import { signIn } from '../flows/sign-in.ts'
import { personRoles } from '../people/person.ts'
import { malformed, type Outcome } from '../problem.ts'
import { respond } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import type { Operation } from './operation.ts'

const sessionBody = z.object({ user: z.string().min(1).max(128) })
const clockBody = z.object({ advance: z.string().max(40) })

const time = z.iso.datetime()
const sessionAnswer = z.object({ session: z.string(), user: z.string(), role: z.enum(personRoles), name: z.string(), expiresAt: time })

const LONGEST_DAYS = 3_660
/** Where the test clock stops: times have four digits for the year, and what lasts a century still ends before the year 10000. */
const LAST_YEAR = 9_000

/** Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds, longer than nothing. Months and years have no fixed length. */
function readAdvance(text: string): Outcome<Duration> {
  const parts = /^P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/.exec(text)
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (parts ?? []).slice(1).map((part) => Number(part ?? 0))
  const length = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
  if (!parts || length === 0 || length > LONGEST_DAYS * 86_400_000)
    return malformed([{ path: 'advance', message: `Must be an ISO 8601 duration such as P14D or PT15M, of at most ${LONGEST_DAYS} days` }])
  return ok(length as Duration)
}

export const sessionOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/demo/session',
    tag: 'Demo',
    summary: 'Signs in as a person of the sandbox',
    security: 'none',
    body: sessionBody,
    success: [201, '{session, user, role, name, expiresAt}'],
    answer: sessionAnswer,
    refusals: ['malformed', 'not-found'],
  },
  {
    method: 'post',
    path: '/demo/clock',
    tag: 'Demo',
    summary: 'Moves the test clock forward and does all that is due by then',
    security: 'none',
    body: clockBody,
    success: [200, '{now, fired}'],
    answer: z.object({ now: time, fired: z.int().min(0) }),
    refusals: ['malformed'],
  },
  { method: 'get', path: '/demo/clock', tag: 'Demo', summary: 'What the test clock shows', security: 'none', success: [200, '{now}'], answer: z.object({ now: time }), refusals: [] },
]

/** Sign-in and the test clock. */
export function sessionApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()

  api.post('/session', async (c) => {
    const body = parseBody(sessionBody, await c.req.text())
    const signedIn = body.ok ? await signIn(c.get('world'), body.value.user) : body
    if (!signedIn.ok) return respond(c, fail(signedIn.problem))
    const { session, person, expiresAt } = signedIn.value
    return c.json({ session, user: person.id, role: person.role, name: person.name, expiresAt: toRfc3339(expiresAt) }, 201)
  })

  api.get('/clock', (c) => c.json({ now: toRfc3339(c.get('world').now()) }))

  api.post('/clock', async (c) => {
    const body = parseBody(clockBody, await c.req.text())
    const by = body.ok ? readAdvance(body.value.advance) : body
    if (!by.ok) return respond(c, fail(by.problem))
    if (new Date(plus(c.get('world').now(), by.value)).getUTCFullYear() > LAST_YEAR) return respond(c, malformed([{ path: 'advance', message: `The test clock ends with the year ${LAST_YEAR}` }]))
    const { now, fired } = await advanceClock(c.get('world'), by.value)
    return c.json({ now: toRfc3339(now), fired })
  })

  return api
}
