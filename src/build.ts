import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Loader, type OutputFile, type Plugin, stop, transform } from 'esbuild'
import { assets, writeDocuments } from './node/assets.ts'
import { buildPackages } from './node/build-packages.ts'
import { forgetBuilt, noteBuilt, sourcePrint } from './node/build-stamp.ts'
import { entryText } from './node/entry-text.ts'
import { writeTextTypes } from './node/texts.ts'

// One esbuild step; the server bundles carry what they send to browsers.
//   --sizes        prints what a browser and the edge have to load
//   --bundles      leaves the packages for others out, which need a TypeScript compiler
//   --demo         only what the demonstration runs, which nobody wants to wait for, and makes its past beside that
//   --ahead        the same after the packages are installed: keeps the past for the first start
//   --then <file>  the same, and runs a bundle when all is built, with the arguments that follow; in this process, so that signals reach it

const shared = {
  bundle: true,
  format: 'esm',
  target: 'es2024',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  charset: 'utf8',
  logLevel: 'warning',
  legalComments: 'none',
} as const

/** What a deployment of the Worker uploads, and nothing else. */
const WORKER = 'dist/worker'
/** What is served beside it, as it lies there. */
const SITE = 'dist/site'

/**
 * The client of libSQL and Hono's JSX do not say that their modules only declare things: without that, WebSockets that are
 * never opened and what browsers do with JSX would lie in the Worker.
 */
const declareOnly: Plugin = {
  name: 'declare-only',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === 'seen' || !/@libsql\/|hono\/(dist\/)?jsx/.test(`${from.importer}${path}`)) return undefined
      const found = await resolve(path, { ...from, pluginData: 'seen' })
      return { ...found, sideEffects: false }
    })
  },
}

/** What these modules give, the Worker has from the build. */
const COMPUTED = /[/](contract[/]kentei[/]schemas|item[/]shipped[/]shipped-prints)[.]ts$/

/**
 * What nothing here does: of libraries JSON Schemas, which are made at the build, and in drizzle other databases and queries by
 * relations; and the forms of answers, of which those are made. Whatever such a module exports gives undefined.
 */
const UNUSED =
  /[/](contract[/]kentei[/]answers[/][a-z]+[.]ts|(zod[/]v4[/]core[/](json-schema-processors|to-json-schema)|drizzle-orm[/](relations|pg-core[/](primary-keys|columns[/]enum)|sqlite-core[/]query-builders[/]query))[.]js)$/
const leftOut: Plugin = {
  name: 'left-out',
  setup({ onLoad }) {
    onLoad({ filter: UNUSED }, async ({ path }) => {
      const names = Object.keys(await import(path))
      return { contents: `function nothing() {}\nexport { ${names.map((name) => `nothing as ${name}`).join(', ')} }` }
    })
  },
}

/**
 * Drizzle asks what something is by the names of its classes, upwards, since an application may have loaded it twice: a twentieth of
 * what a statement takes. A bundle has it once.
 */
const oneDrizzle: Plugin = {
  name: 'one-drizzle',
  setup({ onLoad }) {
    onLoad({ filter: /[/]drizzle-orm[/]entity[.]js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8')
      const contents = code.replace(
        /(?<=^function is\(value, type\) \{\n)[^]*?(?=^\})/m,
        'return value instanceof type\n',
      )
      if (contents === code) throw new Error(`${path} asks in another way`)
      return { contents }
    })
  },
}

/**
 * workerd reads all modules at its start. V8 only looks over the bodies of functions then, but parses those of arrow functions in full,
 * which takes twice the time. Where no arrow function needs the `this` around it, they become functions.
 */
const withoutArrows: Plugin = {
  name: 'without-arrows',
  setup({ onLoad }) {
    onLoad({ filter: /\.(m?js|tsx?)$/, namespace: 'file' }, async ({ path }) => {
      const { target, jsx, jsxImportSource } = shared
      const { code } = await transform(await readFile(path, 'utf8'), {
        ...{ target, jsx, jsxImportSource },
        loader: extname(path).replace(/^\.m?/, '') as Loader,
        sourcefile: path,
        supported: { arrow: false },
      })
      return /\b_(this|arguments)\d*\b/.test(code) ? undefined : { contents: code, loader: 'js' }
    })
  },
}

/** Programs of the demonstration, and those that come besides. */
const programs = {
  demo: ['node'],
  others: ['kentei', 'sandbox', 'dev-worker'],
} as const

/** Lays out what images are drawn with while everything else is built. @throws what the thread threw. */
const layOutBeside = (folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    new Worker(new URL('./node/rendering-thread.ts', import.meta.url), { workerData: folder })
      .once('error', reject)
      .once('exit', () => resolve())
  })

/** Programs with their packages inside begin sooner: Node looks around for each of a thousand files of packages. */
const withPackages: BuildOptions = {
  packages: 'bundle',
  mainFields: ['module', 'main'],
  // no JavaScript of theirs can lie in a bundle
  external: ['libsql', 'miniflare'],
  // packages of the older kind ask for modules of Node so
  banner: {
    js: `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`,
  },
}

/** Bundles for Node. A process keeps the text of its bundle: with Japanese in it, it takes two bytes for every letter. */
async function bundleForNode(entryPoints: Readonly<Record<string, string>>, hasPages = true): Promise<void> {
  await build({
    ...shared,
    plugins: [assets({ hasPages }), oneDrizzle],
    charset: 'ascii',
    entryPoints,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    ...withPackages,
  })
}

/** The first files of programs, by their names. */
async function writeEntries(names: readonly string[]): Promise<void> {
  const { engines } = JSON.parse(await readFile('package.json', 'utf8')) as { engines: { node: string } }
  for (const name of names) {
    await writeFile(`dist/${name}.mjs`, entryText(`${name}.main.mjs`, engines.node))
    await chmod(`dist/${name}.mjs`, 0o755)
  }
}

/** The programs that Node runs, and their threads but the compiler. */
async function buildPrograms(names: readonly string[]): Promise<void> {
  await writeEntries(names)
  await bundleForNode({
    ...Object.fromEntries(names.map((name) => [`${name}.main`, `src/${name}.ts`])),
    'learn-thread': 'src/node/learn-thread.ts',
  })
}

/** The compiler, and what besides shows no pages. */
const buildCompiler = (besides: Readonly<Record<string, string>> = {}): Promise<void> =>
  bundleForNode({ 'compile-thread': 'src/node/compile-thread.ts', ...besides }, false)

/** What makes the past of the demonstration, and the thread of a database. */
async function buildMaker(): Promise<void> {
  await writeEntries(['past'])
  await bundleForNode({ 'past.main': 'src/past.ts', 'database-thread': 'src/world/embedded/thread.ts' }, false)
}

/** A process that compiles the exams and, once it is told that there is something to make it with, makes the past of the demonstration. */
function beginPastAhead(flags: readonly string[]) {
  const maker = spawn(process.execPath, ['dist/past-ahead.mjs', ...flags], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(maker, 'exit')
  return {
    hasCompiled: Promise.race([once(maker, 'message'), ended]),
    ended,
    // one that has ended hears nothing
    goOn: () => maker.connected && maker.send('built', () => {}),
  }
}

async function buildDemo(flags: readonly string[]): Promise<void> {
  await mkdir(WORKER, { recursive: true })
  await buildCompiler({ 'past-ahead': 'src/node/past-ahead.ts' })
  const past = beginPastAhead(flags)
  await buildMaker()
  past.goOn()
  // both processors are at that until they are compiled
  await past.hasCompiled
  await Promise.all([past.ended, layOutBeside(WORKER), buildPrograms(programs.demo), writeDocuments('dist')])
}

/**
 * The modules of the Worker by names without a hash: nobody keeps them by their names, and they name each other some nine
 * hundred times, which would be a hundredth of what is uploaded.
 */
function shortNames(files: readonly OutputFile[]): ReadonlyMap<string, string> {
  const hashed = /\b[\w-]+-[0-9A-Z]{8}[.]mjs\b/g
  const names = new Map(
    files.map(({ path }, at) => {
      const name = basename(path)
      return [name, name.replace(/-[0-9A-Z]{8}[.]mjs$/, `${at}.mjs`).replace(/^chunk/, '')]
    }),
  )
  return new Map(
    files.map(({ path, text }) => [
      names.get(basename(path)) ?? path,
      text.replace(hashed, (name) => names.get(name) ?? name),
    ]),
  )
}

/**
 * The same module with shorter names for what is named most: of what is uploaded it takes sixteen thousand bytes. Functions stay
 * functions, see {@link withoutArrows}.
 */
async function renamed(text: string): Promise<string> {
  const { minify } = await import('@swc/core')
  const { code } = await minify(text, {
    module: true,
    ecma: 2022,
    compress: { arrows: false },
    mangle: true,
    format: { asciiOnly: true, comments: false },
  })
  return code
}

async function buildAll(): Promise<void> {
  await mkdir(WORKER, { recursive: true })
  await writeTextTypes()
  const [, , , , worker] = await Promise.all([
    // lies beside the Worker, and is loaded with the first image, in a process too
    layOutBeside(WORKER),
    buildPrograms([...programs.demo, ...programs.others]),
    buildCompiler(),
    buildMaker(),
    build({
      ...shared,
      entryPoints: { worker: 'src/worker.ts' },
      outdir: WORKER,
      // what is imported when it is asked for lies in files of its own
      splitting: true,
      outExtension: { '.js': '.mjs' },
      platform: 'neutral',
      mainFields: ['module', 'main'],
      conditions: ['workerd', 'worker', 'browser', 'import'],
      minify: true,
      // in one byte a character, which workerd reads in two thirds of the time
      charset: 'ascii',
      metafile: true,
      write: false,
      plugins: [assets({ beside: WORKER, site: SITE, computed: COMPUTED }), leftOut, declareOnly, withoutArrows],
      // messages are parsed already
      alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' },
      external: ['node:*', '*/resvg.wasm', '*/glyphs.gz', '*/strings.data'],
    }),
    writeDocuments('dist'),
  ])
  const modules = shortNames(worker.outputFiles)
  // whoever waits for a bundle of Node has no Worker to upload
  const isUploaded = !process.argv.includes('--then')
  await Promise.all(
    [...modules].map(async ([name, text]) => writeFile(join(WORKER, name), isUploaded ? await renamed(text) : text)),
  )
  for (const file of await readdir(WORKER))
    if (file.endsWith('.mjs') && !modules.has(file)) await rm(join(WORKER, file))

  if (!process.argv.includes('--sizes')) return
  for (const file of await readdir(WORKER))
    console.log(`${String(gzipSync(await readFile(join(WORKER, file))).length).padStart(7)} bytes gz ${file}`)
  for (const [file, { bytesInOutput }] of Object.values(worker.metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 12))
    console.log(`  ${String(bytesInOutput).padStart(7)} ${file}`)
}

/** What each flag builds; without any of them, all. */
const builds = { '--demo': () => buildDemo([]), '--ahead': () => buildDemo(['--keep']) } as const

try {
  const flag = (['--demo', '--ahead'] as const).find((one) => process.argv.includes(one))
  const print = sourcePrint('.')
  forgetBuilt('.')
  await (flag ? builds[flag] : buildAll)()
  noteBuilt('.', print)
  // what starts a bundle at once has no use for the package, nor perhaps a TypeScript compiler
  if (!flag && !['--then', '--bundles'].some((one) => process.argv.includes(one))) await buildPackages()
} catch (error) {
  // esbuild itself says what is wrong with the code
  if (!(error instanceof Error && 'errors' in error)) console.error(error)
  process.exit(1)
}
await stop()

const then = process.argv.indexOf('--then')
const bundle = process.argv[then + 1]
if (then > 0 && bundle) {
  process.argv.splice(1, then + 1, bundle)
  await import(pathToFileURL(bundle).href)
}
