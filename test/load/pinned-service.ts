import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { importJWK, type JWK, SignJWT } from 'jose'
import { freePort } from '../support/free-port.ts'

const READY_WITHIN_MS = 120_000

/** Keeps this process on one processor. */
export const pinSelf = (processor: number): void =>
  void execFileSync('taskset', ['-cp', String(processor), String(process.pid)])

/** The service with its marketplace as `npm start` runs it, on data of its own. */
export class PinnedService {
  readonly port: number
  readonly #market: number
  readonly #folder: string
  readonly #child: ChildProcess

  private constructor(of: { port: number; market: number; folder: string; child: ChildProcess }) {
    this.port = of.port
    this.#market = of.market
    this.#folder = of.folder
    this.#child = of.child
  }

  /** Starts it, on one processor if one is named, and waits until it answers. */
  static async start(folder: string, processor: number | undefined): Promise<PinnedService> {
    const [port, market] = [await freePort(), await freePort()]
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } }
    // the flags of `npm start`; the bundle is built already
    const command = [
      process.execPath,
      ...scripts.start.split(' ').filter((word) => word.startsWith('--max')),
      'dist/node.mjs',
    ]
    const [program = '', ...args] = processor === undefined ? command : ['taskset', '-c', String(processor), ...command]
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, PORT: String(port), SANDBOX_PORT: String(market), DATA_DIR: folder, DEMO_PAST: 'none' },
    })
    const service = new PinnedService({ port, market, folder, child })
    for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(100))
      if (await service.#answers()) return service
    child.kill('SIGKILL')
    throw new Error('the service did not start')
  }

  #answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/`).then(
      ({ status }) => status < 500,
      () => false,
    )
  }

  /** Launch tokens as the marketplace makes them, one for each name. */
  async launchTokens(names: readonly string[], exam: string): Promise<string[]> {
    const { service } = JSON.parse(await readFile(join(this.#folder, 'sandbox/sandbox-keys.json'), 'utf8')) as {
      service: JWK
    }
    const key = await importJWK(service, 'ES256')
    const [iss, aud, iat] = [
      `http://localhost:${this.#market}`,
      `http://localhost:${this.port}`,
      Math.floor(Date.now() / 1_000),
    ]
    const sign = (name: string) =>
      new SignJWT({
        iss,
        aud,
        iat,
        exp: iat + 300,
        jti: `load-${name}-${iat}`,
        sub: `load_${name}`,
        role: 'worker',
        name,
        locale: 'ja',
        exam,
        returnUrl: iss,
      })
        .setProtectedHeader({ alg: 'ES256', kid: service.kid as string, typ: 'launch+jwt' })
        .sign(key)
    return Promise.all(names.map(sign))
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
  }
}
