import { describe, expect, it } from 'vitest'
import { checkThat } from '../../../src/sandbox/commands/simulate/check.ts'
import { MARK, Visitors } from '../../../src/sandbox/commands/simulate/visitors.ts'
import { type Say, textsOf } from '../../../src/sandbox/commands/texts.ts'
import type { Pair } from '../../../src/sandbox/pair.ts'

const inEnglish = (said: readonly Say[]) => said.map((say) => say(textsOf('en')))

const JOB = 'job_018f0000-0000-7000-8000-000000000001'

/** Visitors of a marketplace that answers everything with the same. */
function visitorsOf(answer: unknown, status = 200) {
  const respond = async (path: string) =>
    Response.json(path === '/demo/session' ? { session: 'sbx' } : answer, {
      status: path === '/demo/session' ? 201 : status,
    })
  return new Visitors(() => ({ callMarket: respond, callPlugin: respond }) as unknown as Pair)
}

describe('what is noticed on the way', () => {
  it('a confidential note that a worker is given', async () => {
    const visitors = visitorsOf({ note: `${MARK} 1` })
    await visitors.market('wrk_0001', { method: 'GET', path: '/v1/contracts/ctr_1/reviews' })
    expect(inEnglish(visitors.watched.leaks)).toEqual(['GET /v1/contracts/ctr_1/reviews to wrk_0001'])
  })

  it('a confidential note in a letter to the plugin', () => {
    const visitors = visitorsOf({})
    visitors.watch({
      to: 'plugin',
      method: 'POST',
      path: '/webhooks/marketplace',
      sent: MARK,
      status: 200,
      received: '',
    })
    expect(inEnglish(visitors.watched.leaks)).toEqual(['POST /webhooks/marketplace to the plugin'])
  })

  it('no leak where an operator reads one', async () => {
    const visitors = visitorsOf({ note: MARK })
    await visitors.market('opr_demo', { method: 'GET', path: '/v1/contracts/ctr_1/hidden-answers?reason=x' })
    expect(visitors.watched).toMatchObject({ leaks: [], notesSeenByOperators: 1 })
  })

  it('an aggregate of four answers', () => {
    const visitors = visitorsOf({})
    const received = JSON.stringify({ hidden: { n: 4, againMean: 8 } })
    visitors.watch({
      to: 'marketplace',
      method: 'GET',
      path: '/v1/reviews/aggregates',
      sent: '',
      status: 200,
      received,
    })
    expect(inEnglish(visitors.watched.thinAggregates)).toEqual(['GET /v1/reviews/aggregates: 4 answers'])
  })

  it('a held job in a list, but not on the page of its own client', async () => {
    const visitors = visitorsOf({ jobs: [{ id: JOB }] })
    visitors.hiddenJobs.set(JOB, { client: 'cli_0001' })
    await visitors.market('cli_0001', { method: 'GET', path: '/v1/jobs/mine' })
    expect(visitors.watched.hiddenJobsShown).toEqual([])
    await visitors.market(null, { method: 'GET', path: '/v1/jobs?limit=20' })
    expect(inEnglish(visitors.watched.hiddenJobsShown)).toEqual([`${JOB} in GET /v1/jobs?limit=20 to anybody on day 0`])
  })

  it('refusals, by call and code', async () => {
    const visitors = visitorsOf({ code: 'wrong-state' }, 409)
    await visitors.market('cli_0001', { method: 'POST', path: '/v1/contracts/ctr_1/accept', body: {} })
    expect([...visitors.watched.refusals]).toEqual([['POST /v1/contracts/…/accept 409 wrong-state', 1]])
  })

  it('a failure of the service, at once', async () => {
    await expect(visitorsOf({}, 500).market(null, { method: 'GET', path: '/v1/jobs' })).rejects.toThrow('answered 500')
  })
})

it('a check names the first things that do not hold, and how many more', () => {
  const check = (...against: readonly string[]) => {
    const { name, holds, detail } = checkThat(
      () => 'x',
      against.map((text) => () => text),
      () => 'all 3',
    )
    return [holds, ...inEnglish([name, detail])]
  }
  expect(check()).toEqual([true, 'x', 'all 3'])
  expect(check('a', 'b', 'c', 'd')).toEqual([false, 'x', 'a; b; c; and 1 more'])
})
