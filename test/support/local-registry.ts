import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'

/** A registry of what is installed here, so that `npm install` works without a network, as it is typed. */
export async function openLocalRegistry(): Promise<{ readonly url: string; close(): void }> {
  let url = ''
  const answer = async (path: string): Promise<[number, string | Buffer]> => {
    const name = path.replace(/^[/]|[.]tgz$/g, '')
    const folder = `node_modules/${name}`
    if (!/^(@[\w-]+[/])?[\w.-]+$/.test(name) || !existsSync(`${folder}/package.json`)) return [404, '{}']
    if (path.endsWith('.tgz')) {
      const packed = ['czf', '-', '--exclude=./node_modules', '--transform=s,^[.],package,', '.']
      const { stdout } = await promisify(execFile)('tar', packed, { cwd: folder, encoding: 'buffer', maxBuffer: 1e8 })
      return [200, stdout]
    }
    const manifest = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as { version: string }
    const versions = { [manifest.version]: { ...manifest, dist: { tarball: `${url}/${name}.tgz` } } }
    return [200, JSON.stringify({ name, 'dist-tags': { latest: manifest.version }, versions })]
  }
  const server = createServer((request, response) => {
    answer(decodeURIComponent(request.url ?? '')).then(
      ([status, body]) => response.writeHead(status).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, close: () => server.close() }
}
