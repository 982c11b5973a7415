import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { resolve } from 'node:path'
import { assetModule, bundleAsset } from '../../src/node/assets.ts'

interface Stored {
  text: string
  by: string
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

export interface DeskHarness {
  readonly url: string
  readonly files: Map<string, Stored>
  readonly pictures: Map<string, Buffer>
  /** While it is set, nobody answers a save. */
  isDown: boolean
  close(): void
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'"

/** The desk's programs as the build makes them, by name. */
export async function deskPrograms(): Promise<Readonly<Record<string, { readonly text: string }>>> {
  const module = await assetModule({ path: resolve('src/desk'), kind: 'programs' })
  return (await import(`data:text/javascript,${encodeURIComponent(module)}`)).default
}

/** A page with the places of the desk, and a service of files in memory that answers as the real one does. */
export async function openDeskHarness(
  texts: Readonly<Record<string, string>>,
  {
    path,
    items,
    others = [],
    language = 'ja',
  }: { path: string; items: readonly string[]; others?: readonly string[]; language?: 'ja' | 'en' },
): Promise<DeskHarness> {
  const files = new Map(Object.entries(texts).map(([name, text]): [string, Stored] => [name, { text, by: '' }]))
  const pictures = new Map<string, Buffer>()
  const programs = await deskPrograms()
  const sheets = await Promise.all(
    ['src/web/ui/parts.css', 'src/web/ui/kentei.css', 'src/web/staff/staff.css', 'src/web/staff/desk/editor.css'].map(
      async (file) => (await bundleAsset(file)).text,
    ),
  )
  const paper = await Promise.all(
    ['src/web/ui/parts.css', 'src/web/candidate/runner/paper.css'].map(async (file) => (await bundleAsset(file)).text),
  )
  const leaf = (name: string, asked: Record<string, string>) =>
    `<li><a href="/desk?${new URLSearchParams(asked).toString().replaceAll('&', '&amp;')}"><span>${name}</span></a></li>`
  const tree = [
    ...items.map((item) => leaf(item, { path, item })),
    ...others.map((other) => leaf(other, { path: other })),
  ].join('')
  const page = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>desk</title><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/desk.css"><script type="module" src="/desk-editor.js"></script></head><body class="dense"><main><h1>desk</h1><span id="desk-state" role="status"></span><div id="desk" data-exam="tiny" data-person="a" data-language="${language}" data-checker="/desk-checker.js" data-paste="/desk-paste.js" data-view-styles="/paper.css" data-sheet-styles="/paper.css" data-path="${path}" data-item="${items[0]}"><nav aria-label="tree"><div id="desk-tree" class="folders"><ul><li><ul>${tree}</ul></li></ul></div></nav><section class="edcol" aria-label="text"><form id="desk-editor"><textarea name="text" aria-label="text"></textarea></form><div class="probs"><div id="desk-problems" role="status"></div></div></section><section class="viewcol" aria-label="view"><div id="desk-view"></div><div id="desk-figures"></div></section></div><a href="#desk">after</a></main></body></html>`

  const harness: DeskHarness = {
    url: '',
    files,
    pictures,
    isDown: false,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  const send = (response: ServerResponse, status: number, type: string, body: string | Buffer, more = {}) => {
    response.writeHead(status, { 'content-type': type, 'content-security-policy': policy, ...more })
    response.end(body)
  }
  const json = (response: ServerResponse, status: number, body: unknown) =>
    send(response, status, 'application/json', JSON.stringify(body))
  const savedAt = '2026-11-24T06:20:00Z'

  async function save(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path: name, was, text } = JSON.parse(String(await readBody(request)))
    const known = files.get(name)
    if (harness.isDown) return void request.destroy()
    if ((known ? hashOf(known.text) : null) !== was)
      return json(response, 409, { hash: hashOf(known?.text ?? ''), text: known?.text ?? '', by: known?.by, savedAt })
    files.set(name, { text, by: 'a' })
    json(response, 200, { hash: hashOf(text), version: 1, by: 'a', savedAt })
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const [, name] = /^\/staff\/desk\/tiny\/assets\/(.+)$/.exec(pathname) ?? []
    if (name !== undefined && request.method === 'PUT')
      return void readBody(request).then((bytes) => {
        pictures.set(`assets/${name}`, bytes)
        json(response, 200, { path: `assets/${name}`, hash: hashOf(String(bytes)) })
      })
    switch (pathname) {
      case '/desk':
        return send(response, 200, 'text/html', page)
      case '/desk.css':
        return send(response, 200, 'text/css', sheets.join(''))
      case '/paper.css':
        return send(response, 200, 'text/css', paper.join(''))
      case '/desk-editor.js':
      case '/desk-checker.js':
      case '/desk-paste.js':
        return send(response, 200, 'text/javascript', programs[pathname.slice(1, -3)]?.text ?? '')
      case '/staff/desk/tiny/source':
        return json(response, 200, {
          files: [...files].map(([file, { text }]) => ({ path: file, hash: hashOf(text), text })),
        })
      case '/staff/desk/tiny/files':
        return void save(request, response)
      default:
        return send(response, 404, 'text/plain', '')
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return Object.assign(harness, {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/desk`,
  })
}
