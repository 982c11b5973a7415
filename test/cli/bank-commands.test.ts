import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFolder } from '../../src/cli/check-folder.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const exam = resolve('exams/business-admin')
/** Of one subject of it, where the rest says nothing more: the whole takes seconds to compile. */
const bankOf = (topic: string) => join(exam, `${topic}.ja.md`)
const { write, path, terminal, kentei: run, out, err } = terminalOfEachTest()

async function kentei(...args: string[]) {
  const code = await run(...args)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const TWO_PARTS = `---
id: tiny
title: { ja: 小さな検定 }
level: 3
version: 1
locales: [ja]
parts:
  knowledge: { time: 20m, weight: 30%, floor: 50%, keep: 6mo }
  practical: { time: 50m, weight: 70%, floor: 60%, keep: 6mo, tasks: [{ kind: 表, points: 30 }] }
pass: 70%
valid_for: 2y
retake: { wait: 14d, per_year: 4 }
blueprint:
  office: { title: { ja: 事務 }, draw: 6 }
skills:
  - { id: dr-1, name: { ja: 入力規則の順守 } }
  - { id: dr-2, name: { ja: 番号や0の保護 } }
  - { id: dr-5, name: { ja: 重複と表記ゆれの整理 } }
  - { id: dr-6, name: { ja: 欠けた値の記録と報告 } }
---

# 小さな検定

試験の仕組みを確かめるための、小さな検定です。
`

describe('of an exam with practical tasks', () => {
  const family = readFileSync('test/support/member-list.ja.md', 'utf8').replace('exam: business-admin', 'exam: tiny')
  const live = family.replace('status: 下書き', 'status: 公開')
  const setUp = async (task: string, definition = TWO_PARTS) => {
    await write('tiny/exam.md', definition)
    await write('tiny/office.ja.md', readFileSync('test/support/tiny-exam/office.ja.md', 'utf8'))
    await write('tiny/tasks/member-list.ja.md', task)
  }

  /** What keeps the bank from being published; seen on the first seeds, of which the command takes more. */
  const errors = async () => {
    const options = { now: terminal.now(), language: 'ja', seeds: 20 } as const
    const { compiled, diagnostics } = await checkFolder(path('tiny'), options)
    expect(compiled.bank).toBeUndefined()
    return diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ file, line, message }) => `${file}:${line} ${message}`)
      .join('\n')
  }

  it('every family is drawn, and each simulated candidate is held to its bounds', async () => {
    await setUp(live)
    const { code, out } = await kentei('tasks', 'tiny', '--seeds', '20', '--json')
    expect(code).toBe(0)
    const tried = JSON.parse(out)
    expect(tried).toMatchObject({ exam: 'tiny', family: 'member-list', seeds: 20, distinct: 20 })
    expect(tried.bots).toContainEqual({ name: 'perfect', mean: 1, least: 1, most: 1, holds: true })
    expect(tried.otherPapers).toEqual([
      { papers: 1, mean: 0, holds: true },
      { papers: 3, mean: 0, holds: true },
      { papers: 10, mean: 0, holds: true },
    ])
    expect(tried.grading.holds).toBe(true)
  })

  it.each([
    ['a skill that the exam has not', live.replaceAll('dr-5', 'dr-9'), 'dr-9'],
    [
      'a number that could be somebody’s',
      live.replace('手帳の書き方講座の', '手帳の書き方講座（03-5555-1234）の'),
      '03-5555-1234',
    ],
    [
      'more faults than rows',
      live.replace('| 別の書式 | 申込日 | 4 |', '| 別の書式 | 申込日 | 20 |').replace('rows: 48', 'rows: 24'),
      '× 3',
    ],
    ['an unknown fault', live.replace('| 半角カナ |', '| 半角かな |'), '半角かな'],
    ['a slot that nothing fills', live.replace('（{{行数}}件）', '（{{件数}}件）'), '{{件数}}'],
    ['no family that is live', family, '表'],
  ])('%s is refused with its place', async (_, task, named) => {
    await setUp(task)
    expect(await errors()).toContain(named)
  })

  it('weights that do not add up, and a time beside the parts, are refused', async () => {
    await setUp(live, TWO_PARTS.replace('weight: 30%', 'weight: 40%').replace('pass: 70%', 'time: 45m\npass: 70%'))
    const said = await errors()
    expect(said).toContain('weight')
    expect(said).toContain('「time」か「parts」')
  })
})

describe('of the business bank', () => {
  it('a leaked question is found in a text, and nothing in another', async () => {
    await write(
      'paste.txt',
      '展示会の案内を、取引先20社の担当者に1通のメールで送ってください。20社は互いに面識がありません。どの会社に案内したかは、受け取った会社に知られたくありません。20社のアドレスを、Bcc欄にまとめて入れる',
    )
    const found = await kentei('leak-check', 'paste.txt', exam, '--json')
    expect(found.code).toBe(1)
    expect(JSON.parse(found.out)[0]).toMatchObject({ exam: 'business-admin', item: 'messages-001', locale: 'ja' })
    await write('other.txt', '今日は雨です。')
    expect(await kentei('leak-check', 'other.txt', bankOf('messages'))).toMatchObject({ code: 0, out: '' })
    expect(await kentei('leak-check', 'nowhere.txt', bankOf('messages'))).toMatchObject({ code: 2 })
  })

  it('a honeypot that is found is named first, and told from a leak through candidates', async () => {
    const known =
      '展示会の案内を、取引先20社の担当者に1通のメールで送ってください。20社は互いに面識がありません。どの会社に案内したかは、受け取った会社に知られたくありません。20社のアドレスを、Bcc欄にまとめて入れる'
    const decoy =
      '古書店の在庫の表を、次の規則で整理します。整理した後の表は何行になりますか。規則2：番号が違う行は、書名が同じでもまとめない。山の図鑑 1102、海の図鑑 2204、川の図鑑'
    await write('both.txt', `${known}\n\n${decoy}`)
    const banks = [bankOf('data-research'), bankOf('messages')]
    const { out } = await kentei('leak-check', 'both.txt', ...banks, '--lang', 'en')
    const lines = out.split('\n')
    expect(lines[0]).toMatch(/^data-research-041 \[honeypot\] \(ja\)/)
    expect(lines[1]).toContain('the bank itself leaked')
    expect(lines[2]).toMatch(/^messages-001 \(ja\)/)
    expect(JSON.parse((await kentei('leak-check', 'both.txt', ...banks, '--json')).out)).toMatchObject([
      { item: 'data-research-041', honeypot: true },
      { item: 'messages-001', honeypot: false },
    ])
  })

  it('a note that merely resembles a honeypot is called one, not an alarm', async () => {
    await write('note.txt', '古書店の在庫表の整理、番号が同じなら1行で冊数を足す、番号なしの行はどうするんだっけ')
    const { out } = await kentei('leak-check', 'note.txt', bankOf('data-research'), '--lang', 'en')
    expect(out).toMatch(/data-research-041 \[honeypot\][^\n]*\n {2}This note resembles a honeypot/)
  })

  it('a parametric question that is found tells what was drawn', async () => {
    await write(
      'drawn.txt',
      '次の作業の請求書を作ります。税込の請求額は何円ですか。整数で答えなさい。\n名刺の入力：1件 143円（税抜）を 26件\n消費税率：10%\n端数：税抜の合計から消費税額を求め、1円未満を切り捨てる',
    )
    const [found] = JSON.parse((await kentei('leak-check', 'drawn.txt', bankOf('billing-records'), '--json')).out)
    expect(found).toMatchObject({ item: 'billing-records-019', values: { price: 143, count: 26 } })
  })

  it('an opponent of the author’s own reads options only, and what it picks is counted', async () => {
    const tiny = resolve('test/support/tiny-exam')
    const first = `${process.execPath} -e "require('readline').createInterface({input:process.stdin}).on('line',l=>console.log(Object.keys(JSON.parse(l)).join()==='locale,options'?1:0))"`
    const { out } = await kentei('quality', tiny, '--json', '--opponent', first)
    for (const { guessing, opponent } of JSON.parse(out)[0].locales)
      expect(opponent).toEqual({
        items: guessing.items,
        answered: guessing.items,
        hits:
          guessing.positions.reduce((sum: number, { seen }: { seen: number[] }) => sum + (seen[0] as number), 0) /
          guessing.items,
      })
    const broken = await kentei('quality', tiny, '--opponent', 'exit 3', '--lang', 'en')
    expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('exit 3') })
  })

  it('says which share a bank misses', async () => {
    await write('sentences/exam.md', TWO_PARTS)
    await write('sentences/office.ja.md', readFileSync('test/support/tiny-exam/office.ja.md', 'utf8'))
    const { code, out } = await kentei('quality', path('sentences'))
    expect(code).toBe(1)
    expect(out).toMatch(/[✓✗] 四つの文から一つを選ぶ問題: \d+問、[\d.]+%（20\.0%まで）/)
    expect(out).toMatch(/✗ 表・図・データで解く問題: 0問、0\.0%（40\.0%以上）/)
    expect((await kentei('quality', path('sentences'), '--adversary')).out).toContain('40問に満たない')
  })

  it('keeps the writers’ bank at the asked shares too', async () => {
    expect((await kentei('quality', resolve('exams/web-writer'), '--lang', 'en')).code).toBe(0)
  })

  it('neither naive strategies nor an adversary who learns its tone find the keys, and no paper lacks critical items', async () => {
    expect((await kentei('quality', exam, '--adversary', '--lang', 'en')).code).toBe(0)
    const papers = await kentei('papers', exam, '--count', '100', '--locale', 'en', '--json')
    expect(papers.code).toBe(0)
    const simulated = JSON.parse(papers.out)
    expect(simulated.fewestCritical).toBeGreaterThanOrEqual(3)
    expect(simulated.overlap.most).toBeLessThanOrEqual(0.5)
    expect(simulated.retakes).toMatchObject({ workers: 25, papersEach: 4 })
    expect(simulated.retakes.overlap.most).toBeLessThanOrEqual(0.2)
    expect(simulated.decoys).toEqual([
      { item: 'data-research-041', papers: 0 },
      { item: 'schedule-docs-032', papers: 0 },
    ])
    expect(await kentei('papers', exam, '--count', '1')).toMatchObject({ code: 2 })
  })
})
