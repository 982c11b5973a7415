import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { compileDocuments } from '../docs/compile-documents.ts'
import { compileTexts } from './texts.ts'

/** What code imports as data: `./x.css?asset` and `./x.ts?asset` bundled for browsers, `./x.sh?text` as it stands, `../texts/x?texts` as messages, `../docs?docs` as pages. */
const IMPORT = /^(?<file>.+)\?(?<kind>asset|texts?|docs)$/

export interface AssetImport {
  readonly path: string
  readonly kind: 'asset' | 'text' | 'texts' | 'docs'
}

/** What an import names; undefined when it is of another sort. */
export function assetImport(specifier: string, folder: string): AssetImport | undefined {
  const { file, kind } = IMPORT.exec(specifier)?.groups ?? {}
  return file ? { path: resolve(folder, file), kind: kind as AssetImport['kind'] } : undefined
}

/** Bundles and minifies a style sheet or a script. `version` changes with the text. @throws where esbuild finds something wrong. */
export async function bundleAsset(path: string): Promise<{ readonly text: string; readonly version: string }> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
    outdir: 'dist',
    plugins: [assets()],
  })
  const [{ text, hash } = { text: '', hash: '' }] = outputFiles
  return { text, version: hash.replace(/\W/g, '').slice(0, 8) }
}

/** Messages as a script: a language is read when somebody is told something in it. */
async function textsModule(path: string): Promise<string> {
  const languages = Object.entries(await compileTexts(path)).map(
    ([language, messages]) => `get '${language}'() { return JSON.parse(${JSON.stringify(JSON.stringify(messages))}) }`,
  )
  return `export default { ${languages.join(', ')} }`
}

/** The JavaScript module that stands in for the import. */
export async function assetModule({ path, kind }: AssetImport): Promise<string> {
  if (kind === 'texts') return textsModule(path)
  const make = { asset: bundleAsset, text: (file: string) => readFile(file, 'utf8'), docs: compileDocuments }[kind]
  return `export default ${JSON.stringify(await make(path))}`
}

/** The documents lie beside the bundles, which load them when they are first asked for. */
const DOCUMENTS = 'docs.mjs'

/** Writes what stands in for `src/docs?docs` into the folders of bundles. */
export async function writeDocuments(...folders: readonly string[]): Promise<void> {
  const module = await assetModule({ path: resolve('src/docs'), kind: 'docs' })
  await Promise.all(folders.map((folder) => writeFile(join(folder, DOCUMENTS), module)))
}

/** Lays such files into a bundle. Builds that share one bundle each file once. */
export function assets(): Plugin {
  const made = new Map<string, Promise<string>>()
  return {
    name: 'assets',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\?(asset|texts?|docs)$/ }, ({ path, resolveDir }) => {
        const found = assetImport(path, resolveDir)
        if (found?.kind === 'docs') return { path: `./${DOCUMENTS}`, external: true }
        return found && { path: found.path, namespace: found.kind }
      })
      for (const kind of ['asset', 'text', 'texts'] as const)
        onLoad({ filter: /./, namespace: kind }, async ({ path }) => {
          const module = made.get(`${kind} ${path}`) ?? assetModule({ path, kind })
          made.set(`${kind} ${path}`, module)
          return { contents: await module, loader: 'js' }
        })
    },
  }
}
