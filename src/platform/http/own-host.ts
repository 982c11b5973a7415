const NAMES = ['localhost', '127.0.0.1', '[::1]']

/**
 * Whether the `Host` of a request is this machine's own name and port. A page on the web may point a name of its own at
 * this machine, and would then read what is here as its own.
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  const asked = host?.toLowerCase()
  return NAMES.some((name) => asked === `${name}:${port}` || (port === 80 && asked === name))
}

/** What a request under another name is told. */
export const wrongHost = (port: number) => ({ status: 421, text: `This service runs for its own machine alone and answers to http://localhost:${port} only.\n` }) as const
