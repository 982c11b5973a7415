import { gzipSync } from 'node:zlib'

type Get = (path: string) => Response | Promise<Response>

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

/** What the sheets of a page for candidates, and of one for everybody, may weigh. */
export const MOST_STYLE_BYTES = 6_000
