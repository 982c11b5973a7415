import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const exam = resolve('exams/business-admin')
const { write, kentei: run, out, err } = terminalOfEachTest()

async function kentei(...args: string[]) {
  const code = await run(...args)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('of the business bank', () => {
  it('a leaked question is found in a text, and nothing in another', async () => {
    await write(
      'paste.txt',
      '展示会の案内を、取引先20社の担当者に1通のメールで送ってください。20社は互いに面識がありません。どの会社に案内したかは、受け取った会社に知られたくありません。20社のアドレスを、Bcc欄にまとめて入れる',
    )
    const found = await kentei('leak-check', 'paste.txt', exam, '--json')
    expect(found.code).toBe(1)
    expect(JSON.parse(found.out)[0]).toMatchObject({ item: 'messages-001', locale: 'ja' })
    await write('other.txt', '今日は雨です。')
    expect(await kentei('leak-check', 'other.txt', exam)).toMatchObject({ code: 0, out: '' })
    expect(await kentei('leak-check', 'nowhere.txt', exam)).toMatchObject({ code: 2 })
  })

  it('a honeypot that is found is named first, and told from a leak through candidates', async () => {
    const known =
      '展示会の案内を、取引先20社の担当者に1通のメールで送ってください。20社は互いに面識がありません。どの会社に案内したかは、受け取った会社に知られたくありません。20社のアドレスを、Bcc欄にまとめて入れる'
    const decoy =
      '古書店の在庫の表を、次の規則で整理します。整理した後の表は何行になりますか。規則2：番号が違う行は、書名が同じでもまとめない。山の図鑑 1102、海の図鑑 2204、川の図鑑'
    await write('both.txt', `${known}\n\n${decoy}`)
    const { out } = await kentei('leak-check', 'both.txt', exam, '--lang', 'en')
    const lines = out.split('\n')
    expect(lines[0]).toMatch(/^data-research-041 \[honeypot\] \(ja\)/)
    expect(lines[1]).toContain('the bank itself leaked')
    expect(lines[2]).toMatch(/^messages-001 \(ja\)/)
    expect(JSON.parse((await kentei('leak-check', 'both.txt', exam, '--json')).out)).toMatchObject([
      { item: 'data-research-041', honeypot: true, exam: 'business-admin' },
      { item: 'messages-001', honeypot: false },
    ])
  })

  it('a note that merely resembles a honeypot is called one, not an alarm', async () => {
    await write('note.txt', '古書店の在庫表の整理、番号が同じなら1行で冊数を足す、番号なしの行はどうするんだっけ')
    const { out } = await kentei('leak-check', 'note.txt', exam, '--lang', 'en')
    expect(out).toMatch(/data-research-041 \[honeypot\][^\n]*\n {2}This note resembles a honeypot/)
  })

  it('a parametric question that is found tells what was drawn', async () => {
    await write(
      'drawn.txt',
      '次の作業の請求書を作ります。税込の請求額は何円ですか。整数で答えなさい。\n名刺の入力：1件 143円（税抜）を 26件\n消費税率：10%\n端数：税抜の合計から消費税額を求め、1円未満を切り捨てる',
    )
    const [found] = JSON.parse((await kentei('leak-check', 'drawn.txt', exam, '--json')).out)
    expect(found).toMatchObject({ item: 'billing-records-019', values: { price: 143, count: 26 } })
  })

  it('no naive strategy beats chance by more than five points, and no paper lacks its critical items', async () => {
    expect((await kentei('quality', exam, '--lang', 'en')).code).toBe(0)
    const papers = await kentei('papers', exam, '--count', '100', '--locale', 'en', '--json')
    expect(papers.code).toBe(0)
    const simulated = JSON.parse(papers.out)
    expect(simulated.fewestCritical).toBeGreaterThanOrEqual(4)
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
