import { createServer, type RequestListener, type Server } from 'node:http'
import { Agent } from 'node:https'
import { type AddressInfo, connect, isIP } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { milliseconds } from '../../src/kernel/instant.ts'
import { readAnswer, readJsonAnswer } from '../../src/platform/http/read-bounded.ts'
import { fetchThrough, isPublicAddress, publicAgent } from '../../src/world/fetch-stranger.ts'

const PATIENCE = milliseconds(5_000)

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

async function listen(answer: RequestListener): Promise<number> {
  server = createServer(answer)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.8',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'fe80::1',
    'fec0::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    'kentei.example',
    '',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each([
    '8.8.8.8',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.1.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '2001:4860::8888',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))
})

describe('a name', () => {
  /** What a call of a name comes to that has these addresses, of which the first one is really a server of ours. */
  async function outcomeOf(...addresses: string[]) {
    const reached: unknown[] = []
    const port = await listen((request, response) => {
      reached.push(request.url)
      response.end()
    })
    const agent = publicAgent(async () => addresses.map((address) => ({ address, family: isIP(address) })))
    const said = await fetchThrough(agent)(`https://rebound.example:${port}/`, {}, PATIENCE).catch(
      (error: Error) => error.message,
    )
    return { said, reached }
  }

  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['8.8.8.8', '127.0.0.1'],
    ['127.0.0.1', '2606:4700::1111'],
    ['169.254.169.254'],
    [],
  ])('that resolves to %s is not connected to', async (...addresses) =>
    expect(await outcomeOf(...addresses)).toEqual({
      said: 'rebound.example has an address that is not public',
      reached: [],
    }),
  )

  it('that resolves to nothing fails', async () => {
    const agent = publicAgent(() => Promise.reject(new Error('ENOTFOUND')))
    await expect(fetchThrough(agent)('https://none.example/', {}, PATIENCE)).rejects.toThrow('ENOTFOUND')
  })

  it('is connected to at the very addresses that were looked at', async () => {
    const seen: unknown[] = []
    const agent = publicAgent(async () => [{ address: '8.8.8.8', family: 4 }])
    // stops short of the network: this is what the socket would be given
    agent.createConnection = ({ lookup, host }) => {
      lookup?.(host as string, { all: true }, (_, found) => seen.push(found))
      lookup?.(host as string, {}, (_, address, family) => seen.push([address, family]))
      return connect({ port: 1, host: '127.0.0.1' })
    }
    await fetchThrough(agent)('https://issuer.example/', {}, PATIENCE).catch(() => undefined)
    expect(seen).toEqual([[{ address: '8.8.8.8', family: 4 }], ['8.8.8.8', 4]])
  })

  it.each(['https://127.0.0.1/', 'https://[::1]/', 'https://[::ffff:7f00:1]/', 'https://2130706433/'])(
    '%s is an address, and refused as it stands',
    async (url) => expect(fetchThrough(publicAgent())(url, {}, PATIENCE)).rejects.toThrow('not public'),
  )

  it('without https is not called', async () =>
    expect(fetchThrough(publicAgent())('http://issuer.example/', {}, PATIENCE)).rejects.toThrow(
      'Protocol "http:" not supported',
    ))
})

describe('an answer', () => {
  /** A connection in the clear, in the place of one with TLS. */
  const answeredBy = async (answer: RequestListener) => {
    const port = await listen(answer)
    const agent = new Agent()
    agent.createConnection = () => connect({ port, host: '127.0.0.1' })
    return (init: RequestInit = {}, timeout = PATIENCE) =>
      fetchThrough(agent)('https://issuer.example/.well-known/did.json', init, timeout)
  }

  it('comes with its status, headers and body, and the request as it was asked', async () => {
    const call = await answeredBy(({ url, headers }, response) =>
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify([url, headers.host, headers.accept, headers['accept-encoding']])),
    )
    const response = await call({ headers: { accept: 'application/did+json' } })
    expect([response.status, response.headers.get('content-type'), await readJsonAnswer(response, 1_000)]).toEqual([
      200,
      'application/json',
      ['/.well-known/did.json', 'issuer.example', 'application/did+json', 'identity'],
    ])
  })

  it('that is a redirect is not followed', async () => {
    const call = await answeredBy((_, response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end())
    expect((await call()).status).toBe(302)
  })

  it('that has no body is one all the same', async () => {
    const call = await answeredBy((_, response) => response.writeHead(204).end())
    expect([(await call()).status, (await call()).body]).toEqual([204, null])
  })

  it('that does not come in time is given up', async () => {
    const call = await answeredBy(() => undefined)
    await expect(call({}, milliseconds(30))).rejects.toThrow()
    await expect(call({ signal: AbortSignal.timeout(30) })).rejects.toThrow()
  })

  it('that trickles ends with its time', async () => {
    const call = await answeredBy((_, response) => void response.write('{'))
    await expect(readAnswer(await call({}, milliseconds(100)), 1_000)).rejects.toThrow()
  })
})
