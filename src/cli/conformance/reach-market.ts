import { UsageError } from '../terminal.ts'

const PATIENCE_MS = 15_000

/** What stands between us and a host, by the code that Node gives it, and what to do. */
const obstacles: readonly (readonly [codes: RegExp, says: string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens there; start the marketplace, or mind the port'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'there is no such host; mind the name'],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/,
    'its certificate is signed by nobody who is trusted here; name the CA: NODE_EXTRA_CA_CERTS=ca.pem npm run kentei -- conformance …',
  ],
  [/^CERT_/, 'its certificate is not valid now; renew it'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another name; use the name that it is for'],
  [/^(ERR_SSL_|EPROTO)/, 'it does not speak TLS there; use http://, or the port of https'],
  [/^(HPE_|UND_ERR_SOCKET|ECONNRESET)/, 'it does not speak HTTP there; use https://, or mind the port'],
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
      throw new UsageError(`${origin} does not answer within ${PATIENCE_MS / 1_000} s`)
    const { code, says } = causeOf(problem)
    throw new UsageError(
      `${origin} cannot be reached${code === '' ? '' : ` (${code})`}: ${obstacles.find(([codes]) => codes.test(code))?.[1] ?? says}`,
    )
  }
}
