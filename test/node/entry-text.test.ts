import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entryText } from '../../src/node/entry-text.ts'
import { built } from '../support/built.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kentei-entry-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Runs a program whose bundle has syntax or calls of its own. */
async function run(engines: string, main: string) {
  await writeFile(join(folder, 'program.main.mjs'), main)
  await writeFile(join(folder, 'program.mjs'), entryText('program.main.mjs', engines))
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'program.mjs'), 'word'], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

it.each([`>=${major + 1}.0`, `>=${major}.${minor + 1}`])(
  'an older Node than %s is told what is needed, and no more is loaded',
  async (engines) => {
    const said = `kentei: Node ${engines.slice(2)} or newer is needed; this is ${process.versions.node}\n`
    expect(await run(engines, 'syntax of the future')).toEqual({ status: 1, stdout: '', stderr: said })
  },
)

it.each([`>=${major}.${minor}`, `>=${major - 1}.99`])(
  '%s is new enough: the program runs with its arguments',
  async (engines) => {
    expect(await run(engines, 'console.log(process.argv[2])')).toEqual({ status: 0, stdout: 'word\n', stderr: '' })
  },
)

describe.each(['kentei', 'sandbox'])('%s of the build', (name) => {
  beforeAll(built)
  const run = (program: string, ...args: string[]) =>
    spawnSync(program, args, {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
    })

  it('is a program that a shell runs by itself', () => {
    expect(run(`dist/${name}.mjs`, '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(name),
      stderr: '',
    })
  })

  it('is what npx runs by its name', () => {
    expect(run('npx', '--offline', name, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining(name) })
  })
})
