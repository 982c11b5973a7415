import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Market, openMarket } from '../../../support/sandbox/open-market.ts'
import { visitor } from '../../../support/sandbox/visitor.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const open = async (user: string, lang: string) => {
  const person = visitor(market)
  await person.signIn(user)
  return person.open(`/operators/noticed?lang=${lang}`)
}

describe('the page on which operators watch who is noticed', () => {
  it('says what is believed of each exam and how many it rests on, and that nothing is wrong', async () => {
    const { status, text, html } = await open('opr_demo', 'en')
    expect(status).toBe(200)
    for (const said of ['+0.24 ± 0.29', '2.4 times', '0 who passed, 0 others', 'Nothing has to be looked into now'])
      expect(text).toContain(said)
    expect(text).toMatch(/A job was filled[^)]*\) – – Not known yet/)
    expect(html).toContain('/exams/web-writer/evidence?lang=en')
    expect((await open('opr_demo', 'ja')).text).toContain('いま、気をつけることはありません。')
  })

  it('says what has to be looked into', async () => {
    await market.world.db.run(
      sql`insert into exam_beliefs (exam, month, certified, others, d, sigma, ratio, boost_factor, state, since)
        values ('web-writer', '2026-12', 60, 140, -.1, .07, 1, 0, 'not-shown', ${market.clock.now})`,
    )
    const { text } = await open('opr_demo', 'en')
    expect(text).toContain('moved by more than 1 within a month (from 2.4 to 1.0 times)')
    expect(text).toContain('60 who passed, 140 others')
  })

  it('changes an exam to the cautious setting and says who did and why, without a script', async () => {
    const operator = visitor(market)
    await operator.signIn('opr_demo')
    const before = await operator.open('/operators/noticed?lang=en')
    expect(before.text).toContain('Change to the cautious setting')
    const refused = await operator.send('setting-web-writer', { note: '' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('What you write')
    const after = await operator.send('setting-web-writer', { note: 'Held-out days end better.' })
    expect(after.text).toContain('Held-out days end better.')
    expect(after.text).toContain('Change back to the bold setting')
  })

  it('is for operators alone', async () => {
    expect((await open('wrk_003', 'en')).text).not.toContain('Watching who is noticed')
    expect((await market.call('GET', '/operators/noticed')).status).toBe(303)
  })
})
