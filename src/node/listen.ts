import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { StartError } from './start-error.ts'

/** A server that is bound before anything is written, and answers once it is told how. */
export interface Door {
  readonly server: Server
  open(fetch: (request: Request, bindings: { clientAddress: string }) => Response | Promise<Response>): void
}

type Incoming = { readonly incoming: { readonly socket: { readonly remoteAddress?: string } } }

/** Binds a port on the loopback interface. Requests that come before the door opens wait. @throws a `StartError` when the port is taken. */
export async function bindDoor(port: number, name: string): Promise<Door> {
  let open: Door['open'] = () => {}
  const opened = new Promise<Parameters<Door['open']>[0]>((resolve) => {
    open = resolve
  })
  const server = createAdaptorServer({
    fetch: async (request: Request, env: unknown) => (await opened)(request, { clientAddress: (env as Incoming).incoming.socket.remoteAddress ?? '' }),
  }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new StartError(`port ${port} (${name}) is in use; set ${name} to a free one`) : new StartError(`port ${port} (${name}): ${error.message}`)),
    )
    server.listen(port, '127.0.0.1', resolve)
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
