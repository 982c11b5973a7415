import { connect, type Socket } from 'node:net'
import type { SaveTarget } from './candidates.ts'

// A load generator in a process of its own: kept-alive connections that send one save, wait for the reply, and send the next.

export interface LoadOrder {
  readonly port: number
  readonly connections: number
  readonly milliseconds: number
  readonly targets: readonly SaveTarget[]
}

export interface LoadReport {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

let revision = 0

function requestOf({ path, session, lease, item, choices }: SaveTarget, port: number): string {
  revision += 1
  const body = JSON.stringify({
    lease,
    saves: [{ item, revision, response: { choice: choices[revision % choices.length] } }],
  })
  return `PUT ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${session}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

/** Reads one whole reply. */
function reply(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const done = (settle: () => void) => {
      socket.off('data', read).off('error', failed).off('close', closed)
      settle()
    }
    const failed = (error: Error) => done(() => reject(error))
    const closed = () => done(() => reject(new Error('the connection was closed')))
    const read = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const head = text.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN)
      const complete = Number.isNaN(length) ? text.endsWith('0\r\n\r\n') : text.length >= head + 4 + length
      if (complete) done(() => resolve(text))
    }
    socket.on('data', read).on('error', failed).on('close', closed)
  })
}

async function run({ port, connections, milliseconds, targets }: LoadOrder): Promise<LoadReport> {
  const start = performance.now()
  const times: number[] = []
  // each connection walks through attempts of its own, so that no save overtakes another
  const shared = targets.length - (targets.length % connections)
  const one = async (first: number) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    for (let i = first; performance.now() - start < milliseconds; i = (i + connections) % shared) {
      const sent = performance.now()
      const answered = reply(socket)
      socket.write(requestOf(targets[i] as SaveTarget, port))
      const text = await answered
      if (!text.startsWith('HTTP/1.1 200') || !text.includes('"saved"'))
        throw new Error(`a save was refused: ${text.slice(0, 600)}`)
      times.push(performance.now() - sent)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: connections }, (_, i) => one(i)))
  const seconds = (performance.now() - start) / 1_000
  times.sort((a, b) => a - b)
  return {
    perSecond: times.length / seconds,
    p50: times[times.length >> 1] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  }
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
