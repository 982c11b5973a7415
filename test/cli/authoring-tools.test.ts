import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RULE_PAGES } from '../../src/authoring/rule-pages.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { bankMd, examMd, NOW, SINGLE } from '../authoring/bank-fixture.ts'

let cwd: string
let out: string[]
let err: string[]
let stop: () => void
let stopped: Promise<void>

const kentei = (...args: string[]) => {
  const terminal: Terminal = { cwd, isInteractive: false, env: {}, now: () => NOW, out: (line) => out.push(line), err: (line) => err.push(line), stopped: () => stopped, confirm: async () => true }
  return runCli(args, terminal)
}

const write = (path: string, text: string) => writeFile(join(cwd, path), text)

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kentei-tools-'))
  out = []
  err = []
  stopped = new Promise((resolve) => {
    stop = resolve
  })
  await mkdir(join(cwd, 'exams/demo'), { recursive: true })
  await write('exams/demo/exam.md', examMd())
  await write('exams/demo/office.ja.md', bankMd(SINGLE))
})

afterEach(async () => {
  stop()
  await rm(cwd, { recursive: true })
})

describe('kentei explain', () => {
  it('prints a rule in both languages, with what to avoid and what to write', async () => {
    expect(await kentei('explain', 'option/checkbox')).toBe(0)
    expect(out.join('\n')).toMatch(/選択肢の印[\s\S]*## 避けたい書き方[\s\S]*- \[ｘ\] 赤いペン[\s\S]*## 直した書き方[\s\S]*- \[x\] 赤いペン/)
    out = []
    await kentei('explain', 'option/checkbox', '--lang', 'en')
    expect(out.join('\n')).toMatch(/Option marks[\s\S]*## Avoid[\s\S]*## Write/)
  })

  it('lists all rules, or those of a family', async () => {
    await kentei('explain')
    expect(out).toHaveLength(RULE_PAGES.length)
    out = []
    await kentei('explain', 'pill')
    expect(out.map((line) => line.split(' ')[0])).toEqual(['pill/twice', 'pill/unknown', 'pill/unused'])
  })

  it('ends with 2 for a rule that does not exist', async () => {
    expect(await kentei('explain', 'option/chekbox')).toBe(2)
  })
})
