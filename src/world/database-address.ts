const LOOPBACK = /^(127\.0\.0\.1|\[::1\])$/

/** The address of a libSQL server's database in the one way in which all that lead to it are written here; another text as it is. */
export function databaseAddress(url: string): string {
  if (!URL.canParse(url)) return url
  const isPlain = new URL(url).searchParams.get('tls') === '0'
  // names of hosts are equal in small letters only where the scheme is the web's
  const { protocol, hostname, port, pathname } = new URL(url.replace(/^libsql:/i, isPlain ? 'http:' : 'https:'))
  const host = hostname.replace(/\.$/, '').replace(LOOPBACK, 'localhost')
  return `${host}:${port || (protocol === 'http:' ? 80 : 443)}${pathname.replace(/\/+$/, '')}`
}
