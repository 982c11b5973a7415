import { mkdir, rename, rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExitCode } from '../../src/platform/words/command-line.ts'
import { bankMd, examMd, SINGLE } from '../support/bank-fixture.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { path, write, kentei, printed, stop } = terminalOfEachTest({ waits: true })
let done: Promise<ExitCode>

const start = (...args: string[]) => {
  done = kentei('check', '--watch', ...args)
}

const broken = bankMd(SINGLE.replace('- [x] 【', '- [ｘ] 【'))
const BROKEN = 'exams/demo/office.ja.md:17:3 error option/checkbox'

/** The whole runs so far: each from its `---` line to its `===` line. */
const runs = (): string[][] => {
  const found: string[][] = []
  let run: string[] | undefined
  for (const line of printed) {
    if (line.startsWith('--- ')) run = []
    run?.push(line)
    if (!line.startsWith('=== ') || !run) continue
    found.push(run)
    run = undefined
  }
  return found
}

/** The first run after `known` in which `wanted` holds; a save may be seen in two steps. */
async function nextRun(known: number, wanted: (run: string) => boolean): Promise<string> {
  const fitting = () =>
    runs()
      .slice(known)
      .map((run) => run.join('\n'))
      .find(wanted)
  await expect.poll(fitting, { interval: 10 }).toBeDefined()
  return fitting() as string
}

const shows = (text: string) => (run: string) => run.includes(text)
const isSound = (run: string) => /^=== \d+問：エラー 0、/m.test(run)

beforeEach(async () => {
  await write('exams/demo/exam.md', examMd())
  await write('exams/demo/office.ja.md', bankMd(SINGLE))
})

afterEach(async () => {
  stop()
  await done
})

describe('kentei check --watch', () => {
  it('checks at once, again at every save, and ends with 0 when it is stopped, whatever was found', async () => {
    start()
    expect(await nextRun(0, isSound)).toBe('--- exams/demo\n=== 1問：エラー 0、警告 0 (0 ms)')
    await write('exams/demo/office.ja.md', broken)
    expect(await nextRun(1, shows(BROKEN))).toMatch(
      /^--- exams\/demo\/office\.ja\.md\n[\s\S]*\n=== 0問：エラー 2、警告 0 \(0 ms\)$/,
    )
    stop()
    expect(await done).toBe(0)
  })

  it('sees files that are replaced by another, added, renamed and removed', async () => {
    start()
    await nextRun(0, isSound)
    await write('exams/demo/.office.swp', broken)
    await rename(path('exams/demo/.office.swp'), path('exams/demo/office.ja.md'))
    await nextRun(1, shows(BROKEN))
    let known = runs().length
    await write('exams/demo/office.ja.md', bankMd(SINGLE))
    await nextRun(known, isSound)
    known = runs().length
    await write('exams/demo/mail.ja.md', '# no frontmatter\n')
    await nextRun(known, shows('exams/demo/mail.ja.md:1:1 error frontmatter/missing'))
    known = runs().length
    await rename(path('exams/demo/mail.ja.md'), path('exams/demo/post.ja.md'))
    await nextRun(
      known,
      (run) => run.includes('exams/demo/post.ja.md:1:1 error frontmatter/missing') && !run.includes('mail.ja.md:'),
    )
    known = runs().length
    await rm(path('exams/demo/post.ja.md'))
    await nextRun(known, isSound)
    known = runs().length
    await mkdir(path('exams/demo/assets'))
    await write('exams/demo/assets/table.png', 'no picture')
    await nextRun(known, shows('--- exams/demo/assets'))
    known = runs().length
    await write('exams/demo/assets/table.png', 'another picture')
    await nextRun(known, shows('--- exams/demo/assets/table.png'))
  })

  it('outlives bytes that are no text, and a folder that goes and comes back', async () => {
    start()
    await nextRun(0, isSound)
    await write('exams/demo/office.ja.md', Uint8Array.of(0x82, 0xa0, 0xff))
    await nextRun(1, shows('exams/demo/office.ja.md:1:1 error text/encoding'))
    let known = runs().length
    await rm(path('exams/demo'), { recursive: true })
    await nextRun(known, shows('=== 0問：'))
    known = runs().length
    await mkdir(path('exams/demo'))
    await write('exams/demo/exam.md', examMd())
    await write('exams/demo/office.ja.md', bankMd(SINGLE))
    await nextRun(known, (run) => run.includes('=== 1問：') && isSound(run))
  })

  it('says that a folder it was told to watch is gone', async () => {
    start('exams/demo', '--lang', 'en')
    await nextRun(0, shows('=== 1 items: 0 errors'))
    await rm(path('exams/demo'), { recursive: true })
    await nextRun(1, shows('exams/demo: the folder is gone'))
  })

  it('takes in an exam that is begun meanwhile, and says all that is wrong anywhere in each run', async () => {
    await write('exams/demo/office.ja.md', broken)
    start()
    await nextRun(0, shows(BROKEN))
    await mkdir(path('exams/second'))
    await write('exams/second/exam.md', '# nothing yet\n')
    expect(await nextRun(1, shows('exams/second/exam.md:1:1 error frontmatter/missing'))).toContain(BROKEN)
  })

  it('prints one line for each run with a format for programs', async () => {
    start('--format', 'json')
    await nextRun(0, isSound)
    await write('exams/demo/office.ja.md', broken)
    const [, json = ''] = (await nextRun(1, shows('option/checkbox'))).split('\n')
    expect(JSON.parse(json)).toContainEqual(
      expect.objectContaining({ file: 'exams/demo/office.ja.md', line: 17, rule: 'option/checkbox' }),
    )
  })

  it('does not start on nothing, nor with --fix', async () => {
    start('nowhere')
    expect(await done).toBe(2)
    start('--fix')
    expect(await done).toBe(2)
  })
})
