import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Market, openMarket } from '../../../support/sandbox/open-market.ts'
import { clientReview, reviewRoom, workerReview } from '../../../support/sandbox/review-room.ts'
import { type Visitor, visitor } from '../../../support/sandbox/visitor.ts'

let market: Market
let operator: Visitor
let contract = ''

const SECRET = '星五つにしないと困ると言われました'

beforeAll(async () => {
  market = await openMarket()
  const room = reviewRoom(market)
  const settled = await room.settle()
  contract = settled.id
  await room.reviewBoth(
    settled,
    clientReview({ rest: 5, again: 0, safe: 'no', note: SECRET }),
    workerReview({ rest: 5, note: `${SECRET}（返し）` }),
  )
  operator = visitor(market)
  await operator.signIn('opr_demo')
})
afterAll(() => market.close())

describe('the worklist', () => {
  it('tells that something contradicts itself and not what was answered, and writes down that it was opened', async () => {
    const { text, html } = await operator.open('/operators/reviews')
    expect(text).toContain('評価は高いのに、安全に不安があった')
    expect(text).toContain('この一覧を開いたことは、閲覧の記録に残りました')
    expect(html).not.toContain(SECRET)
    expect((await operator.open('/operators/audit')).text).toContain('食い違いの一覧を開いた')
  })

  it('asks for a reason before anything hidden is read', async () => {
    await operator.open('/operators/reviews')
    const refused = await operator.send(`read-${contract}`, { reason: ' ' })
    expect(refused.status).toBe(422)
    expect(refused.html).not.toContain(SECRET)
  })

  it('shows the answers once, says that the reading was logged, and logs the reason', async () => {
    await operator.open('/operators/reviews')
    const { text, path } = await operator.send(`read-${contract}`, { reason: '連絡を受けたため' })
    expect(text).toContain(SECRET)
    expect(text).toContain('読んだことを記録しました')
    expect((await operator.open(path)).html).not.toContain(SECRET)
    const audit = await operator.open('/operators/audit')
    expect(audit.text).toContain('連絡を受けたため')
    expect(audit.text).toContain('運営の見本')
  })

  it('shows hidden answers on no other page, not even to operators or to those who gave them', async () => {
    const people = await Promise.all(
      ['opr_second', 'cli_01', 'wrk_001'].map(async (user) => {
        const person = visitor(market)
        await person.signIn(user)
        return person
      }),
    )
    for (const person of people)
      for (const path of [
        `/contracts/${contract}`,
        '/workers/wrk_001',
        '/clients/cli_01',
        '/me',
        '/work',
        '/hiring',
        '/operators/reviews',
        '/operators/audit',
        '/operators/contracts',
      ])
        expect((await person.open(path)).html).not.toContain(SECRET)
  })

  it('opens a case about one of the two, and is done with the contract with a note', async () => {
    await operator.open('/operators/reviews')
    await operator.send(`look-${contract}`, { whom: 'client', note: '高い評価を求めていないかを確かめる' })
    const queue = await operator.open('/operators/queue?kind=client')
    expect(queue.text).toContain('評価の食い違いから')
    await operator.open('/operators/reviews')
    expect((await operator.send(`done-${contract}`, { note: '' })).status).toBe(422)
    await operator.send(`done-${contract}`, { note: '件を開いた' })
    expect(operator.shown().text).toContain('食い違いのある契約はありません')
    const again = await operator.post('/operators/reviews', { act: 'done', form: 'x', contract, note: 'もう一度' })
    expect(again.status).toBe(409)
  })
})
