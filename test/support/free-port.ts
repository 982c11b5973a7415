import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { runFile } from './run-folder.ts'

/** Systems give connections higher ones: none of these is taken before it is used, nor while a service is killed and begun again. */
const PORTS = [20_000, 32_000] as const

/** Whether it is the first of the run that asks for the port; outside of a run there is only one who asks. */
async function claims(port: number): Promise<boolean> {
  const claim = runFile(`port-${port}`)
  if (claim === undefined) return true
  return mkdir(claim).then(
    () => true,
    () => false,
  )
}

/** A port that nobody listens on and that no other suite of the run is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS)
    if (!(await claims(port))) continue
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    await new Promise((closed) => server.close(closed))
    return port
  }
}
