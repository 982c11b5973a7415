import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import type { World } from './world.ts'

function blockList(
  family: 'ipv4' | 'ipv6',
  subnets: readonly (readonly [network: string, prefix: number])[],
): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family)
  return list
}

/** IPv4 that is not one public host: private, shared (CGNAT), loopback, link-local, documentation, benchmarks, multicast, reserved. Source: IANA IPv4 Special-Purpose Address Registry. */
const special4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
])

/** All that is given out of IPv6 to hosts; mapped and translated IPv4, link-local and unique local addresses lie outside of it. */
const global6 = blockList('ipv6', [['2000::', 3]])

/** What is special within it: protocols with Teredo, documentation, and 6to4, which carries an IPv4 address. Source: IANA IPv6 Special-Purpose Address Registry. */
const special6 = blockList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

/** Whether an address is one of the public network. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special4.check(address, 'ipv4')
  return family === 6 && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
}

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>

/**
 * Connects to public addresses alone. What is checked is what is connected to, so that a name cannot change its address in
 * between; and a name with one private address among its own is refused whole, since nobody means that.
 */
export function publicAgent(resolve: Resolve = (name) => lookup(name, { all: true })): Agent {
  const guarded: LookupFunction = (name, options, done) => {
    const refuse = (error: NodeJS.ErrnoException) => done(error, '', 0)
    resolve(name).then((addresses) => {
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
        return refuse(new Error(`${name} has an address that is not public`))
      if (options.all) done(null, [...addresses])
      else done(null, first.address, first.family)
    }, refuse)
  }
  return new Agent({ lookup: guarded })
}

const bodyless: ReadonlySet<number> = new Set([204, 205, 304])

function responseOf(message: IncomingMessage): Response {
  const status = message.statusCode as number
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(message.headersDistinct))
    for (const value of values) headers.append(name, value)
  if (bodyless.has(status)) message.resume()
  return new Response(bodyless.has(status) ? null : (Readable.toWeb(message) as unknown as ReadableStream), {
    status,
    headers,
  })
}

/**
 * A call over https through an agent. It follows no redirect, and asks for plain bytes, so that what is counted is what was
 * sent. Node's own `fetch` would let nobody look at the address that it connects to.
 */
export function fetchThrough(agent: Agent): World['fetchStranger'] {
  return (url, init, timeout) =>
    new Promise((resolve, reject) => {
      const { hostname } = new URL(url)
      const literal = hostname.replace(/^\[(.*)\]$/, '$1')
      // an address is connected to without being looked up
      if (isIP(literal) && !isPublicAddress(literal)) return reject(new Error(`${hostname} is not public`))
      const signals = [AbortSignal.timeout(timeout), ...(init.signal ? [init.signal] : [])]
      const headers = { ...Object.fromEntries(new Headers(init.headers)), 'accept-encoding': 'identity' }
      request(url, { agent, method: init.method ?? 'GET', headers, signal: AbortSignal.any(signals) }, (message) =>
        resolve(responseOf(message)),
      )
        .on('error', reject)
        .end()
    })
}
