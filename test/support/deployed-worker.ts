import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Miniflare, V4ModuleDefinition } from 'miniflare'
import { built } from './built.ts'
import { migrateD1 } from './migration-statements.ts'
import { openMiniflare } from './open-miniflare.ts'

export interface DeployedWorker {
  readonly miniflare: Miniflare
  readonly d1: D1Database
}

export interface Deployment {
  /** The modules, the entry first. */
  readonly modules: V4ModuleDefinition[]
  readonly compatibilityDate: string
  readonly compatibilityFlags: string[]
}

const ENTRY = 'worker.mjs'
const types = { '.mjs': 'ESModule', '.wasm': 'CompiledWasm', '.gz': 'Data', '.data': 'Data' } as const

/** What a deployment uploads, for the runtime that wrangler.toml asks for. */
export async function deployment(): Promise<Deployment> {
  await built()
  const files = await readdir('dist/worker')
  const modules = [ENTRY, ...files.filter((file) => file !== ENTRY)].map(async (path) => ({
    type: types[extname(path) as keyof typeof types],
    path,
    contents: await readFile(join('dist/worker', path)),
  }))
  const text = await readFile('wrangler.toml', 'utf8')
  return {
    modules: await Promise.all(modules),
    compatibilityDate: /^compatibility_date = "(.*)"$/m.exec(text)?.[1] ?? '',
    compatibilityFlags: JSON.parse(/^compatibility_flags = (.*)$/m.exec(text)?.[1] ?? '[]'),
  }
}

/** The Worker of `dist/` with a D1 database of its own, as a deployment has it; its calls to others go to `outbound`, what it writes down to `hear`. */
export async function openDeployedWorker(
  environment: Readonly<Record<string, unknown>>,
  outbound: (request: Request) => Response | Promise<Response>,
  hear?: (line: string) => void,
): Promise<DeployedWorker> {
  const miniflare = openMiniflare({
    ...(await deployment()),
    bindings: environment as Record<string, string>,
    d1Databases: ['DB'],
    outboundService: outbound as never,
    ...(hear ? { handleStructuredLogs: ({ message }: { message: string }) => hear(message) } : {}),
  })
  await miniflare.ready
  const d1 = (await miniflare.getD1Database('DB')) as unknown as D1Database
  await migrateD1(d1)
  return { miniflare, d1 }
}
