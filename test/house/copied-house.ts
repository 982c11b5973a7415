import { execFile } from 'node:child_process'
import { cp, readFile, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { beforeAll } from 'vitest'
import { assets } from '../../src/node/assets.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)

type Sentences = Readonly<Record<string, Readonly<Record<string, string>>>>

/** A copy of the house, to which something new is added. */
export interface CopiedHouse extends TemporaryFolder {
  /** Puts a module into the copy, from a folder of this one. */
  addModule(path: string, from: string): Promise<void>
  /** Changes one place of a file: the text must stand there. */
  change(path: string, text: string, instead: string): Promise<void>
  /** Adds sentences of both languages, by subject. */
  addSentences(added: Sentences): Promise<void>
  /** Errors of the compiler, a line each. The second time it looks only at what the change can have touched. */
  compilerErrors(): Promise<string[]>
  /** What the law of imports says of these files and of what they lead to: of the others `npm run check` sees the same. */
  importRules(changed: readonly string[]): Promise<string>
  /** Bundles a script of the copy as the service is, and reads the JSON that it prints. */
  walk(script: string, argument: unknown): Promise<ReturnType<typeof JSON.parse>>
}

/** Rooms that know no exam, and the entries that bring them in: the compiler looks at them too with `npm run laws`, which takes it three times as long. */
const strangers = process.env.CASES === 'all' ? [] : ['src/sandbox', 'src/node', 'src/cli', 'src/*.ts']

/** Copies the house for all tests of a file. */
export function copiedHouse(): CopiedHouse {
  const house = temporaryFolder('all tests')
  const { path, read, write } = house
  const said = async (program: string, ...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(resolve('node_modules/.bin', program), args, { cwd: path() }).catch(
      (error: { stdout: string }) => error,
    )
    return stdout
  }
  const writeTextTypes = () => run(process.execPath, [path('src/text-types.ts')], { cwd: path() })
  beforeAll(async () => {
    await cp('src', path('src'), { recursive: true })
    const { include: _, ...compiler } = JSON.parse(await readFile('tsconfig.json', 'utf8'))
    const files = ['src/node/built-modules.d.ts']
    await write('tsconfig.json', JSON.stringify({ ...compiler, files, include: ['src'], exclude: strangers }))
    await cp('package.json', path('package.json'))
    await symlink(resolve('node_modules'), path('node_modules'))
    await writeTextTypes()
  })
  return {
    ...house,
    addModule: (module, from) => cp(join('test/house', `${from}.txt`), path('src', module)),
    change: async (file, text, instead) => {
      const written = await read(`src/${file}`)
      if (!written.includes(text)) throw new Error(`${file} does not hold ${text}`)
      await write(
        `src/${file}`,
        written.replace(text, () => instead),
      )
    },
    addSentences: async (added) => {
      for (const language of ['ja', 'en'])
        for (const [subject, sentences] of Object.entries(added)) {
          const file = `src/texts/${language}/${subject}.json`
          await write(file, JSON.stringify({ ...JSON.parse(await read(file)), ...sentences }))
        }
      await writeTextTypes()
    },
    compilerErrors: async () =>
      (await said('tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', 'types.tsbuildinfo', '--checkers', '1'))
        .split('\n')
        .filter((line) => line.includes(': error TS')),
    importRules: (changed) =>
      said(
        'depcruise',
        ...changed.map((file) => `src/${file}`),
        ...['--include-only', '^src/', '--config', resolve('test/rooms.cjs')],
      ),
    walk: async (script, argument) => {
      await cp(join('test/house', `${script}.txt`), path('src/walk.ts'))
      const outfile = path('walk.mjs')
      await build({
        entryPoints: [path('src/walk.ts')],
        outfile,
        bundle: true,
        format: 'esm',
        platform: 'node',
        packages: 'external',
        jsx: 'automatic',
        jsxImportSource: 'hono/jsx',
        plugins: [assets()],
      })
      const { stdout } = await run(process.execPath, [outfile, JSON.stringify(argument)], { cwd: path() })
      return JSON.parse(stdout)
    },
  }
}
