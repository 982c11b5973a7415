import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { serializeConfig } from 'miniflare'
import { type Deployment, deployment } from '../support/deployed-worker.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { type Measure, median, timed } from './measure.ts'

const ROUNDS = 7
/** The runtime that the simulator brings. */
const workerd = createRequire(createRequire(import.meta.url).resolve('miniflare'))('workerd').default as string

const fields = { ESModule: 'esModule', CompiledWasm: 'wasm', Data: 'data' } as const

/** What the simulator would hand to workerd, less what is the simulator's own. */
const configOf = (
  { modules, compatibilityDate, compatibilityFlags }: Deployment,
  environment: Readonly<Record<string, string>>,
): Buffer =>
  serializeConfig({
    services: [
      {
        name: 'worker',
        worker: {
          modules: modules.map(({ type, path, contents }) => {
            const field = fields[type as keyof typeof fields]
            return { name: path, [field]: field === 'esModule' ? String(contents) : contents }
          }),
          compatibilityDate,
          compatibilityFlags,
          bindings: Object.entries(environment).map(([name, text]) => ({ name, text })),
        },
      },
    ],
    sockets: [{ name: 'http', address: '127.0.0.1:0', service: { name: 'worker' }, http: {} }],
  })

/** Milliseconds from nothing to the first answer, workerd's own start included. @throws where that is none. */
async function coldStart(config: Buffer, path: string): Promise<number> {
  const args = ['serve', '--experimental', '--binary', '--control-fd=3', '-']
  const runtime = spawn(workerd, args, { stdio: ['pipe', 'ignore', 'inherit', 'pipe'] })
  try {
    return await timed(async () => {
      runtime.stdin?.end(config)
      const [line] = await once(createInterface(runtime.stdio[3] as NodeJS.ReadableStream), 'line')
      const response = await fetch(`http://127.0.0.1:${JSON.parse(line).port}${path}`)
      if (!response.ok) throw new Error(`the first answer was ${response.status} ${await response.text()}`)
      await response.arrayBuffer()
    })
  } finally {
    runtime.kill('SIGKILL')
    await once(runtime, 'exit')
  }
}

/** How much longer than a Worker that says hello ours needs until its first answer. */
export async function measureColdStart(): Promise<Measure[]> {
  const deployed = await deployment()
  const hello = configOf(
    {
      modules: [
        { type: 'ESModule', path: 'worker.mjs', contents: "export default { fetch: () => new Response('hello') }" },
      ],
      compatibilityDate: deployed.compatibilityDate,
      compatibilityFlags: [],
    },
    {},
  )
  // nothing that is asked for here looks into the database
  const environment = { ...(await testEnvironment()), LIBSQL_URL: 'http://127.0.0.1:9' }
  const ours = configOf(deployed, environment as Record<string, string>)
  const times: Record<'hello' | 'icon' | 'keys', number[]> = { hello: [], icon: [], keys: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    times.hello.push(await coldStart(hello, '/'))
    times.icon.push(await coldStart(ours, '/favicon.ico'))
    times.keys.push(await coldStart(ours, '/.well-known/jwks.json'))
  }
  const bare = median(times.hello)
  const beyond = (name: string, all: readonly number[], most: number): Measure => ({
    name: `${name} in workerd, beyond that of a hello Worker`,
    value: median(all) - bare,
    unit: 'ms',
    most,
    detail: `median of ${ROUNDS}: ${Math.round(median(all))} against ${Math.round(bare)} ms`,
  })
  return [beyond('first answer', times.icon, 100), beyond('first answer with settings and keys', times.keys, 150)]
}
