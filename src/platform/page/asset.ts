/** A file that pages load. Its address changes with its content, so that it may be cached for ever. */
export interface Asset {
  readonly path: string
  readonly type: string
  readonly body: string
  /** Its address with the version. */
  readonly href: string
}

interface Bundled {
  readonly text: string
  readonly version: string
}

function asset(path: string, type: string, bundled: readonly Bundled[]): Asset {
  const version = bundled.map((one) => one.version).join('')
  return {
    path,
    type: `${type}; charset=utf-8`,
    // the text is read when it is asked for
    get body() {
      return bundled.map(({ text }) => text).join('')
    },
    href: `${path}?v=${version}`,
  }
}

/** The file itself. It tells its length: a short one is not worth compressing. */
export function assetResponse({ type, body }: Asset, headers: Readonly<Record<string, string>> = {}): Response {
  const bytes = new TextEncoder().encode(body)
  const always = { 'content-type': type, 'content-length': String(bytes.length), 'x-content-type-options': 'nosniff' }
  return new Response(bytes, {
    headers: { ...always, 'cache-control': 'public, max-age=31536000, immutable', ...headers },
  })
}

/** One sheet of several, one after the other: what two pages share is carried once. */
export const styleSheet = (path: string, ...sheets: readonly Bundled[]): Asset => asset(path, 'text/css', sheets)
export const script = (path: string, bundled: Bundled): Asset => asset(path, 'text/javascript', [bundled])
