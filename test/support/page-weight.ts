import { gzipSync } from 'node:zlib'

type Get = (path: string) => Response | Promise<Response>

/** What a page and all that it loads may weigh on the wire. */
export const MOST_PAGE_BYTES = 40_000

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
