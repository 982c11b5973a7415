import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noteBuilt, sourcePrint } from '../../src/node/build-stamp.ts'
import { keepPast, type PastFor, takeKeptPast } from '../../src/node/kept-past.ts'

let root: string
let into: string
let of: PastFor

const examsOf = async (hash: string) => [{ bank: { hash }, files: [] }] as unknown as Awaited<PastFor['exams']>

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kentei-kept-'))
  into = await mkdtemp(join(tmpdir(), 'kentei-data-'))
  for (const folder of ['src', 'dist']) await mkdir(join(root, folder))
  await writeFile(join(root, 'src/app.ts'), 'a')
  of = { root, ports: { plugin: 8_787, sandbox: 8_788 }, exams: examsOf('sha256:a') }
  await keepPast(of, async (folder) => {
    await mkdir(join(folder, 'sandbox'))
    await writeFile(join(folder, 'keys.json'), '{}', { mode: 0o600 })
    await writeFile(join(folder, 'sandbox/sandbox.db'), 'rows')
  })
  noteBuilt(root, sourcePrint(root))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const folder of [root, into]) await rm(folder, { recursive: true, force: true })
})

it('a kept past is what the next start begins with', async () => {
  expect(await takeKeptPast(of, into)).toBe(true)
  expect(await readFile(join(into, 'sandbox/sandbox.db'), 'utf8')).toBe('rows')
  expect((await stat(join(into, 'keys.json'))).mode & 0o777).toBe(0o600)
})

it('a kept past is for one start, so that no two services have its keys', async () => {
  const second = await mkdtemp(join(into, 'second-'))
  const both = await Promise.all([takeKeptPast(of, into), takeKeptPast(of, second)])
  expect(both.filter(Boolean)).toHaveLength(1)
  expect(await takeKeptPast(of, into)).toBe(false)
  expect((await readdir(root)).filter((name) => name.startsWith('.past'))).toEqual([])
})

it('a kept past is read by its owner alone', async () => {
  expect((await stat(join(root, '.past'))).mode & 0o777).toBe(0o700)
})

const others: readonly [string, () => Promise<PastFor>][] = [
  ['other ports', async () => ({ ...of, ports: { ...of.ports, sandbox: 9_788 } })],
  ['other exams', async () => ({ ...of, exams: examsOf('sha256:b') })],
  ['another name of the marketplace', async () => (vi.stubEnv('MARKETPLACE_BRAND', 'brand.json'), of)],
  [
    'other code',
    async () => {
      await writeFile(join(root, 'src/app.ts'), 'b')
      noteBuilt(root, sourcePrint(root))
      return of
    },
  ],
]
it.each(others)('a kept past is left to others at a start with %s', async (_, other) => {
  expect(await takeKeptPast(await other(), into)).toBe(false)
  expect(await readdir(into)).toEqual([])
  expect(await readdir(join(root, '.past'))).toContain('made-for.txt')
})

it('a kept past is thrown away once it is too old', async () => {
  const then = Date.now() / 1_000 - 3_601
  await utimes(join(root, '.past/made-for.txt'), then, then)
  expect(await takeKeptPast(of, into)).toBe(false)
  expect(await readdir(into)).toEqual([])
  expect((await readdir(root)).filter((name) => name.startsWith('.past'))).toEqual([])
})
