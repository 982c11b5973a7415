import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, normalize, relative } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'

/** A workspace that others install, and how it becomes a package. */
interface Workspace {
  readonly source: string
  /** Folder of the package. */
  readonly folder: string
  /** Where its modules' types lie below `types`, which are laid out from where TypeScript begins to look. */
  readonly typesBelow: string
  /** Laid beside the modules. */
  readonly beside: readonly string[]
}

const verify: Workspace = {
  source: 'src/verify',
  folder: 'dist/verify',
  typesBelow: '',
  beside: ['README.md', 'LICENSE', 'examples'],
}
const marketplace: Workspace = {
  source: 'src/kit',
  folder: 'dist/marketplace',
  typesBelow: 'kit/',
  beside: ['README.md', 'LICENSE', 'examples'],
}

const shared = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
  legalComments: 'none',
} as const

interface Manifest {
  readonly exports: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
}

/** What the workspace exports as TypeScript, as the package has it. */
const builtAs = (path: string, types: string) => ({
  types: `./types/${types}${path.replace(/^[.][/]|[.]ts$/g, '')}.d.ts`,
  default: path.replace(/[.]ts$/, '.js'),
})

/** Takes away the types of modules that no entry's types name: how it is built is nobody's business. */
async function keepNamedTypes(folder: string, entries: readonly string[]): Promise<void> {
  const named = new Set<string>()
  const unread = [...entries]
  for (let path = unread.pop(); path !== undefined; path = unread.pop()) {
    if (named.has(path)) continue
    named.add(path)
    const text = await readFile(join(folder, path), 'utf8')
    for (const [, to = ''] of text.matchAll(/\bfrom '([.][^']+)[.]ts'/g))
      unread.push(normalize(join(dirname(path), `${to}.d.ts`)))
  }
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(file.parentPath, file.name))
    if (file.isFile() && !named.has(path)) await rm(join(folder, path))
  }
}

/** Lays out a package: modules in which its own parts are bundled, types, and what stands beside them. */
async function layOut({ source, folder, typesBelow, beside }: Workspace, more: object = {}): Promise<Manifest> {
  const manifest = JSON.parse(await readFile(`${source}/package.json`, 'utf8')) as Manifest
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const exported = Object.entries(manifest.exports).map(([name, path]) => [name, builtAs(path, typesBelow)] as const)
  await Promise.all([
    build({
      ...shared,
      entryPoints: Object.values(manifest.exports).map((path) => join(source, path)),
      outdir: folder,
      splitting: true,
      platform: 'neutral',
      external: Object.keys(manifest.dependencies).flatMap((name) => [name, `${name}/*`]),
    }),
    promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `${source}/tsconfig.json`]),
    writeFile(
      `${folder}/package.json`,
      `${JSON.stringify({ ...manifest, exports: { ...Object.fromEntries(exported), ...more } }, undefined, 2)}\n`,
    ),
    ...beside.map((name) => cp(`${source}/${name}`, `${folder}/${name}`, { recursive: true })),
  ])
  await keepNamedTypes(
    join(folder, 'types'),
    exported.map(([, { types }]) => types.replace('./types/', '')),
  )
  return manifest
}

/** Lays out the packages that marketplaces install: one that verifies badges, with jose inside for a page, and one that connects. */
export async function buildPackages(): Promise<void> {
  const browser = { './browser': { types: './types/index.d.ts', default: './browser.js' } }
  await Promise.all([
    layOut(verify, browser).then(() =>
      build({
        ...shared,
        entryPoints: [`${verify.source}/index.ts`],
        outfile: `${verify.folder}/browser.js`,
        platform: 'browser',
        minify: true,
      }),
    ),
    layOut(marketplace),
  ])
}
