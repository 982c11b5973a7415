import { convertV4MiniflareOptions, Miniflare, type V4ModuleDefinition } from 'miniflare'
import { workerModules } from '../support/deployed-worker.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { type Measure, median, timed } from './measure.ts'

const ROUNDS = 7
const HELLO: V4ModuleDefinition[] = [
  { type: 'ESModule', path: 'worker.mjs', contents: "export default { fetch: () => new Response('hello') }" },
]

/** Milliseconds from nothing to the first answer, workerd's own start included. */
async function coldStart(modules: V4ModuleDefinition[], bindings: Readonly<Record<string, string>>): Promise<number> {
  let miniflare: Miniflare | undefined
  const taken = await timed(async () => {
    miniflare = new Miniflare(convertV4MiniflareOptions({ modules, compatibilityDate: '2026-11-02', bindings }))
    const response = await miniflare.dispatchFetch('http://localhost/favicon.ico')
    await response.arrayBuffer()
  })
  await miniflare?.dispose()
  return taken
}

/** How much longer than a Worker that says hello ours needs until its first answer. */
export async function measureColdStart(): Promise<Measure[]> {
  const [modules, bindings] = [await workerModules(), await testEnvironment()]
  const [hello, ours]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    hello.push(await coldStart(HELLO, {}))
    ours.push(await coldStart(modules, bindings as Record<string, string>))
  }
  const [bare, all] = [median(hello), median(ours)]
  const detail = `median of ${ROUNDS}: ${Math.round(all)} against ${Math.round(bare)} ms`
  return [
    {
      name: 'first answer in workerd, beyond that of a hello Worker',
      value: all - bare,
      unit: 'ms',
      most: 450,
      detail,
    },
  ]
}
