import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { build } from 'esbuild'
import * as generator from 'openapi-typescript-codegen'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { type Market, openMarket } from '../support/sandbox/open-market.ts'
import type { Json } from '../support/schema-checker.ts'

const STORIES = join(import.meta.dirname, 'foreign')
const closing: (() => unknown)[] = []
let folder: string
let kentei: FixedWorld
let market: Market
beforeAll(async () => {
  folder = await mkdtemp(join(quickFolder, 'foreign-'))
  closing.push(() => rm(folder, { recursive: true, force: true }))
  kentei = await fixedWorld()
  closing.push(() => kentei.close())
  market = await openMarket()
  closing.push(() => market.close())
})
afterAll(async () => {
  for (const close of closing.toReversed()) await close()
})

/** Serves an app at an address of this machine. */
async function served(fetched: (request: Request) => Response | Promise<Response>): Promise<string> {
  const server = createAdaptorServer({ fetch: (request) => fetched(request) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Makes a client from the document that a service gives away, with somebody else's generator. */
async function generate(name: string, address: string): Promise<(token?: string) => Json> {
  const document: Json = await (await fetch(`${address}/openapi.json`)).json()
  await generator.generate({
    input: document,
    output: join(folder, name),
    httpClient: 'fetch' as generator.HttpClient,
    clientName: 'Client',
    useOptions: true,
    useUnionTypes: true,
  })
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [join(folder, name, 'index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  })
  const { Client } = await import(pathToFileURL(outfile).href)
  return (token) => new Client({ BASE: address, TOKEN: token })
}

it('a client made from the documents by somebody else’s generator sits an exam, verifies the badge, and does paid work, as it is typed', async () => {
  const [sitting, working] = await Promise.all([served(kentei.app.fetch), served(market.app.fetch)])
  const kenteiClient = await generate('kentei', sitting)
  const marketClient = await generate('market', working)

  for (const story of ['sit-exam.mjs', 'do-work.mjs']) await copyFile(join(STORIES, story), join(folder, story))
  await mkdir(join(folder, 'node_modules'), { recursive: true })
  const compilerOptions = {
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    strict: true,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
  }
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['sit-exam.mjs', 'do-work.mjs'] }),
  )
  const checked = await promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder]).catch(
    ({ stdout }: { stdout: string }) => ({ stdout }),
  )
  expect(checked.stdout).toBe('')

  const { sitExam } = await import(pathToFileURL(join(STORIES, 'sit-exam.mjs')).href)
  const sat = await sitExam(kenteiClient, {
    launch: await kentei.market.launchToken({ sub: 'w-1' }),
    exam: 'tiny',
    saves: (sections: Json) => modelSaves(kentei.bank, sections),
  })
  expect(sat).toMatchObject({
    passed: true,
    score: 100,
    verdict: 'valid',
    url: `${kentei.world.settings.origin}/credentials/${sat.credential}`,
  })
  expect(new Set(sat.saved)).toEqual(new Set(['saved']))

  const { doWork } = await import(pathToFileURL(join(STORIES, 'do-work.mjs')).href)
  expect(await doWork(marketClient, { client: 'cli_01', worker: 'wrk_001' })).toMatchObject({
    job: 'published',
    application: 'open',
    applicants: ['wrk_001'],
    contract: { before: 1, status: 'released' },
    said: ['Careful and on time.', 'Clear from the first line.'],
  })
})
