import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bindDoor, closeDoor, type Door } from '../../src/node/listen.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
let door: Door
const answered: ((status: number) => void)[] = []
beforeAll(async () => {
  w = await fixedWorld()
  door = await bindDoor(0, 'PORT')
  door.open(async (request, bindings) => {
    const answer = await w.app.fetch(request, bindings)
    answered.shift()?.(answer.status)
    return answer
  })
})
afterAll(async () => {
  await closeDoor(door, 0)
  await w.close()
})

/** Begins a body and goes away. @returns what the service would have answered. */
function breakOff(path: string, type: string, length: string, begun: string): Promise<number> {
  const { port } = door.server.address() as AddressInfo
  const status = new Promise<number>((resolve) => answered.push(resolve))
  const socket = connect(port, '127.0.0.1', () =>
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: ${type}\r\n${length}\r\n\r\n${begun}`,
      () => socket.resetAndDestroy(),
    ),
  )
  return status
}

const lengths = [
  ['Content-Length: 60', '{"a'],
  ['Transfer-Encoding: chunked', '3\r\n{"a\r\n'],
] as const

it('a body that is broken off is no failure of ours: it is written down nowhere', async () => {
  for (const [length, begun] of lengths)
    for (const [path, type] of [
      ['/api/session', 'application/json'],
      ['/api/credentials/verify/batch', 'application/json'],
      ['/webhooks/marketplace', 'application/json'],
      ['/launch', 'application/x-www-form-urlencoded'],
    ] as const)
      expect([path, type, length, await breakOff(path, type, length, begun)]).toEqual([path, type, length, 400])
  expect(w.failures).toEqual([])
})

it('nor where the runtime breaks the stream', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('Network connection lost.')) })
  const answer = await w.app.request(`${PLUGIN}/api/session`, {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'content-type': 'application/json' },
  } as RequestInit)
  expect([answer.status, w.failures]).toEqual([400, []])
})
