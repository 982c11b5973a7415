import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { NOW } from '../authoring/bank-fixture.ts'

const exam = resolve('exams/business-admin')
let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kentei-bank-'))
})
afterAll(() => rm(cwd, { recursive: true }))

async function kentei(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const terminal: Terminal = {
    cwd,
    isInteractive: false,
    env: {},
    now: () => NOW,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    stopped: () => Promise.resolve(),
    confirm: async () => true,
  }
  const code = await runCli(args, terminal)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('of the business bank', () => {
  it('a leaked question is found in a text, and nothing in another', async () => {
    await writeFile(
      join(cwd, 'paste.txt'),
      '展示会の案内を、取引先20社の担当者に1通のメールで送ってください。20社は互いに面識がありません。どの会社に案内したかは、受け取った会社に知られたくありません。20社のアドレスを、Bcc欄にまとめて入れる',
    )
    const found = await kentei('leak-check', 'paste.txt', exam, '--json')
    expect(found.code).toBe(1)
    expect(JSON.parse(found.out)[0]).toMatchObject({ item: 'messages-001', locale: 'ja' })
    await writeFile(join(cwd, 'other.txt'), '今日は雨です。')
    expect(await kentei('leak-check', 'other.txt', exam)).toMatchObject({ code: 0, out: '' })
    expect(await kentei('leak-check', 'nowhere.txt', exam)).toMatchObject({ code: 2 })
  })

  it('no naive strategy beats chance by more than five points, and no paper lacks its critical items', async () => {
    expect((await kentei('quality', exam, '--lang', 'en')).code).toBe(0)
    const papers = await kentei('papers', exam, '--count', '100', '--locale', 'en', '--json')
    expect(papers.code).toBe(0)
    const simulated = JSON.parse(papers.out)
    expect(simulated.fewestCritical).toBeGreaterThanOrEqual(4)
    expect(simulated.overlap.most).toBeLessThanOrEqual(0.5)
    expect(await kentei('papers', exam, '--count', '1')).toMatchObject({ code: 2 })
  })
})
