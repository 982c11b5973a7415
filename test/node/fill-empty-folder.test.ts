import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillEmptyFolder } from '../../src/node/data-folder.ts'

describe('a data folder that is filled before the first start', () => {
  let folder: string
  let fills: number
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kentei-fill-'))
    fills = 0
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const fill = async (into: string) => {
    fills += 1
    await mkdir(join(into, 'sandbox'))
    await writeFile(join(into, 'kentei.db'), 'one')
    await writeFile(join(into, 'sandbox/sandbox.db'), 'two')
  }

  it('has everything in its place, and is not filled again', async () => {
    await fillEmptyFolder(folder, fill)
    await fillEmptyFolder(folder, fill)
    expect([fills, (await readdir(folder)).sort()]).toEqual([1, ['kentei.db', 'sandbox']])
    expect(await readFile(join(folder, 'sandbox/sandbox.db'), 'utf8')).toBe('two')
  })

  it('stays as it is where anything lies in it', async () => {
    await writeFile(join(folder, 'keys.json'), 'mine')
    await fillEmptyFolder(folder, fill)
    expect([fills, await readdir(folder)]).toEqual([0, ['keys.json']])
  })

  it('is empty again when filling it fails', async () => {
    const failing = async (into: string) => {
      await fill(into)
      throw new Error('no')
    }
    await expect(fillEmptyFolder(folder, failing)).rejects.toThrow('no')
    expect(await readdir(folder)).toEqual([])
  })

  it('is filled anew after a process that ended in the middle', async () => {
    await mkdir(join(folder, 'unfinished'))
    await writeFile(join(folder, 'unfinished/kentei.db'), 'half')
    await fillEmptyFolder(folder, fill)
    expect([fills, await readFile(join(folder, 'kentei.db'), 'utf8')]).toEqual([1, 'one'])
  })

  it('is taken over to the end after a process that ended while it took it over', async () => {
    await fillEmptyFolder(folder, fill)
    await mkdir(join(folder, 'finished'))
    await rename(join(folder, 'sandbox'), join(folder, 'finished/sandbox'))
    await fillEmptyFolder(folder, fill)
    expect([fills, (await readdir(folder)).sort()]).toEqual([1, ['kentei.db', 'sandbox']])
  })
})
