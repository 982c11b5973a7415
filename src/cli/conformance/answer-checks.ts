import { problemDetails } from '../../contract/marketplace.ts'
import { inShort, type Reply } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'

const RATE_LIMIT_HEADERS = ['ratelimit-policy', 'ratelimit', 'retry-after']

const isProblemDocument = ({ headers, json, status }: Reply): boolean => {
  const read = problemDetails.safeParse(json)
  return (
    /^application\/problem\+json\b/.test(headers.get('content-type') ?? '') &&
    read.success &&
    read.data.code !== '' &&
    read.data.status === status
  )
}

/** What all refusals of the run have in common; tried last. */
export const answerChecks = checksOf('Form of requests and answers', [
  {
    id: 'answer.problems',
    expects: 'every refusal is application/problem+json with a title, a code and its HTTP status',
    run: async ({ refusals }) => {
      const odd = refusals.find((reply) => !isProblemDocument(reply))
      if (odd)
        return fails(
          `${odd.call.method} ${odd.call.path}: ${odd.headers.get('content-type') ?? 'no type'} ${inShort(odd)}`,
        )
      return refusals.length > 0 ? holds(`${refusals.length} refusals`) : notTried('nothing was refused')
    },
  },
  {
    id: 'answer.rate-limits',
    required: false,
    expects: 'a 429 carries RateLimit-Policy, RateLimit and Retry-After',
    run: async ({ refusals }) => {
      const limited = refusals.filter(({ status }) => status === 429)
      const odd = limited.find(({ headers }) => RATE_LIMIT_HEADERS.some((name) => !headers.has(name)))
      if (odd)
        return fails(
          `${odd.call.path}: without ${RATE_LIMIT_HEADERS.filter((name) => !odd.headers.has(name)).join(', ')}`,
        )
      return limited.length > 0 ? holds(`${limited.length} of them`) : notTried('none was met')
    },
  },
])
