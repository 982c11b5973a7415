import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { type BuildOptions, build, type OnLoadResult, type Plugin } from 'esbuild'
import { compileDocuments } from '../docs/compile-documents.ts'
import type { Messages } from '../platform/words/catalogue.ts'
import { compileTexts } from './texts.ts'

/**
 * What code imports as data: `./x.css?asset` and `./x.ts?asset` bundled for browsers, `../texts/x?texts` as messages, `../docs?docs`
 * as pages, `../x?programs` as the bundles of a folder's `*.program.ts`.
 */
const IMPORT = /^(?<file>.+)\?(?<kind>asset|texts|docs|programs)$/

const KINDS = ['asset', 'texts', 'docs', 'programs'] as const

export interface AssetImport {
  readonly path: string
  readonly kind: (typeof KINDS)[number]
}

/** What an import names; undefined when it is of another sort. */
export function assetImport(specifier: string, folder: string): AssetImport | undefined {
  const { file, kind } = IMPORT.exec(specifier)?.groups ?? {}
  return file ? { path: resolve(folder, file), kind: kind as AssetImport['kind'] } : undefined
}

/** Bundles and minifies a style sheet or a script. `version` changes with the text. @throws where esbuild finds something wrong. */
export async function bundleAsset(
  path: string,
  options: BuildOptions = {},
): Promise<{ readonly text: string; readonly version: string }> {
  const { outputFiles } = await build({
    ...options,
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

const PROGRAM = '.program.ts'

interface Program {
  readonly name: string
  readonly text: string
  readonly version: string
}

const programNames = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder))
    .filter((file) => file.endsWith(PROGRAM))
    .map((file) => file.slice(0, -PROGRAM.length))
    .sort()

/** Programs that are more than an island: code of ours that also runs in Node, with what a browser has in place of that. */
async function bundlePrograms(folder: string): Promise<readonly Program[]> {
  const names = await programNames(folder)
  const options = {
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    alias: {
      'node:crypto': resolve('src/desk/browser-hash.ts'),
      // messages are parsed already
      '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js',
    },
  } as const
  return Promise.all(
    names.map(async (name) => ({ name, ...(await bundleAsset(join(folder, `${name}${PROGRAM}`), options)) })),
  )
}

/** Expressions by which a module gets what it holds. A key is that of one thing alone. */
interface Quotes {
  string(text: string, key: string): string
  program(name: string, text: string): string
  /** Those of one language; `key` is the subject's. */
  messages(messages: Messages, language: string, key: string): string
}

const inScript: Quotes = {
  string: (text) => JSON.stringify(text),
  program: (_name, text) => JSON.stringify(text),
  messages: (messages, language) => `JSON.parse(${JSON.stringify(JSON.stringify(messages[language]))})`,
}

/** What lies beside the Worker: strings that it reads, and programs that are served without it. */
interface Laid {
  readonly strings: Map<string, Buffer>
  readonly served: Map<string, string>
}

/** Expressions for a module of the Worker. The strings themselves are put into the maps. */
function besideWorker({ strings, served }: Laid): Quotes {
  const lay = (key: string, text: string) => {
    strings.set(key, Buffer.from(text))
    return JSON.stringify(key)
  }
  return {
    string: (text, key) => `stringBeside(${lay(key, text)})`,
    program(name, text) {
      served.set(name, text)
      return "''"
    },
    messages(messages, language, key) {
      // the keys lie there once, and each language has its messages in their order; a variant lacks some
      const keys = [...new Set(Object.values(messages).flatMap(Object.keys))]
      const inOrder = keys.map((name) => messages[language]?.[name] ?? null)
      return `messagesBeside(${lay(`${key} keys`, JSON.stringify(keys))}, ${lay(`${key} ${language}`, JSON.stringify(inOrder))})`
    },
  }
}

/** The JavaScript module that stands in for the import. */
export async function assetModule({ path, kind }: AssetImport, quotes = inScript): Promise<string> {
  const key = `${kind} ${relative('.', path)}`
  if (kind === 'docs')
    return `export default JSON.parse(${quotes.string(JSON.stringify(await compileDocuments(path)), key)})`
  const bundled = (text: string, version: string) =>
    `{ get text() { return ${text} }, version: ${JSON.stringify(version)} }`
  if (kind === 'asset') {
    const { text, version } = await bundleAsset(path)
    return `export default ${bundled(quotes.string(text, key), version)}`
  }
  if (kind === 'programs') {
    const programs = await bundlePrograms(path)
    const given = programs.map(
      ({ name, text, version }) => `${JSON.stringify(name)}: ${bundled(quotes.program(name, text), version)}`,
    )
    return `export default { ${given.join(', ')} }`
  }
  // a language is read when somebody is told something in it
  const messages = await compileTexts(path)
  const languages = Object.keys(messages).map(
    (language) => `get '${language}'() { return ${quotes.messages(messages, language, key)} }`,
  )
  return `export default { ${languages.join(', ')} }`
}

/** The documents lie beside the bundles, which load them when they are first asked for. */
const DOCUMENTS = 'docs.mjs'

/** Writes what stands in for `src/docs?docs` into the folder of bundles. */
export async function writeDocuments(folder: string): Promise<void> {
  const module = await assetModule({ path: resolve('src/docs'), kind: 'docs' })
  await writeFile(join(folder, DOCUMENTS), module)
}

interface Beside {
  /** A folder for `strings.data`. */
  readonly beside?: string
  /** A folder of files that are served as they are, at their paths: programs lie in its `assets`. */
  readonly site?: string
  /** Whether the program shows pages to anybody; of one that does not, their sheets and scripts are left empty. */
  readonly hasPages?: boolean
  /** Modules of which the bundle gets no code: what their functions give is computed by the build, and laid beside. They take nothing and always give the same. */
  readonly computed?: RegExp
}

/** The module that stands in for one whose functions the build has called. */
async function computedModule(path: string, quotes: Quotes): Promise<string> {
  const functions = Object.entries((await import(path)) as Record<string, () => unknown>)
  return functions
    .map(([name, give]) => {
      const text = JSON.stringify(give())
      return `export const ${name} = () => JSON.parse(${quotes.string(text, `${relative('.', path)} ${name}`)})`
    })
    .join('\n')
}

/**
 * Lays such files into a bundle, or beside it into `strings.data` of a folder: workerd reads all scripts at its start, but no data.
 */
export function assets({ beside, site, computed, hasPages = true }: Beside = {}): Plugin {
  return {
    name: 'assets',
    setup({ onResolve, onLoad, onEnd }) {
      const strings = new Map<string, Buffer>()
      const served = new Map<string, string>()
      const quotes = besideWorker({ strings, served })
      onResolve({ filter: IMPORT }, ({ path, resolveDir }) => {
        const found = assetImport(path, resolveDir)
        if (found?.kind === 'docs' && !beside) return { path: `./${DOCUMENTS}`, external: true }
        return found && { path: found.path, namespace: found.kind }
      })
      const readsBeside = (module: string): OnLoadResult => ({
        contents: `import { messagesBeside, stringBeside } from './worker-strings.ts'; ${module}`,
        loader: 'js',
        resolveDir: resolve('src'),
      })
      if (!hasPages) {
        const empty = { text: '', version: '' }
        const given = (what: object) => ({ contents: `export default ${JSON.stringify(what)}` })
        onLoad({ filter: /./, namespace: 'asset' }, () => given(empty))
        onLoad({ filter: /./, namespace: 'programs' }, async ({ path }) =>
          given(Object.fromEntries((await programNames(path)).map((name) => [name, empty]))),
        )
      }
      for (const kind of KINDS)
        onLoad({ filter: /./, namespace: kind }, async ({ path }) =>
          beside
            ? readsBeside(await assetModule({ path, kind }, quotes))
            : { contents: await assetModule({ path, kind }), loader: 'js' },
        )
      if (computed) onLoad({ filter: computed }, async ({ path }) => readsBeside(await computedModule(path, quotes)))
      onEnd(async () => {
        if (!beside) return
        if (site) {
          await mkdir(join(site, 'assets'), { recursive: true })
          for (const [name, text] of served) await writeFile(join(site, 'assets', `${name}.js`), text)
        }
        // in an order that does not hang on which file was read first; what ends alike is alike, and compresses better side by side
        const backwards = (key: string) => [...key].reverse().join('')
        const all = [...strings].sort(([a], [b]) => (backwards(a) < backwards(b) ? -1 : 1))
        const lengths = Object.fromEntries(all.map(([key, bytes]) => [key, bytes.length]))
        const head = Buffer.from(`${JSON.stringify(lengths)}\n`)
        await writeFile(join(beside, 'strings.data'), Buffer.concat([head, ...all.map(([, bytes]) => bytes)]))
      })
    },
  }
}
