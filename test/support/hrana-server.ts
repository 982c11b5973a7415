import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeError, HranaConnection, type HranaError, type HranaRequest, isBusy } from './hrana-connection.ts'

const PATIENCE_MS = 5_000
const BETWEEN_TRIES_MS = 2
const STREAM_LASTS_MS = 10_000

interface Stream {
  readonly connection: HranaConnection
  readonly ends: NodeJS.Timeout
}

type Outcome = { readonly type: 'ok'; readonly response: unknown } | { readonly type: 'error'; readonly error: HranaError }

export interface HranaServer {
  readonly url: string
  /** Pipelines answered so far. */
  pipelines(): number
  close(): Promise<void>
}

async function readJson(request: IncomingMessage): Promise<{ baton?: string | null; requests: HranaRequest[] }> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString())
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** The error of a request that did nothing because another stream was writing. */
function busyError(outcome: Outcome): boolean {
  if (outcome.type === 'error') return isBusy(outcome.error)
  const steps = (outcome.response as { result?: { step_errors?: (HranaError | null)[] } }).result?.step_errors
  return steps?.some((error) => error && isBusy(error)) ?? false
}

/**
 * libSQL over HTTP as a remote database speaks it (Hrana 3 in JSON), over one SQLite file: a test double for
 * `@libsql/client/web`. Each stream has a connection of its own, so that concurrent callers meet each other as they would
 * on a server. Its error codes are SQLite's, not a vendor's.
 */
export async function startHranaServer(path: string, { authToken }: { authToken?: string } = {}): Promise<HranaServer> {
  const idle: HranaConnection[] = []
  const streams = new Map<string, Stream>()
  let answered = 0

  const end = (connection: HranaConnection) => {
    connection.reset()
    idle.push(connection)
  }
  const attempt = (connection: HranaConnection, request: HranaRequest): Outcome => {
    try {
      return { type: 'ok', response: connection.handle(request) }
    } catch (error) {
      return { type: 'error', error: describeError(error) }
    }
  }
  /** A request that begins its own transaction waits for the writer; one inside a transaction must be told. */
  const handle = async (connection: HranaConnection, request: HranaRequest): Promise<Outcome> => {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      const outcome = attempt(connection, request)
      if (!busyError(outcome) || connection.inTransaction || Date.now() > until) return outcome
      await sleep(BETWEEN_TRIES_MS)
    }
  }
  const take = (baton: string | null | undefined): HranaConnection | undefined => {
    if (!baton) return idle.pop() ?? new HranaConnection(path)
    const stream = streams.get(baton)
    if (!stream) return undefined
    clearTimeout(stream.ends)
    streams.delete(baton)
    return stream.connection
  }
  const keep = (connection: HranaConnection): string => {
    const baton = randomUUID()
    const ends = setTimeout(() => {
      streams.delete(baton)
      end(connection)
    }, STREAM_LASTS_MS).unref()
    streams.set(baton, { connection, ends })
    return baton
  }
  const pipeline = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { baton, requests } = await readJson(request)
    const connection = take(baton)
    if (!connection) return reply(response, 400, { message: 'this stream has ended', code: 'STREAM_EXPIRED' })
    const results: Outcome[] = []
    for (const each of requests) results.push(await handle(connection, each))
    answered += 1
    const closes = requests.some(({ type }) => type === 'close')
    if (closes) end(connection)
    reply(response, 200, { baton: closes ? null : keep(connection), base_url: null, results })
  }

  const server = createServer((request, response) => {
    if (request.method === 'GET') return reply(response, ['/health', '/v2', '/v3'].includes(request.url ?? '') ? 200 : 404, {})
    if (authToken && request.headers.authorization !== `Bearer ${authToken}`) return reply(response, 401, { message: 'unauthorised', code: 'AUTH' })
    if (!/^\/v[23]\/pipeline$/.test(request.url ?? '')) return reply(response, 404, { message: 'not found', code: 'NOT_FOUND' })
    pipeline(request, response).catch((error) => reply(response, 400, describeError(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pipelines: () => answered,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      for (const { connection, ends } of streams.values()) {
        clearTimeout(ends)
        idle.push(connection)
      }
      for (const connection of idle) connection.close()
    },
  }
}
