import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeError, HranaConnection, type HranaError, type HranaRequest } from './hrana-connection.ts'

const STREAM_LASTS_MS = 10_000

interface Stream {
  readonly connection: HranaConnection
  readonly ends: NodeJS.Timeout
}

type Outcome =
  | { readonly type: 'ok'; readonly response: unknown }
  | { readonly type: 'error'; readonly error: HranaError }

export interface HranaOptions {
  readonly authToken?: string
  /** Milliseconds that a pipeline spends on the network before it is looked at. */
  readonly delay?: () => number
}

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

/**
 * libSQL over HTTP as a remote database speaks it (Hrana 3 in JSON), over one SQLite file: a test double for
 * `@libsql/client/web`. Each stream has a connection of its own, so that concurrent callers meet each other as they would
 * on a server. Its error codes are SQLite's, not a vendor's.
 */
export async function startHranaServer(
  path: string,
  { authToken, delay = () => 0 }: HranaOptions = {},
): Promise<HranaServer> {
  const idle: HranaConnection[] = []
  const streams = new Map<string, Stream>()
  let answered = 0
  let writer: HranaConnection | undefined
  const waiting: (() => void)[] = []

  const end = (connection: HranaConnection) => {
    connection.reset()
    settle(connection)
    idle.push(connection)
  }
  const attempt = (connection: HranaConnection, request: HranaRequest): Outcome => {
    try {
      return { type: 'ok', response: connection.handle(request) }
    } catch (error) {
      return { type: 'error', error: describeError(error) }
    }
  }
  /**
   * Runs a request; one that may write waits while another stream holds a transaction. SQLite itself is never asked to
   * wait: a statement that the libsql package leaves at SQLITE_BUSY stays open and pins what its connection sees.
   */
  const handle = async (connection: HranaConnection, request: HranaRequest): Promise<Outcome> => {
    while (writer && writer !== connection && !connection.onlyReads(request))
      await new Promise<void>((resolve) => waiting.push(resolve))
    const outcome = attempt(connection, request)
    settle(connection)
    return outcome
  }
  /** Notes who holds a transaction after a step, and lets the others go on once nobody does. */
  const settle = (connection: HranaConnection) => {
    if (connection.inTransaction) writer = connection
    else if (writer === connection) {
      writer = undefined
      for (const resume of waiting.splice(0)) resume()
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
    const wait = delay()
    if (wait > 0) await sleep(wait)
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
    if (request.method === 'GET')
      return reply(response, ['/health', '/v2', '/v3'].includes(request.url ?? '') ? 200 : 404, {})
    if (authToken && request.headers.authorization !== `Bearer ${authToken}`)
      return reply(response, 401, { message: 'unauthorised', code: 'AUTH' })
    if (!/^\/v[23]\/pipeline$/.test(request.url ?? ''))
      return reply(response, 404, { message: 'not found', code: 'NOT_FOUND' })
    pipeline(request, response).catch((error) => reply(response, 400, describeError(error)))
  })
  // a client whose last reply was slow to leave must not find its connection closed
  server.keepAliveTimeout = 120_000
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
