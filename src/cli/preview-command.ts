import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { openMemory } from '../authoring/compile-memory.ts'
import type { Language } from '../authoring/said.ts'
import { isForThisMachine, wrongHost } from '../platform/http/own-host.ts'
import narrow from '../platform/page/styles/narrow.css?asset'
import type { ExitCode } from '../platform/words/command-line.ts'
import questionNarrow from '../web/candidate/runner/question-narrow.css?asset'
import questionPhone from '../web/candidate/runner/question-phone.css?asset'
import stemNarrow from '../web/ui/stem-narrow.css?asset'
import { type CheckedFolder, checkFolder, examFolders } from './check-folder.ts'
import { openPages, type PageRoom } from './preview/answer-pages.tsx'
import { type ExamView, viewExam } from './preview/exam-view.ts'
import own from './preview/preview.css?asset'
import island from './preview/preview.ts?asset'
import { readFolderStatistics } from './statistics/statistics-file.ts'
import { command, type Terminal, UsageError } from './terminal.ts'
import { isWithin, watchFolders } from './watch-folders.ts'

/** What the product does on a narrow screen, done to whatever stands in `.phone` on a wide one. */
const phone = `@layer states{.phone .candidate{${[narrow, stemNarrow, questionNarrow, questionPhone].map(({ text }) => text).join('')}}}`

/** What is shown, and a question's narrow layout for `.phone`. */
const previewCss = `${own.text}\n${phone}`
const previewScript = island.text

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

interface Preview {
  readonly url: string
  /** Compiles one folder again and tells the open pages. */
  refresh(folder: number): Promise<void>
  close(): Promise<void>
}

async function view(check: () => Promise<CheckedFolder>): Promise<ExamView> {
  const checked = await check()
  return viewExam(checked, await readFolderStatistics(checked.folder))
}

/** Serves the pages of exam folders on the loopback interface. They show keys, so it answers to no other host name. */
async function openPreview(
  checks: readonly (() => Promise<CheckedFolder>)[],
  { port, language }: { port: number; language: Language },
): Promise<Preview> {
  const exams = await Promise.all(checks.map(view))
  const pages = openPages(language)
  const listeners = new Set<ServerResponse>()
  const server = createServer((request, response) => answer(request, response, { pages, exams, listeners }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/`,
    refresh: async (folder) => {
      const exam = await view(checks[folder] as () => Promise<CheckedFolder>)
      exams[folder] = exam
      for (const listener of listeners) listener.write(`event: change\ndata: ${JSON.stringify({ exam: exam.id })}\n\n`)
    },
    close: () =>
      new Promise((resolve) => {
        for (const listener of listeners) listener.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Desk {
  readonly pages: PageRoom
  readonly exams: readonly ExamView[]
  readonly listeners: Set<ServerResponse>
}

function answer(request: IncomingMessage, response: ServerResponse, { pages, exams, listeners }: Desk): void {
  const send = (status: number, type: string, body: string) => {
    response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` })
    response.end(request.method === 'HEAD' ? '' : body)
  }
  // another name for this address is a page on the web that points its own name here
  if (!isForThisMachine(request)) {
    const { status, text } = wrongHost(`http://localhost:${request.socket.localPort}`)
    return send(status, 'text/plain', text)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'text/plain', 'GET only')
  const [path = '/', query = ''] = (request.url ?? '/').split('?')
  switch (path) {
    case '/preview.css':
      return send(200, 'text/css', previewCss)
    case '/preview.js':
      return send(200, 'text/javascript', previewScript)
    case '/events':
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' })
      response.write(': hello\n\n')
      listeners.add(response)
      request.on('close', () => listeners.delete(response))
      return
    default: {
      const page = pages.answer(path, new URLSearchParams(query), exams)
      return page ? send(200, page.type, page.body) : send(404, 'text/plain', 'not found')
    }
  }
}

/** `kentei preview`: serves until stopped, and shows every saved change. */
async function runPreview(
  options: { readonly folders: readonly string[]; readonly port: string; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  const port = Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError((t) => t('usage.port'))
  const { language } = options
  const folders = await examFolders(options.folders, terminal)
  const checks = folders.map((folder) => {
    const memory = openMemory()
    return () => checkFolder(folder, { now: terminal.now(), language, memory })
  })
  const preview = await openPreview(checks, { port, language })
  const failed = (problem: unknown) => terminal.err(String(problem))
  const watch = watchFolders({
    paths: folders.map((path) => ({ path })),
    failed,
    changed: async (paths) => {
      for (const [i, folder] of folders.entries())
        if ([...paths].some((path) => isWithin(path, folder))) await preview.refresh(i).catch(failed)
    },
  })
  terminal.out(preview.url)
  await terminal.stopped()
  await watch.close()
  await preview.close()
  return 0
}

export const previewCommand = command({
  describe: (t) => t('command.preview'),
  mostArguments: 1,
  options: (t) => ({ port: { type: 'string', description: t('option.preview.port'), default: '4321' } }),
  run: ({ args, language, terminal }) => runPreview({ folders: args._, port: args.port, language }, terminal),
})
