import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Miniflare, V4ModuleDefinition } from 'miniflare'
import { built } from './built.ts'
import { d1Door, openD1 } from './d1-door.ts'
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

/** What images are drawn with: more than half of all, and needed by no other answer. */
const NOTHING: Readonly<Record<string, Uint8Array>> = {
  'glyphs.gz': new Uint8Array(),
  'resvg.wasm': Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
}

/**
 * What a deployment uploads, for the runtime that wrangler.toml asks for. The largest modules come last, and those of drawing
 * are empty where nothing is drawn: Miniflare copies all that it has so far for each piece of what it hands to workerd.
 */
export async function deployment({ draws = true } = {}): Promise<Deployment> {
  await built()
  const files = await readdir('dist/worker')
  const modules = await Promise.all(
    files.map(async (path) => ({
      type: types[extname(path) as keyof typeof types],
      path,
      contents: (!draws && NOTHING[path]) || (await readFile(join('dist/worker', path))),
    })),
  )
  const place = ({ path, contents }: (typeof modules)[number]) => (path === ENTRY ? 0 : contents.byteLength + 1)
  modules.sort((a, b) => place(a) - place(b))
  const text = await readFile('wrangler.toml', 'utf8')
  return {
    modules,
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
  const worker = {
    name: 'kentei',
    ...(await deployment()),
    bindings: environment as Record<string, string>,
    d1Databases: ['DB'],
    outboundService: outbound as never,
  }
  const miniflare = openMiniflare({
    workers: [worker, d1Door('DB')],
    ...(hear ? { handleStructuredLogs: ({ message }: { message: string }) => hear(message) } : {}),
  })
  await miniflare.ready
  const d1 = await openD1(miniflare, 'DB')
  await migrateD1(d1)
  return { miniflare, d1 }
}
