import { problemDocument } from './problem-document.ts'

const NAMES = ['localhost', '127.0.0.1', '[::1]']

/** What Node's server tells of a request: whom it is for, and where it arrived. */
interface Asked {
  readonly url?: string | undefined
  readonly headersDistinct: Readonly<Record<string, readonly string[] | undefined>>
  readonly socket: { readonly localPort?: number | undefined }
}

/**
 * Whether a request names this machine and the port where it arrived, once. A page on the web may point a name of its own
 * at this machine, and would then read what is here as its own. A second `Host`, or a whole address in the request line,
 * would leave open which of them counts.
 */
export function isForThisMachine({
  url = '',
  headersDistinct: { host: hosts = [] },
  socket: { localPort },
}: Asked): boolean {
  const [asked, ...others] = hosts.map((host) => host.toLowerCase())
  return (
    others.length === 0 &&
    url.startsWith('/') &&
    NAMES.some((name) => asked === `${name}:${localPort}` || (localPort === 80 && asked === name))
  )
}

/** Whether a request asks for the host of an origin, once: what stands before the service hands the name on. */
export const isForHost = ({ url = '', headersDistinct: { host: hosts = [] } }: Asked, host: string): boolean =>
  hosts.length === 1 && url.startsWith('/') && hosts[0]?.toLowerCase() === host

/** What a request under another name is told. */
export const wrongHost = (origin: string) =>
  ({ status: 421, text: `This service runs for its own machine alone and answers to ${origin} only.\n` }) as const

/** What is answered where several services are, to whom none of them answers; it says nothing of any. */
export const misdirected = (): Response =>
  problemDocument({ code: 'misdirected' }, { status: 421, title: 'No service answers to this host here' })

/** Whether an origin is this machine alone, where nobody else can come. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin)
  return hostname === '[::1]' || /^127(?:\.\d+){3}$|^(?:.+\.)?localhost$/.test(hostname)
}
