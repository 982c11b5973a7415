import { execFile } from 'node:child_process'
import { cp, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { assets } from '../../src/node/assets.ts'
import { bankMd, examMd } from '../support/bank-fixture.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// A copy of the house to which a type of item is added: a module in each of three rooms (in web/candidate a control and its
// island), a line for each in the lists of these rooms, and its sentences. Nothing else of the copy is changed.

const run = promisify(execFile)
const MODULES = {
  'item/types/toy.ts': 'item.ts',
  'authoring/types/toy.ts': 'authoring.ts',
  'web/candidate/types/toy.tsx': 'control.tsx',
  'web/candidate/types/toy-island.ts': 'island.ts',
}
const LISTS = {
  'item/item-types.ts': './types/toy.ts',
  'authoring/written-types.ts': './types/toy.ts',
  'web/candidate/control-types.ts': './types/toy.tsx',
  'web/candidate/island-types.ts': './types/toy-island.ts',
}

const ITEM =
  '\n## office-001 めもり\n\n`めもり` `2点`\n\n棚に箱はいくつありますか。めもりで答えなさい。\n\n### 正解\n\n7 of 0-10\n\n### 解説\n\n数えました。\n'
const FILES = [
  { path: 'exam.md', content: examMd() },
  { path: 'office.ja.md', content: bankMd(ITEM) },
]

const house = temporaryFolder('all tests')

async function addModule(path: keyof typeof MODULES): Promise<void> {
  await cp(join('test/house/toy-type', `${MODULES[path]}.txt`), house.path('src', path))
}

/** Puts the type into a list, behind the essay. */
async function addToList(path: keyof typeof LISTS): Promise<void> {
  const written = await house.read(`src/${path}`)
  const last = written.lastIndexOf('essay')
  const end = last + written.slice(last).search(/,?\s*\}/)
  const listed = `${written.slice(0, end)}, toy${written.slice(end)}`
  await house.write(`src/${path}`, `import { toy } from '${LISTS[path]}'\n${listed}`)
}

const writeTextTypes = () => run(process.execPath, [house.path('src/text-types.ts')], { cwd: house.path() })

async function addSentences(): Promise<void> {
  const added = {
    bank: { 'item.toy': 'めもり' },
    attempt: { 'question.toy': 'いくつですか' },
    findings: { 'finding.toyNarrow': 'めもりが狭すぎます', 'finding.toyMissing': 'めもりがありません' },
    exchange: { 'exchange.toyBecameNumber': 'めもりは数値になります' },
  }
  for (const language of ['ja', 'en'])
    for (const [subject, sentences] of Object.entries(added)) {
      const path = `src/texts/${language}/${subject}.json`
      await house.write(path, JSON.stringify({ ...JSON.parse(await house.read(path)), ...sentences }))
    }
  await writeTextTypes()
}

/** What a program of this package says of the copy. */
async function said(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(resolve('node_modules/.bin', program), args, { cwd: house.path() }).catch(
    (error: { stdout: string }) => error,
  )
  return stdout
}

/** The second time the compiler looks only at what the change can have touched. */
const compilerErrors = async () =>
  (await said('tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', 'types.tsbuildinfo'))
    .split('\n')
    .filter((line) => line.includes(': error TS'))

beforeAll(async () => {
  await cp('src', house.path('src'), { recursive: true })
  await cp('tsconfig.json', house.path('tsconfig.json'))
  await cp('package.json', house.path('package.json'))
  await symlink(resolve('node_modules'), house.path('node_modules'))
  await writeTextTypes()
})

describe('a new type of item', () => {
  it('that the item room alone knows is missed by the lists of the other rooms, as the compiler says', async () => {
    await addModule('item/types/toy.ts')
    await addToList('item/item-types.ts')
    const files = (await compilerErrors()).map((line) => line.split('(')[0])
    // the last two call the type by its name, which is a sentence
    const missing = [
      'authoring/written-types.ts',
      'web/candidate/control-types.ts',
      'web/staff/bank/item-page.tsx',
      'web/staff/bank/items-page.tsx',
    ]
    expect(files).toEqual(expect.arrayContaining(missing.map((path) => `src/${path}`)))
  })

  it('is whole with a module in each of three rooms, its lines in their lists, and its texts', async () => {
    for (const path of Object.keys(MODULES) as (keyof typeof MODULES)[]) await addModule(path)
    for (const path of Object.keys(LISTS) as (keyof typeof LISTS)[])
      if (path !== 'item/item-types.ts') await addToList(path)
    await addSentences()
    expect(await compilerErrors()).toEqual([])
  })

  it('keeps to the rules of imports', async () => {
    // the files that changed, and what they lead to: of the others `npm run check` sees the same
    const changed = [...Object.keys(MODULES), ...Object.keys(LISTS)].map((path) => `src/${path}`)
    const rules = ['--include-only', '^src/', '--config', resolve('test/rooms.cjs')]
    expect(await said('depcruise', ...changed, ...rules)).toContain('no dependency violations found')
  })

  it('goes from Markdown to bank, paper, page, response, score and report', async () => {
    await cp('test/house/toy-type/walk.ts.txt', house.path('src/walk.ts'))
    const outfile = house.path('walk.mjs')
    await build({
      entryPoints: [house.path('src/walk.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      plugins: [assets()],
    })
    const { stdout } = await run(process.execPath, [outfile, JSON.stringify(FILES)], { cwd: house.path() })
    const walked = JSON.parse(stdout)

    expect(walked).toMatchObject({
      handedIn: true,
      issues: [],
      stem: { type: 'toy', from: 0, to: 10 },
      key: { type: 'toy', mark: 7 },
      errorsOfDraft: [],
    })
    expect(walked.printed).toBe(bankMd(ITEM))
    expect(walked.facts).toEqual(expect.arrayContaining(['type: toy', 'layout: 0–10', 'key: mark 7']))

    expect(walked.shown).toMatchObject({ ref: 'q1', type: 'toy', from: 0, to: 10 })
    expect(JSON.stringify(walked.shown)).not.toContain('7')
    expect(walked.page).toContain('<input type="range" name="q1" min="0" max="10" value="6"/>')
    expect(walked.page).toContain('いくつですか')
    expect(walked.posted).toEqual({ saves: [{ item: 'q1', revision: 1, response: { mark: '6' } }], problems: {} })
    expect(walked.sent).toMatchObject({ item: { type: 'toy', from: 0, to: 10 }, response: { mark: '6' } })
    expect(walked.refused).toEqual({ ok: false, problem: 'expected {mark: a whole number}' })
    expect(walked.island).toEqual([{ mark: '6' }, true])

    expect(walked.fromBank).toEqual({ mark: '7' })
    expect(walked.credit).toEqual([0.75])
    expect(walked.report).toEqual({ passed: true, score: 75, passScore: 70 })
    expect(walked.picks).toEqual(['6'])
    expect(walked.broughtBack).toEqual([{ form: 'scale', from: 0, to: 10, mark: 7 }])
    expect(walked.losses).toEqual({ csv: ['whole'], gift: ['changed'], moodle: ['whole'], qti: ['changed'] })
  })
})
