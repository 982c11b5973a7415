import { readFile } from 'node:fs/promises'
import { convertV4MiniflareOptions, Miniflare, type V4ModuleDefinition } from 'miniflare'
import { built } from './built.ts'
import { migrationStatements } from './migration-statements.ts'

export interface DeployedWorker {
  readonly miniflare: Miniflare
  readonly d1: D1Database
}

/** The modules of the Worker as a deployment has them. */
export async function workerModules(): Promise<V4ModuleDefinition[]> {
  await built()
  return [
    { type: 'ESModule', path: 'worker.mjs', contents: await readFile('dist/worker.mjs', 'utf8') },
    { type: 'ESModule', path: 'docs.mjs', contents: await readFile('dist/docs.mjs', 'utf8') },
    { type: 'CompiledWasm', path: 'resvg.wasm', contents: await readFile('dist/resvg.wasm') },
    { type: 'Data', path: 'glyphs.gz', contents: await readFile('dist/glyphs.gz') },
  ]
}

/** The Worker of `dist/` with a D1 database of its own, as a deployment has it; its calls to others go to `outbound`, what it writes down to `hear`. */
export async function openDeployedWorker(
  environment: Readonly<Record<string, unknown>>,
  outbound: (request: Request) => Response | Promise<Response>,
  hear?: (line: string) => void,
): Promise<DeployedWorker> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: await workerModules(),
      compatibilityDate: '2026-11-02',
      bindings: environment as Record<string, string>,
      d1Databases: ['DB'],
      outboundService: outbound as never,
      ...(hear ? { handleStructuredLogs: ({ message }: { message: string }) => hear(message) } : {}),
    }),
  )
  await miniflare.ready
  const d1 = (await miniflare.getD1Database('DB')) as unknown as D1Database
  for (const statement of await migrationStatements('migrations')) await d1.prepare(statement).run()
  return { miniflare, d1 }
}
