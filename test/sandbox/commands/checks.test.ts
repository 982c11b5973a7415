import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkMoney } from '../../../src/sandbox/commands/simulate/check-money.ts'
import { checkPersons } from '../../../src/sandbox/commands/simulate/check-persons.ts'
import { checkSecrets } from '../../../src/sandbox/commands/simulate/check-secrets.ts'
import { MARK, Visitors } from '../../../src/sandbox/commands/simulate/visitors.ts'
import { Year } from '../../../src/sandbox/commands/simulate/year.ts'
import { textsOf } from '../../../src/sandbox/commands/texts.ts'
import type { Pair } from '../../../src/sandbox/pair.ts'

const english = textsOf('en')

/** The end of a year in a marketplace that answers these paths so. */
function yearThatAnswers(answers: Readonly<Record<string, unknown>>, pluginFiles: readonly string[] = []): Year {
  const callMarket = async (path: string) => {
    const found = Object.entries({ '/demo/session': { session: 'sbx' }, ...answers }).find(([start]) =>
      path.startsWith(start),
    )
    return found ? Response.json(found[1]) : Response.json({ code: 'not-found' }, { status: 404 })
  }
  const pair = { callMarket, pluginFiles } as unknown as Pair
  const options = { seed: 1, workers: 0, clients: 0, days: 1, rho: 0 }
  return new Year({
    options,
    pair,
    visitors: new Visitors(() => pair),
    posts: [],
    people: { workers: [], clients: [] },
  })
}

describe('the books', () => {
  const line = (transaction: string, kind: string, account: string, debit: number, credit: number) => ({
    transaction,
    kind,
    account,
    debit,
    credit,
  })
  const entries = [
    line('t1', 'payment', 'payment-provider', 1_000, 0),
    line('t1', 'payment', 'client:c', 0, 1_000),
    line('t2', 'hold', 'client:c', 1_000, 0),
    line('t2', 'hold', 'escrow:ctr_1', 0, 1_000),
    line('t3', 'release', 'escrow:ctr_1', 1_000, 0),
    line('t3', 'release', 'worker:w', 0, 900),
    line('t3', 'release', 'fee', 0, 100),
  ]
  const ledger = {
    funded: 1_000,
    released: 900,
    fee: 100,
    refunded: 0,
    held: 0,
    entries,
    transfers: [{ kind: 'payout', state: 'succeeded', amount: 900 }],
  }
  const year = (change: object, sheet = { debits: 3_000, credits: 3_000 }) =>
    yearThatAnswers({
      '/v1/contracts?': { contracts: [{ id: 'ctr_1', status: 'released' }], next: null },
      '/v1/contracts/ctr_1/ledger': { ...ledger, ...change },
      '/v1/escrow/balances': sheet,
    })

  it('balance', async () => {
    const { checks, paid, statuses } = await checkMoney(year({}))
    expect(checks.map(({ holds }) => holds)).toEqual([true, true])
    expect([paid, [...statuses]]).toEqual([900, [['released', 1]]])
  })

  it.each([
    ['a yen that is in no entry', { released: 901 }, 'released 901 by the contract, 900 by the books'],
    ['a transaction with one side', { entries: entries.slice(0, -1) }, '1 transactions do not balance'],
    [
      'money that nobody was paid',
      { transfers: [{ kind: 'payout', state: 'pending', amount: 900 }] },
      'a payout is pending',
    ],
    ['money that is held by no entry', { held: 100 }, 'held 100 by the contract, 0 by the books'],
  ])('show %s', async (_, change, said) => {
    const [, eachContract] = (await checkMoney(year(change))).checks
    expect(eachContract?.holds).toBe(false)
    expect(eachContract?.detail(english)).toContain(said)
  })

  it('show where all together do not balance', async () => {
    const [together] = (await checkMoney(year({}, { debits: 3_000, credits: 2_999 }))).checks
    expect([together?.holds, together?.detail(english)]).toEqual([false, 'debits 3000, credits 2999'])
  })
})

describe('persons', () => {
  const decision = {
    decision: 'dec_1',
    operator: 'opr_demo',
    action: 'take-down',
    statement: { decidedAutomatically: false },
  }
  const story = {
    case: 'cas_1',
    subject: { type: 'job', id: 'job_1' },
    status: 'closed',
    events: [
      { type: 'detected', actor: 'detector' },
      { type: 'decided', actor: 'opr_demo' },
      { type: 'measures-ended', actor: 'system' },
    ],
    decisions: [decision],
    appeals: [{ decision: 'dec_1', decidedBy: 'opr_second' }],
    job: { id: 'job_1', state: 'taken-down' },
  }
  const check = async (change: object) => {
    const [found] = await checkPersons(
      yearThatAnswers({
        '/v1/operators/queue': { subjects: [{ case: 'cas_1' }], next: null },
        '/v1/operators/subjects/cas_1': { ...story, ...change },
      }),
    )
    return found
  }

  it('stand behind what was decided', async () => {
    expect(await check({})).toMatchObject({ holds: true })
  })

  it.each([
    [
      'a decision of the detector',
      { decisions: [{ ...decision, operator: 'detector' }] },
      'dec_1 was decided by detector',
    ],
    [
      'one that was taken automatically',
      { decisions: [{ ...decision, statement: { decidedAutomatically: true } }] },
      'dec_1 was decided by',
    ],
    ['an act of the clock', { events: [{ type: 'decided', actor: 'system' }] }, 'decided by system'],
    [
      'an appeal that was judged by the same person',
      { appeals: [{ decision: 'dec_1', decidedBy: 'opr_demo' }] },
      'judged by whoever decided',
    ],
    ['a job that nobody took down', { decisions: [], appeals: [] }, 'taken down without a decision'],
  ])('are missed behind %s', async (_, change, said) => {
    const found = await check(change)
    expect(found?.holds).toBe(false)
    expect(found?.detail(english)).toContain(said)
  })
})

describe('confidential notes', () => {
  it('are found in a database of the plugin', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kentei-secrets-'))
    try {
      const file = join(folder, 'kentei.db')
      await writeFile(file, Buffer.concat([Buffer.alloc(9_000), Buffer.from(`x${MARK}y`)]))
      expect((await checkSecrets(yearThatAnswers({}, [file])))[0]).toMatchObject({ holds: false })
      await writeFile(file, Buffer.alloc(9_000))
      expect((await checkSecrets(yearThatAnswers({}, [file, join(folder, 'none')])))[0]).toMatchObject({ holds: true })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('are missed where operators do not get them either: then nothing was looked at', async () => {
    const year = yearThatAnswers({})
    year.note('worklist entries')
    expect((await checkSecrets(year))[0]).toMatchObject({ holds: false })
  })
})
