import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishExam } from '../../../src/flows/publish-exam.ts'
import { days, minutes, plus, toRfc3339 } from '../../../src/kernel/instant.ts'
import { pass, sit, submit } from '../../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'
import { bankWithQuestions } from '../../support/tiny-bank.ts'
import { twoPartBank } from '../../support/two-part-bank.ts'

const bank = bankWithQuestions()
let w: FixedWorld
beforeAll(async () => {
  w = await fixedWorld()
  await publishExam(w.world, bank)
})
afterAll(() => w.close())

const page = async (token?: string, lang = 'ja', exam = 'tiny') => {
  const headers = { accept: 'text/html', cookie: `lang=${lang}` }
  const { status, text } = await w.call('GET', `/exams/${exam}`, { ...(token ? { token } : {}), headers })
  expect(status).toBe(200)
  expect(text).not.toMatch(/undefined|\[object|NaN/)
  return text
}
const cardOf = (text: string) => /<aside.*<\/aside>/s.exec(text)?.[0] ?? ''
const rulesOf = (text: string) => [
  ...(/<ul class="rules">.*?<\/ul>/s.exec(text)?.[0].matchAll(/<h3>(.*?)<\/h3>/g) ?? []),
]

describe('the page of an exam', () => {
  it('says the same to whoever is not signed in, who may try it at once and sign in to sit it', async () => {
    const text = await page()
    expect(rulesOf(text).map(([, name]) => name)).toEqual(['時間', '保存', '使えるもの', '受け直し', '結果'])
    const card = cardOf(text)
    expect(card).toContain('href="/launch/again?to=%2Fexams%2Ftiny"')
    expect(card).toContain('href="/exams/tiny/practice"')
    expect(card).not.toMatch(/<form|受験できます|今年の受験/)
  })

  it('takes its figures from the exam', async () => {
    const text = await page()
    for (const said of [
      '8問。時間制限も記録もありません。',
      '45分たつと',
      '14日後から、1年に4回まで。',
      '8問のうちの問題数',
      '<b>4問</b>',
    ])
      expect(text).toContain(said)
    expect(text).not.toContain('最低基準')
  })

  it('starts for whoever may, and leads those who are new to practice', async () => {
    const { token } = await w.launch('w-new')
    const card = cardOf(await page(token))
    expect(card).toContain('受験できます')
    expect(card).toContain('action="/exams/tiny/start#start"')
    expect(card).toContain('まず練習する')
    expect(card.match(/class="btn[^"]*primary/g)).toHaveLength(1)
  })

  it('says from when whoever waits may sit it again, and practice is there meanwhile', async () => {
    const sitting = await sit({ ...w, bank }, 'w-waits')
    await submit(w, sitting)
    const card = cardOf(await page(sitting.token))
    expect(card).toMatch(/まだ受けられません[\s\S]*<time datetime=/)
    expect(card).toContain('retake.ics')
    expect(card).toMatch(/待つ間に[\s\S]*href="\/exams\/tiny\/practice"/)
    expect(card).not.toContain('/start#start')
  })

  it('calls a passed exam passed, and shows its certificate first', async () => {
    const { credential } = await pass({ ...w, bank }, 'w-passed')
    const { token } = await w.launch('w-passed')
    const card = cardOf(await page(token))
    expect(card).toContain('合格済み')
    expect(card).toContain(`href="/credentials/${credential}?lang=ja"`)
    expect(card).not.toMatch(/再受験|まだ受けられません/)
  })

  it('leads from the bar of a phone to what there is to do: start, go on, wait or use the certificate', async () => {
    const barOf = (text: string) => /<p class="mini">.*?<\/p>/s.exec(text)?.[0]
    const sitting = await sit({ ...w, bank }, 'w-bar')
    expect(barOf(await page())).toMatch(/href="#start">受験へ進む/)
    expect(barOf(await page(sitting.token))).toMatch(/href="\/attempts\/att_[^"]+">/)
    await submit(w, sitting)
    expect(barOf(await page(sitting.token))).toMatch(/href="#start">受験について/)
    const { credential } = await pass({ ...w, bank }, 'w-bar-passed')
    const { token } = await w.launch('w-bar-passed')
    expect(barOf(await page(token))).toContain(`href="/credentials/${credential}?lang=ja">証明書を見る`)
  })

  it('says at the yearly limit when it ends', async () => {
    const worker = 'w-often'
    for (let n = 0; n < 4; n++) {
      await submit(w, await sit({ ...w, bank }, worker))
      w.clock.advance(days(15))
    }
    const { token } = await w.launch(worker)
    const card = cardOf(await page(token))
    expect(card).toContain('1年に受けられる回数に達しました。')
    expect(card).toMatch(/<time datetime=/)
  })

  it('promises no time beyond the end of the window in which an exam may be sat', async () => {
    const closesAt = toRfc3339(plus(w.clock.now, minutes(10)))
    await publishExam(w.world, bankWithQuestions({ exam: { id: 'closing', closesAt } }))
    const { token } = await w.launch('w-hurried')
    const text = await page(token, 'ja', 'closing')
    const card = cardOf(text)
    expect(card).toMatch(/制限時間<\/dt><dd><b>10分<\/b>/)
    expect(card).toContain('受験期間の終わりまでです')
    expect(text).toContain('ルールに同意すると、10分が始まります。')
    expect(text).toContain('10分たつと、')
  })

  it('says of a closed exam that it takes nobody any more, and keeps practice', async () => {
    const closed = bankWithQuestions({ exam: { id: 'closed', closesAt: '2026-01-01T00:00:00Z' } })
    await publishExam(w.world, closed)
    const { token } = await w.launch('w-late')
    const card = cardOf(await page(token, 'ja', 'closed'))
    expect(card).toContain('この検定の受付は終わりました。')
    expect(card).toContain('href="/exams/closed/practice"')
    expect(card).not.toMatch(/<form|<time/)
  })

  it('tells readers of English that the materials of tasks are Japanese, before they start', async () => {
    const { exam, ...rest } = twoPartBank()
    await publishExam(w.world, { exam: { ...exam, id: 'two' }, ...rest })
    const { token } = await w.launch('w-english')
    for (const who of [token, undefined]) {
      expect(cardOf(await page(who, 'en', 'two'))).toContain('The materials of the practical tasks are in Japanese')
      expect(cardOf(await page(who, 'ja', 'two'))).not.toContain('実技の資料は日本語です')
    }
  })
})
