/** What is known of who sent a request: who is at the other end of the connection, and what a header says. */
export interface Approach {
  /** Address at the other end of the connection. */
  readonly remote: string
  /** `X-Forwarded-For` in all its lines, as they came. Anybody may write anything into it. */
  readonly forwardedFor: readonly string[]
  /** How many proxies of ours a request goes through, each of which appends whom it has the request from. */
  readonly hops: number
}

/** Letters of the longest address, with a port behind it and brackets around it. */
const LONGEST = 54
const IPV4 = /^((?:\d{1,3}\.){3}\d{1,3})(?::\d{1,5})?$/

/** An IPv6 address as eight groups; undefined for what is none. */
function groupsOf(text: string): string[] | undefined {
  const [, address = ''] = /^\[?([0-9a-f:.]+)(?:%[\w.-]+)?(?:\](?::\d{1,5})?)?$/i.exec(text) ?? []
  // the parser of addresses knows every way to write one, and writes it in one way
  if (!address.includes(':') || !URL.canParse(`http://[${address}]`)) return undefined
  const [before = '', after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [head, tail] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':'))) as [string[], string[]]
  return after === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail]
}

/** The two groups behind `::ffff:` as the IPv4 address that they are. */
const mapped = (groups: readonly string[]): string =>
  groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .map((bits) => `${bits >> 8}.${bits & 255}`)
    .join('.')

/**
 * Whom an allowance is counted for: an IPv4 address, or the /64 of an IPv6 address, of which whoever has one has them all.
 * Undefined for what is no address.
 */
export function networkOf(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const [, ipv4] = IPV4.exec(text) ?? []
  if (ipv4 !== undefined) return ipv4.split('.').every((part) => Number(part) < 256) ? ipv4 : undefined
  const groups = groupsOf(text)
  if (!groups) return undefined
  if (groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff') return mapped(groups)
  return `${groups.slice(0, 4).join(':')}::/64`
}

/**
 * Address of the client behind the proxies that are ours: what the outermost of them has appended, counted from the right.
 * What stands left of it the client wrote itself, and nobody believes it; without proxies nothing is read at all. Where an
 * entry is no address, the proxy before it is who asks. `Forwarded` (RFC 7239) is not read: a proxy that leaves it alone
 * would hand on what a client wrote.
 */
export function clientAddress({ remote, forwardedFor, hops }: Approach): string {
  if (hops === 0 || forwardedFor.length === 0) return remote
  const appended = forwardedFor.join(',').split(',').slice(-hops)
  const trusted = appended.map((entry) => entry.trim())
  const garbage = trusted.findLastIndex((entry) => networkOf(entry) === undefined)
  return trusted[garbage + 1] ?? remote
}
