import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetBuilt, isBuilt, noteBuilt, sourcePrint } from '../../src/node/build-stamp.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kentei-stamp-'))
  for (const folder of ['dist', 'src/texts', 'node_modules']) await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, 'src/app.ts'), 'a')
  await writeFile(join(root, 'src/texts/words.json'), '{}')
  noteBuilt(root, sourcePrint(root))
})
afterEach(() => rm(root, { recursive: true, force: true }))

it('a build is of the files as they are, until the next one begins', () => {
  expect(isBuilt(root)).toBe(true)
  forgetBuilt(root)
  expect(isBuilt(root)).toBe(false)
})

it('the print of files is the same however their folder is called', () => {
  expect(sourcePrint(relative(process.cwd(), root))).toBe(sourcePrint(root))
})

const changes: readonly [string, () => Promise<unknown>][] = [
  ['another text in a file', () => writeFile(join(root, 'src/texts/words.json'), '[]')],
  ['one more file', () => writeFile(join(root, 'src/texts/more.json'), '')],
  ['another name of a file', () => rename(join(root, 'src/app.ts'), join(root, 'src/application.ts'))],
  ['other packages', () => writeFile(join(root, 'node_modules/.package-lock.json'), '{}')],
  ['another package.json', () => writeFile(join(root, 'package.json'), '{}')],
]
it.each(changes)('a build is not of the files any more after %s', async (_, change) => {
  await change()
  expect(isBuilt(root)).toBe(false)
})

it('a file that changes while a build is made is missing in it', async () => {
  const before = sourcePrint(root)
  await writeFile(join(root, 'src/app.ts'), 'b')
  noteBuilt(root, before)
  expect(isBuilt(root)).toBe(false)
})
