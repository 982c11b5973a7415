import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendWeeklyNotices } from '../../../src/sandbox/flows/send-weekly-notices.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { type Visitor, visitor } from '../../support/sandbox/visitor.ts'

let market: Market
let client: Visitor
let job = ''
beforeAll(async () => {
  market = await openMarket()
  client = visitor(market)
  await client.signIn('cli_04')
})
afterAll(() => market.close())

const signedIn = async (worker: string): Promise<Visitor> => {
  const one = visitor(market)
  await one.signIn(worker)
  return one
}
/** Who is offered to be invited, from above. */
const offered = (): string[] =>
  client.forms().flatMap(({ id }) => (id.startsWith('invite-') ? [id.slice('invite-'.length)] : []))

describe('inviting people to a job, by forms alone', () => {
  let invited: string[] = []

  it('four people are offered behind the post, each with why', async () => {
    await client.open('/jobs/new')
    const posted = await client.send('post', {
      title: '出荷伝票の入力（120件）',
      body: '注文の一覧を、伝票の様式に入力していただきます。1回につき120件、週に1回です。',
      category: 'business-admin',
      payType: 'fixed',
      payAmount: '12000',
      closesAt: '2026-12-20',
      headcount: '1',
      'welcomes-newcomers': '1',
    })
    job = posted.path.replace(/[?#].*/, '').slice('/jobs/'.length)
    expect(posted.text).toContain('はじめての方歓迎')
    expect(posted.text).toContain('この仕事に声をかける')
    expect(posted.html).toContain('data-code="row-newcomer"')
    expect(offered()).toHaveLength(4)
    expect(new Set(offered()).size).toBe(4)
  })

  it('a person is invited once, even if the form is sent twice, and the next one is offered', async () => {
    invited = [offered()[0], offered()[2]] as string[]
    const form = client.form(`invite-${invited[0]}`)
    const after = await client.send(`invite-${invited[0]}`)
    expect([after.status, after.text.includes('声をかけた人')]).toEqual([200, true])
    expect((await client.post(form.action, form.fields)).status).toBe(200)
    expect(offered()).not.toContain(invited[0])
    expect(offered()).toHaveLength(4)
    await client.send(`invite-${invited[1]}`)
    expect(client.shown().text).toContain('あと8人に声をかけられます')
  })

  it('the invited find it among their work; one declines, the other applies', async () => {
    const [declines, applies] = (await Promise.all(invited.map(signedIn))) as [Visitor, Visitor]
    expect((await declines.open('/work')).text).toContain('出荷伝票の入力（120件）')
    const declined = await declines.send(declines.forms().find(({ id }) => id.startsWith('decline-'))?.id ?? '', {
      invitation: /name="invitation" value="(inv_[^"]+)"/.exec(declines.shown().html)?.[1] ?? '',
    })
    expect([declined.status, declined.text.includes('辞退')]).toEqual([200, true])
    expect((await applies.open(`/jobs/${job}`)).text).toContain('クライアントから声がかかっています')
    const applied = await applies.send('apply', { message: 'ぜひお願いします' })
    expect(applied.text).not.toContain('クライアントから声がかかっています')
    expect((await applies.open('/work')).text).toContain('応募しました')
  })

  it('others see no invitations, and an invitation of somebody else is not theirs to decline', async () => {
    const other = await signedIn('wrk_299')
    expect((await other.open('/work')).text).not.toContain('声をかけられた仕事')
    expect((await other.open(`/jobs/${job}`)).text).not.toContain('この仕事に声をかける')
    expect((await other.post('/work', { invitation: 'inv_x' })).status).toBe(404)
  })

  it('the poster reads who was invited among the applicants, in the order of the search', async () => {
    await (async (worker) => {
      await worker.open(`/jobs/${job}`)
      await worker.send('apply', { message: 'わたしも' })
    })(await signedIn(offered()[0] as string))
    const list = await client.open(`/hiring/jobs/${job}`)
    expect(list.text).toContain('応募した順ではありません')
    expect(list.text).toContain('声をかけました')
    expect(list.text.indexOf('わたしも')).toBeLessThan(list.text.indexOf('ぜひお願いします'))
  })

  it('the list of jobs is narrowed to those that welcome newcomers', async () => {
    const narrowed = await client.open('/jobs?welcomes=newcomers&lang=en')
    expect(narrowed.text).toContain('出荷伝票の入力（120件）')
    expect(narrowed.text).not.toContain('社史（約6万字）')
    expect((await client.open('/jobs?welcomes=x')).status).toBe(200)
  })
})

it('a weekly notice leads to its jobs, and says nothing of one that may not be read any more', async () => {
  const { db } = market.world
  await db.run(sql`INSERT INTO client_histories (client, marks, counted, concluded, paid, paid_workers, accepted, acceptance_days, requests, request_sum, score)
    VALUES ('cli_04', 1, 1, 3, 3, 3, 0, 0, 0, 0, 0) ON CONFLICT (client) DO UPDATE SET paid_workers = 3`)
  const newcomer = 'wrk_001'
  await db.run(
    sql`UPDATE workers SET last_seen_at = ${market.clock.now}, categories = '["business-admin"]' WHERE id = ${newcomer}`,
  )
  await db.run(
    sql`INSERT OR REPLACE INTO weekly_notices VALUES (${newcomer}, ${market.clock.now}, ${market.clock.now}, NULL)`,
  )
  await sendWeeklyNotices(market.world)
  const worker = await signedIn(newcomer)
  const told = await worker.open('/me')
  expect(told.text).toContain('はじめての仕事に向く募集が1件あります')
  expect(told.html).toContain(`href="/jobs/${job}"`)
  await db.run(sql`UPDATE jobs SET state = 'taken-down' WHERE id = ${job}`)
  expect((await worker.open('/me')).html).not.toContain(`href="/jobs/${job}"`)
})
