import * as z from 'zod'
import { roles } from '../tokens.ts'
import { call, page, time } from './shapes.ts'

const launch = { tag: 'Launch' } as const

/** Of the browser's own doors. */
const door = {
  ...launch,
  path: '/launch',
  security: 'none',
  query: z.lazy(() => z.object({ token: z.string().optional().describe('The launch token.') })),
  success: [303, 'To the exam, the catalogue or the staff pages'],
  headers: ['Location', 'Set-Cookie'],
  further: {
    200: { description: 'A page that asks first, where somebody else is signed in', media: page },
    401: { description: 'token-refused', media: page },
    403: { description: 'not-listed', media: page },
  },
  refusals: ['malformed', 'token-refused', 'not-listed', 'not-eligible'],
} as const

export const launchPage = call({
  ...door,
  method: 'get',
  summary:
    'Opens a session for a person whom the marketplace sends over (?token=), sets the session cookie and goes on to the exam or the catalogue',
})

const postLaunch = call({
  ...door,
  method: 'post',
  summary: 'The same with the token in a form, so that it stands in no address',
  body: z.lazy(() => z.object({ token: z.string().optional() })),
  bodyType: 'application/x-www-form-urlencoded',
})

export const openSession = call({
  ...launch,
  method: 'post',
  path: '/api/session',
  summary: 'Turns a launch token into a bearer session',
  security: 'none',
  body: z.lazy(() => z.object({ token: z.string().min(1) })),
  success: [201, '{session, worker, role, expiresAt}'],
  answer: z.lazy(() => z.object({ session: z.string(), worker: z.string(), role: z.enum(roles), expiresAt: time })),
  refusals: ['malformed', 'token-refused', 'not-listed', 'not-eligible'],
})

export const readSession = call({
  ...launch,
  method: 'get',
  path: '/api/me',
  summary: 'Who is asking',
  security: 'session',
  success: [200, '{worker, role, name, launchedAt, expiresAt}'],
  answer: z.lazy(() =>
    z.object({ worker: z.string(), role: z.enum(roles), name: z.string(), launchedAt: time, expiresAt: time }),
  ),
  refusals: ['unauthenticated'],
})

export const endSession = call({
  ...launch,
  method: 'delete',
  path: '/api/session',
  summary: 'Signs out: the session ends at once',
  security: 'session',
  success: [200, '{ended}'],
  answer: z.lazy(() => z.object({ ended: z.boolean() })),
  headers: ['Set-Cookie'],
  refusals: ['unauthenticated'],
})

/** How a session begins and ends. */
export const launchCalls = [launchPage, postLaunch, openSession, readSession, endSession] as const
