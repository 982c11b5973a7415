import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { StartError } from './run-until-stopped.ts'

/** Where machines that watch a service ask: an address of its own, which nobody else needs to reach. */
export interface WatchDoor {
  close(): Promise<void>
}

/** Opens it; whoever asks by whatever name is answered. @throws a `StartError` where the port is taken. */
export async function openWatchDoor(
  { host, port }: { readonly host: string; readonly port: number },
  answer: (url: string) => Promise<Response> | undefined,
): Promise<WatchDoor> {
  const server = createAdaptorServer({
    fetch: async (request: Request) =>
      (await answer(request.url.slice(new URL(request.url).origin.length))) ??
      new Response('There is nothing here.\n', { status: 404 }),
    serverOptions: { headersTimeout: 5_000, requestTimeout: 10_000 },
  }) as Server
  server.maxConnections = 64
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartError(`port ${port} (KENTEI_METRICS_LISTEN) cannot be listened on (${error.code ?? 'error'})`)),
    )
    server.listen({ port, host }, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
