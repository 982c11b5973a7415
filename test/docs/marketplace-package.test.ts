import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtPackage } from '../support/built.ts'

// What a marketplace installs, as it is packed.

const run = promisify(execFile)
const packages = { '@kentei/verify': 'dist/verify', '@kentei/marketplace': 'dist/marketplace' }
const tarballOf = (name: string) => `${name.slice(1).replace('/', '-')}-0.1.0.tgz`

let folder: string

beforeAll(async () => {
  await builtPackage()
  folder = await mkdtemp(join(tmpdir(), 'kentei-marketplace-'))
  await mkdir(join(folder, 'node_modules/@kentei'), { recursive: true })
  for (const [name, source] of Object.entries(packages)) {
    await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: source })
    const installed = join(folder, 'node_modules', name)
    await mkdir(installed)
    await run('tar', ['xzf', join(folder, tarballOf(name)), '--strip-components=1', '-C', installed])
  }
  for (const name of ['jose', 'zod'])
    await symlink(join(process.cwd(), 'node_modules', name), join(folder, 'node_modules', name))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const modulesOf = async (source: string) => (await readdir(source)).filter((name) => name.endsWith('.js'))

describe.each(Object.entries(packages))('the package %s', (name, source) => {
  it('has nothing that publint finds', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(folder, 'node_modules', name), strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it('has types that every kind of program finds, for each of its entries', async () => {
    const tarball = createPackageFromTarballData(new Uint8Array(await readFile(join(folder, tarballOf(name)))))
    const checked = await checkPackage(tarball)
    // it is for modules alone: a program of CommonJS imports it, and resolution of old, which knows no exports, sees no entries
    const problems = checked.types ? checked.problems : ['no types']
    const told = problems.filter(
      (problem) =>
        typeof problem === 'string' ||
        !('resolutionKind' in problem) ||
        !['node10', 'node16-cjs'].includes(problem.resolutionKind),
    )
    expect(told).toEqual([])
  })

  it('brings its license, what to read, and no source', async () => {
    const { stdout } = await run('tar', ['tzf', join(folder, tarballOf(name))])
    const files = stdout.trim().split('\n')
    for (const file of ['package/LICENSE', 'package/README.md', 'package/index.js']) expect(files).toContain(file)
    expect(files.filter((file) => /(?<![.]d)[.]tsx?$/.test(file))).toEqual([])
  })

  it('runs without Node', async () => {
    const texts = await Promise.all((await modulesOf(source)).map((file) => readFile(join(source, file), 'utf8')))
    expect(texts.flatMap((text) => text.match(/\bprocess\.|\bBuffer\.|\brequire\(|['"]node:/g) ?? [])).toEqual([])
  })
})

describe('@kentei/marketplace', () => {
  it('depends on jose and zod of the product and on the verifier, and on nothing else', async () => {
    const manifest = async (path: string) => JSON.parse(await readFile(path, 'utf8'))
    const { dependencies } = await manifest('package.json')
    const { version } = await manifest('src/verify/package.json')
    expect((await manifest('dist/marketplace/package.json')).dependencies).toEqual({
      ...{ '@kentei/verify': version, jose: dependencies.jose, zod: dependencies.zod },
    })
    const texts = await Promise.all(
      (await modulesOf('dist/marketplace')).map((file) => readFile(join('dist/marketplace', file), 'utf8')),
    )
    const imports = texts.flatMap((text) => [...text.matchAll(/from ["']([^"'.][^"']*)["']/g)].map(([, from]) => from))
    expect([...new Set(imports)].toSorted()).toEqual(['@kentei/verify', '@kentei/verify/parts', 'jose', 'zod'])
  })

  it('has the types of the contract, in a strict program without Node', async () => {
    const contract = join(process.cwd(), 'src/contract')
    const names = ['Badge', 'RankingSignalBody', 'Standing', 'ReviewAggregates', 'ModerationCase', 'ExamNoticed']
    const program = `import type * as own from '@kentei/marketplace'
import { createMarketplace } from '@kentei/marketplace'
import { generateKeys } from '@kentei/marketplace/keys'
import { memoryStore } from '@kentei/marketplace/memory'
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
import type * as contract from '${contract}/marketplace.ts'
import type { PluginEvent } from '${contract}/events.ts'
export const same: [${[...names.map((name) => `Same<own.${name}, contract.${name}>`), 'Same<own.PluginEvent, PluginEvent>'].join(', ')}] = [${Array(
      names.length + 1,
    )
      .fill('true')
      .join(', ')}]
const store: own.Store = memoryStore()
const rest = { origin: 'https://market.example', kentei: 'https://kentei.example', keys: await generateKeys(), store }
export const market: own.Marketplace = createMarketplace({ ...rest, answers: { standing: () => ({ status: 'good', version: 1 }) } })
// @ts-expect-error there is no such standing
createMarketplace({ ...rest, answers: { standing: () => ({ status: 'fine', version: 1 }) } })
// @ts-expect-error a launch is of somebody with a name
market.launchUrl({ sub: 'wrk_1' })
// @ts-expect-error there is no such event
market.announce('worker.left', { worker: 'wrk_1', version: 1 })
`
    await writeFile(join(folder, 'program.mts'), program)
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2024']
    const lib = ['--lib', 'es2024,dom,dom.iterable', '--types', '', '--allowImportingTsExtensions']
    const compiler = join(process.cwd(), 'node_modules/typescript/bin/tsc')
    const compiled = run(process.execPath, [compiler, ...options, ...lib, 'program.mts'], { cwd: folder })
    await expect(compiled.catch(({ stdout }) => Promise.reject(new Error(stdout)))).resolves.toBeDefined()
  })

  it('does what the examples of its documentation say', async () => {
    const examples = (
      await Promise.all(
        ['verify/index', ...['index', 'keys', 'memory', 'estimator', 'noticed'].map((name) => `kit/${name}`)].map(
          (name) => readFile(`src/${name}.ts`, 'utf8'),
        ),
      )
    ).flatMap((text) =>
      [...text.matchAll(/ \* @example\n((?: \*.*\n)+?) \*\//g)].map(([, lines = '']) =>
        lines.replaceAll(/^ \* ?/gm, ''),
      ),
    )
    expect(examples.length).toBeGreaterThan(4)
    const prelude = `import assert from 'node:assert/strict'
import { createVerifier } from '@kentei/verify'
import { createMarketplace } from '@kentei/marketplace'
import { generateKeys, rotateKeys } from '@kentei/marketplace/keys'
import { memoryStore } from '@kentei/marketplace/memory'
import { nextBelief, noReviews } from '@kentei/marketplace/estimator'
import { describeNoticed } from '@kentei/marketplace/noticed'
`
    for (const [at, example] of examples.entries()) {
      // a line that says what comes of it is held to that
      const held = example
        .replaceAll(/^(.+?) \/\/ (\d+[.]\d+)\b.*$/gm, 'assert.ok(Math.abs($1 - $2) < 1e-9)')
        .replaceAll(/^(.+?) \/\/ (true|false|\d+)\b.*$/gm, 'assert.deepEqual($1, $2)')
      const keys =
        /\bkeys\b/.test(held) && !/const keys = await generateKeys/.test(held)
          ? 'const keys = await generateKeys()\n'
          : ''
      await writeFile(
        join(folder, `example-${at}.mjs`),
        `${prelude}{\n${held.includes('await (await market') ? '' : keys}${held}}\n`,
      )
      await expect(run(process.execPath, [`example-${at}.mjs`], { cwd: folder }), example).resolves.toBeDefined()
    }
  })

  it('makes a marketplace of at most 40 lines, none of them crammed', async () => {
    const lines = (await readFile('dist/marketplace/examples/marketplace.mjs', 'utf8')).trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(40)
    expect(lines.filter((line) => line.length > 120 || (line.match(/;/g) ?? []).length > 0)).toEqual([])
  })
})
