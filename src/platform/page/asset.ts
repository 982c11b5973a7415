/** A file that pages load. */
export interface Asset {
  readonly path: string
  readonly type: string
  readonly body: string
  /** Its address, which changes with its content, so that it may be cached for ever. */
  readonly href: string
}

interface Bundled {
  readonly text: string
  readonly version: string
}

const asset = (path: string, type: string, { text, version }: Bundled): Asset => ({ path, type: `${type}; charset=utf-8`, body: text, href: `${path}?v=${version}` })

export const styleSheet = (path: string, bundled: Bundled): Asset => asset(path, 'text/css', bundled)
export const script = (path: string, bundled: Bundled): Asset => asset(path, 'text/javascript', bundled)
