import { watch } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import type { Language } from '../authoring/diagnostic.ts'
import { type CheckedFolder, checkFolder, examFolders } from './check-folder.ts'
import { PREVIEW_CSS, PREVIEW_JS, previewPage } from './preview-page.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

/** Editors write a file in several steps; the page is rebuilt once they are quiet. */
const QUIET_MS = 120

const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

export interface Preview {
  readonly url: string
  /** Compiles again and tells the open pages. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** Serves the pages of exam folders on the loopback interface. The page shows keys, so it answers no other host name. */
export async function openPreview(check: () => Promise<readonly CheckedFolder[]>, port: number): Promise<Preview> {
  let page = previewPage(await check())
  const listeners = new Set<ServerResponse>()
  const server = createServer((request, response) => answer(request, response, page, listeners))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/`,
    refresh: async () => {
      page = previewPage(await check())
      for (const listener of listeners) listener.write('event: change\ndata:\n\n')
    },
    close: () =>
      new Promise((resolve) => {
        for (const listener of listeners) listener.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(request: IncomingMessage, response: ServerResponse, page: string, listeners: Set<ServerResponse>): void {
  const send = (status: number, type: string, body: string) => {
    response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` })
    response.end(request.method === 'HEAD' ? '' : body)
  }
  // another name for this address is a page on the web that points its own name here
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? '')) return send(421, 'text/plain', 'not this host')
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'text/plain', 'GET only')
  switch (request.url?.split('?')[0]) {
    case '/':
      return send(200, 'text/html', page)
    case '/preview.css':
      return send(200, 'text/css', PREVIEW_CSS)
    case '/preview.js':
      return send(200, 'text/javascript', PREVIEW_JS)
    case '/events':
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' })
      response.write(': hello\n\n')
      listeners.add(response)
      request.on('close', () => listeners.delete(response))
      return
    default:
      return send(404, 'text/plain', 'not found')
  }
}

/** `kentei preview`: serves until stopped, and shows every saved change. */
export async function runPreview(options: { readonly folders: readonly string[]; readonly port: string; readonly language: Language }, terminal: Terminal): Promise<ExitCode> {
  const port = Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port must be 0 to 65535')
  const folders = await examFolders(options.folders, terminal)
  const check = () => Promise.all(folders.map((folder) => checkFolder(folder, { now: terminal.now(), language: options.language })))
  const preview = await openPreview(check, port)
  terminal.out(preview.url)
  let timer: NodeJS.Timeout | undefined
  const watchers = folders.map((folder) =>
    watch(folder.endsWith('.md') ? dirname(folder) : folder, { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        preview.refresh().catch((problem: unknown) => terminal.err(String(problem)))
      }, QUIET_MS)
    }),
  )
  await terminal.stopped()
  clearTimeout(timer)
  for (const watcher of watchers) watcher.close()
  await preview.close()
  return 0
}
