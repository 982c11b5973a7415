/** The `did:web` method: a domain name is the identity of an issuer, and its web server publishes the keys. */

/** Issuer DID of an origin; a port is percent-encoded: `http://localhost:8787` → `did:web:localhost%3A8787`. */
export const didOfOrigin = (origin: string): string => `did:web:${encodeURIComponent(new URL(origin).host)}`

/** The DID before the `#` of a key id; undefined when there is no single `#` with something on both sides. */
export function didOfKid(kid: string): string | undefined {
  const hash = kid.indexOf('#')
  return hash > 0 && hash < kid.length - 1 && kid.indexOf('#', hash + 1) < 0 ? kid.slice(0, hash) : undefined
}

/**
 * Where a foreign `did:web` publishes its document; undefined when it is not a host that may be called.
 * Refused: ports, IP addresses in any notation, hosts without a dot, and names that lead into a private network.
 * A host is read by the URL parser first, so that `0x7f.1` and full-width digits are seen as the addresses they are.
 */
export function didDocumentUrl(did: string): string | undefined {
  const match = /^did:web:([A-Za-z0-9.-]{1,253})((?::[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}){0,4})$/.exec(did)
  if (!match) return undefined
  const path = match[2] ? match[2].replaceAll(':', '/') : '/.well-known'
  const url = `https://${match[1]}${path}/did.json`
  return isPublicHttps(url) ? url : undefined
}

const privateNames = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|invalid|onion|home\.arpa)$/

/** One label of a name, which leaves no room for empty ones and for the brackets and colons of IPv6. */
const isLabel = (label: string): boolean => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)

/** Whether a URL is https on the default port of a host that has a public-looking name and is no address. */
export function isPublicHttps(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  // a name whose last label is a number is an IPv4 address (WHATWG URL, "ends in a number")
  return host.includes('.') && host.split('.').every(isLabel) && !/(^|\.)(\d+|0x[0-9a-f]*)$/.test(host) && !privateNames.test(host)
}
