import { gzipSync } from 'node:zlib'

type Get = (path: string) => Response | Promise<Response>

/** What a page and all that it loads may weigh on the wire. */
export const MOST_PAGE_BYTES = 40_000

/** What the sheets of a page for candidates, and of one for everybody, may weigh. */
export const MOST_STYLE_BYTES = 6_000

const LOADED = /<link rel="(?:stylesheet|modulepreload|icon)" href="([^"]+)"|<(?:script|img|iframe)[^>]* src="([^"]+)"/g
/** Served compressed; the others are so by themselves. */
const TEXTS = /^(text\/|image\/svg)/

/** What a page weighs with its own sheets, scripts and images, in bytes of gzip. */
export async function pageWeight(get: Get, path: string): Promise<number> {
  const weigh = async (response: Response) => {
    const body = Buffer.from(await response.arrayBuffer())
    return { body, bytes: TEXTS.test(response.headers.get('content-type') ?? '') ? gzipSync(body).length : body.length }
  }
  const page = await weigh(await get(path))
  const loaded = [...page.body.toString().matchAll(LOADED)].map(([, href, src]) => (href ?? src) as string)
  const files = await Promise.all(
    [...new Set(loaded)].filter((url) => !url.startsWith('data:')).map(async (url) => weigh(await get(url))),
  )
  return files.reduce((sum, { bytes }) => sum + bytes, page.bytes)
}

/** The sheets that a page loads, by address, and what they weigh together as the build makes them: bytes of gzip. */
export async function styleWeight(
  get: Get,
  path: string,
): Promise<{ readonly sheets: readonly string[]; readonly bytes: number }> {
  const html = await (await get(path)).text()
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href = '']) => href)
  const texts = await Promise.all(sheets.map(async (href) => (await get(href)).text()))
  return { sheets, bytes: texts.reduce((sum, text) => sum + gzipSync(text).length, 0) }
}
