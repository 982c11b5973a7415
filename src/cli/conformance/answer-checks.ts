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
export const answerChecks = checksOf('form', [
  {
    id: 'answer.problems',
    level: 'required',
    run: async ({ refusals }) => {
      const odd = refusals.find((reply) => !isProblemDocument(reply))
      if (odd)
        return fails((t) =>
          t('conformance.came.oddRefusal', {
            call: `${odd.call.method} ${odd.call.path}`,
            type: odd.headers.get('content-type') ?? t('conformance.came.noType'),
            reply: inShort(odd)(t),
          }),
        )
      return refusals.length > 0
        ? holds((t) => t('conformance.came.refusals', { count: refusals.length }))
        : notTried((t) => t('conformance.came.nothingRefused'))
    },
  },
  {
    id: 'answer.rate-limits',
    level: 'optional',
    needsTokens: false,
    run: async ({ refusals }) => {
      const limited = refusals.filter(({ status }) => status === 429)
      const odd = limited.find(({ headers }) => RATE_LIMIT_HEADERS.some((name) => !headers.has(name)))
      if (odd)
        return fails((t) =>
          t('conformance.came.withoutHeaders', {
            path: odd.call.path,
            headers: RATE_LIMIT_HEADERS.filter((name) => !odd.headers.has(name)).join(', '),
          }),
        )
      return limited.length > 0
        ? holds((t) => t('conformance.came.limited', { count: limited.length }))
        : notTried((t) => t('conformance.came.noneMet'))
    },
  },
])
