import type { Client } from '@libsql/client'

/** Where a libSQL server is. */
export interface ServerPlace {
  readonly url: string
  readonly authToken?: string | undefined
}

/** A server that takes longer than this to answer is taken for one that does not. */
const ANSWERS_WITHIN_MS = 10_000

/** The client of a libSQL server over HTTP, which whoever has a file of their own never reads. */
export async function openServerClient({ url, authToken }: ServerPlace): Promise<Client> {
  const { createClient } = await import('@libsql/client/http')
  return createClient({
    url,
    ...(authToken === undefined ? {} : { authToken }),
    fetch: (request: Request) => fetch(request, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }),
  })
}
