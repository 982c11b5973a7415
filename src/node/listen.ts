import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { clientAddress } from '../platform/http/client-address.ts'
import type { ServerBindings } from '../platform/http/limit-bodies.ts'
import { isForHost, isForThisMachine, misdirected, wrongHost } from '../platform/http/own-host.ts'
import { StartError } from './run-until-stopped.ts'

/** Answers a request; `bindings` are handed on as they are. */
type Answer<Bindings extends object> = (request: Request, bindings: Bindings) => Response | Promise<Response>

/**
 * What browsers load as a page or with one. Answers to programs are JSON: they stay as they are, since nearly all are shorter
 * than is worth it.
 */
const PAGE_TYPES = /^(text\/(html|css|javascript|markdown)|image\/svg\+xml)(;|$)/

/**
 * Whether somebody else could make this browser ask, and learn from the length of an answer how much of what they put into the
 * address stands on the page as well (BREACH). What may be kept by a cache holds nothing of one person.
 */
function couldTell(request: Request, response: Response): boolean {
  const isPersonal = response.headers.get('cache-control')?.includes('no-store') ?? true
  // a browser says where a request comes from; "none" is the address bar
  return isPersonal && !['same-origin', 'none'].includes(request.headers.get('sec-fetch-site') ?? '')
}

/**
 * Compresses pages and their files for who can read that; the edge does it by itself. Short ones and event streams are left
 * alone, and so are the pages of one person unless they are asked for from our own pages or by hand. A compressed answer has
 * a weak entity tag, since its bytes are others.
 */
export function compressing<Bindings extends object>(answer: Answer<Bindings>): Answer<Bindings> {
  const squeeze = compress({ contentTypeFilter: PAGE_TYPES })
  const door = new Hono<{ Bindings: Bindings }>().get('*', async (c) => {
    c.res = await answer(c.req.raw, c.env)
    if (!couldTell(c.req.raw, c.res)) await squeeze(c, async () => {})
    return c.res
  })
  return (request, bindings) => (request.method === 'GET' ? door.fetch(request, bindings) : answer(request, bindings))
}

/** A server that is bound before anything is written, and answers once it is told how. */
export interface Door {
  readonly server: Server
  open(answer: DoorAnswer): void
}

export type DoorAnswer = Answer<ServerBindings & { readonly clientAddress: string }>

type Incoming = { readonly incoming: IncomingMessage }

/** Connections that wait to be taken while the process is at work: the system allows as many as `net.core.somaxconn` says. */
const BACKLOG = 65_535
/** More connections than these are closed at once. */
const MOST_CONNECTIONS = 16_384
const LIMITS = {
  /** An idle connection stays, longer than what usually stands before a server keeps it: a candidate saves now and then. */
  keepAliveTimeout: 75_000,
  /** Who sends a header, or a whole request, too slowly holds nobody up, but takes a connection. */
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
}

/** How long a connection stays whose body is not read. */
const LINGERING_MS = 500
const TOO_LARGE = 413

/**
 * Leaves the connection of a body that was refused open for a moment, without reading on: closed at once, it would be reset
 * under the sender's hands, who would then see a broken connection in place of the reason.
 */
function linger(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    socket.pause()
    setTimeout(() => socket.destroy(), LINGERING_MS).unref()
  }
}

/** Where a door is that others may come to. */
export interface PublicPlace {
  /** Address of this machine that it is bound to. */
  readonly host: string
  /** What whoever comes from outside asks for, in small letters: the one host of a service alone, or those of several. */
  readonly hosts: string | ReadonlySet<string>
  /** TLS ends before the door, and requests are taken as they were sent. */
  readonly isUnderTls: boolean
  /** Answers what machines ask that look after the service, by whatever name they ask; undefined for all else. */
  readonly probe?: (url: string, host: string) => Promise<Response> | undefined
  /** Proxies of ours that a request goes through; what they say of its sender is believed. */
  readonly proxyHops: number
}

/**
 * What a request is told that names nobody here; undefined for one that does. A service alone also answers to the names of its
 * machine; of several none would be meant by them.
 */
function refuseHost(incoming: IncomingMessage, hosts: PublicPlace['hosts'] | undefined): Response | undefined {
  if (typeof hosts === 'object') {
    const isKnown = [...hosts].some((host) => isForHost(incoming, host))
    return isKnown ? undefined : misdirected()
  }
  if (isForThisMachine(incoming) || (hosts !== undefined && isForHost(incoming, hosts))) return undefined
  const { status, text } =
    hosts === undefined
      ? wrongHost(`http://localhost:${incoming.socket.localPort}`)
      : { status: 421, text: `This service answers to ${hosts} only.\n` }
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

/**
 * Binds a port, on the loopback interface and for requests that name it so unless told otherwise. Requests that come before the
 * door opens wait. `name` is the setting that names the port. @throws a `StartError` when the port is taken.
 */
export async function bindDoor(port: number, name: string, place?: PublicPlace): Promise<Door> {
  let open: Door['open'] = () => {}
  const opened = new Promise<DoorAnswer>((resolve) => {
    open = (answer) => resolve(compressing(answer))
  })
  const server = createAdaptorServer({
    fetch: async (request: Request, env: unknown) => {
      const { incoming } = env as Incoming
      const { socket } = incoming
      const probed =
        incoming.method === 'GET' ? place?.probe?.(incoming.url ?? '', incoming.headers.host ?? '') : undefined
      if (probed) return probed
      const refused = refuseHost(incoming, place?.hosts)
      if (refused) return refused
      const response = await (await opened)(request, {
        clientAddress: clientAddress({
          remote: socket.remoteAddress ?? '',
          forwardedFor: incoming.headersDistinct['x-forwarded-for'] ?? [],
          hops: place?.proxyHops ?? 0,
        }),
        bodiesEndAsDeclared: true,
      })
      if (response.status === TOO_LARGE) linger(socket)
      return response
    },
    serverOptions: LIMITS,
  }) as Server
  server.maxConnections = MOST_CONNECTIONS
  // by this a request's address gets its scheme
  if (place?.isUnderTls) server.on('connection', (socket) => Object.assign(socket, { encrypted: true }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError(`port ${port} (${name}) is in use; set ${name} to a free one`)
          : new StartError(`port ${port} (${name}): ${error.message}`),
      ),
    )
    server.listen({ port, host: place?.host ?? '127.0.0.1', backlog: BACKLOG }, resolve)
  })
  return { server, open }
}

const IDLE_CHECK_MS = 50

/** Stops taking connections, lets requests under way finish, and gives up on them after `patience` milliseconds. */
export async function closeDoor({ server }: Door, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // a kept-alive connection becomes idle when its last reply is through, which nobody tells
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
  const timer = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearInterval(idle)
  clearTimeout(timer)
}

/** A port from the environment. @throws a `StartError` when it is none. */
export function readPort(name: string, fallback: number): number {
  const text = process.env[name] ?? String(fallback)
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new StartError(`${name}=${text} is not a port; use 1 to 65535`)
  return port
}
