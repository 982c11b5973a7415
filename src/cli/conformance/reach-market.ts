import { UsageError } from '../terminal.ts'
import type { Say } from '../texts.ts'

const PATIENCE_MS = 15_000

/** What stands between us and a host, by the code that Node gives it, and what to do. */
const obstacles: readonly (readonly [codes: RegExp, says: Say])[] = [
  [/^ECONNREFUSED$/, (t) => t('usage.conformance.obstacle.refused')],
  [/^(ENOTFOUND|EAI_AGAIN)$/, (t) => t('usage.conformance.obstacle.noHost')],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/,
    (t) => t('usage.conformance.obstacle.untrusted'),
  ],
  [/^CERT_/, (t) => t('usage.conformance.obstacle.invalid')],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, (t) => t('usage.conformance.obstacle.otherName')],
  [/^(ERR_SSL_|EPROTO)/, (t) => t('usage.conformance.obstacle.noTls')],
  [/^(HPE_|UND_ERR_SOCKET|ECONNRESET)/, (t) => t('usage.conformance.obstacle.noHttp')],
]

/** What went wrong, and the code of it if it has one; several addresses of one name fail with several. */
function causeOf(problem: unknown): { readonly code: string; readonly says: string } {
  const cause = problem instanceof Error ? problem.cause : undefined
  const first: unknown = (cause instanceof AggregateError ? cause.errors[0] : cause) ?? problem
  const code = first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : ''
  return { code, says: first instanceof Error ? first.message : String(first) }
}

/**
 * Makes sure that something answers at an origin, whatever it says.
 * @throws a `UsageError` that says what is in the way: no check could say anything about such a marketplace.
 */
export async function reachMarket(origin: string): Promise<void> {
  try {
    const response = await fetch(`${origin}/.well-known/jwks.json`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await response.body?.cancel()
  } catch (problem) {
    if (problem instanceof Error && problem.name === 'TimeoutError')
      throw new UsageError((t) => t('usage.conformance.slow', { origin, seconds: PATIENCE_MS / 1_000 }))
    const { code, says } = causeOf(problem)
    const obstacle = obstacles.find(([codes]) => codes.test(code))?.[1]
    throw new UsageError((t) => {
      const why = obstacle?.(t) ?? says
      return code === ''
        ? t('usage.conformance.unreached', { origin, why })
        : t('usage.conformance.unreachedBy', { origin, code, why })
    })
  }
}
