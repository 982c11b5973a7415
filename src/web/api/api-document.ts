import type { Call } from '../../contract/call.ts'
import { calls, tags } from '../../contract/kentei/calls.ts'
import { contractSchemas } from '../../contract/kentei/schemas.ts'
import { openApi } from '../../contract/openapi.ts'
import type { Problem } from '../../kernel/problem.ts'
import { problemKinds } from '../problem-response.ts'
import { SESSION_COOKIE } from '../session-cookie.ts'

/** What any call can be answered with besides what is its own. */
export const furtherRefusals = ({ body, method, security }: Call): readonly Problem['code'][] => [
  // a cookie counts for our own pages alone
  ...(method !== 'get' && (security === 'session' || security === 'either') ? (['forbidden'] as const) : []),
  ...(method === 'get' ? [] : (['unreadable', 'payload-too-large'] as const)),
  ...(body ? (['malformed'] as const) : []),
  'rate-limited',
  'busy',
  'internal',
]

/** The OpenAPI 3.1 document of this service. */
export const apiDocument = (origin: string) =>
  openApi({
    title: 'Kentei',
    summary: 'Skill certification that plugs into a freelance marketplace',
    description:
      'JSON in and out; times are RFC 3339 in UTC with milliseconds, ids opaque. Refusals are problem documents (RFC 9457) with a code that never changes its meaning. Answers may get more fields.',
    origin,
    calls,
    schemas: contractSchemas(),
    tags,
    refusals: problemKinds,
    furtherRefusals,
    session: 'The session of POST /api/session',
    cookie: SESSION_COOKIE,
  })
