import { request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bindDoor, closeDoor, type Door } from '../../src/node/listen.ts'

let door: Door
let port: number
const seen: string[] = []
beforeAll(async () => {
  door = await bindDoor(0, 'PORT')
  door.open((asked) => {
    seen.push(asked.url)
    return new Response('a token')
  })
  port = (door.server.address() as AddressInfo).port
})
afterAll(() => closeDoor(door, 0))

/** Status and text of what a request under a name is answered. */
const ask = (host: string, path = '/demo/launch') =>
  new Promise<readonly [number | undefined, string]>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method: 'POST', setHost: false, headers: { host } }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text += chunk)).on('end', () => resolve([answer.statusCode, text]))
    })
      .on('error', reject)
      .end()
  })

it('the demo answers to the names of its own machine, with its port', async () => {
  for (const name of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])
    expect([name, ...(await ask(`${name}:${port}`))]).toEqual([name, 200, 'a token'])
})

it('the demo tells nothing to a page whose name was pointed at this machine', async () => {
  seen.length = 0
  const hosts = [
    'evil.example',
    `evil.example:${port}`,
    'localhost',
    `localhost:${port + 1}`,
    `localhost.evil.example:${port}`,
    `localhost:${port}.evil.example`,
    `127.0.0.1.evil.example:${port}`,
    `0.0.0.0:${port}`,
  ]
  for (const host of hosts) {
    const [status, told] = await ask(host)
    expect([host, status === 421 || status === 400, told.includes('a token')]).toEqual([host, true, false])
  }
  expect(await ask('evil.example')).toEqual([
    421,
    `This service runs for its own machine alone and answers to http://localhost:${port} only.\n`,
  ])
  expect((await ask(`localhost:${port}`, 'http://evil.example/demo/launch'))[0]).toBe(421)
  expect(seen).toEqual([])
})

it('the demo answers to no request that names two hosts, in either order', async () => {
  seen.length = 0
  for (const hosts of [
    [`localhost:${port}`, 'evil.example'],
    ['evil.example', `localhost:${port}`],
    [`localhost:${port}`, `localhost:${port}`],
  ]) {
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET / HTTP/1.1\r\n${hosts.map((host) => `Host: ${host}\r\n`).join('')}Connection: close\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 (400|421) /)
  }
  expect(seen).toEqual([])
})
