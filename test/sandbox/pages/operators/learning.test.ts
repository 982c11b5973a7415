import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { minutes } from '../../../../src/kernel/instant.ts'
import { isHeldOut, type LearningFault, learningFaults } from '../../../../src/sandbox/detector/candidate/learning.ts'
import { latestChanges, latestTraining } from '../../../../src/sandbox/detector/candidate/store.ts'
import { followDetector } from '../../../../src/sandbox/flows/follow-detector.ts'
import { postJob } from '../../../../src/sandbox/flows/post-job.ts'
import { switchDetector } from '../../../../src/sandbox/flows/switch-detector.ts'
import { decidedPosts } from '../../../../src/sandbox/flows/train-candidate.ts'
import { labelInsertion } from '../../../../src/sandbox/moderation/label/store.ts'
import { measures, moderationDecisions, moderationSubjects } from '../../../../src/sandbox/moderation/tables.ts'
import type { Person } from '../../../../src/sandbox/people/person.ts'
import { fakeLearner } from '../../../support/sandbox/fake-learner.ts'
import { type Market, openMarket } from '../../../support/sandbox/open-market.ts'
import { type Visitor, visitor } from '../../../support/sandbox/visitor.ts'

const PATH = '/operators/detector/learning'
const REASON = '新しい手口を見つけるため。'

let market: Market
let first: Visitor
let second: Visitor
let by = 20
const fake = fakeLearner(() => by)

const operator: Person = { id: 'opr_demo', role: 'operator' } as Person

/** A plain post, which the committed model publishes. */
async function post(client: string, title: string): Promise<string> {
  const posted = await postJob(market.world, {
    client,
    anyway: true,
    draft: {
      title,
      body: '紙の名簿120件を表計算ソフトに入力していただきます。見本をお渡しします。納期は2週間です。',
      category: 'business-admin',
      pay: { type: 'fixed', amount: 12_000 },
      closesAt: null,
      headcount: 1,
      welcomesNewcomers: false,
    },
  })
  if (!posted.ok) throw new Error(posted.problem.code)
  return `${posted.value.id} ${posted.value.assessment.band}`
}

async function decide(nth: number, unlawful: boolean): Promise<void> {
  const { db, now } = market.world
  await labelInsertion(db, {
    id: `lbl_${String(nth).padStart(3, '0')}`,
    job: `job_decided_${nth}`,
    title: '名簿の入力',
    body: `紙の名簿${nth}件を表に入力していただきます。`,
    category: 'business-admin',
    pay: { type: 'fixed', amount: 5_000 },
    accountAgeDays: 3,
    kinds: unlawful ? ['other'] : [],
    decision: `dec_${nth}`,
    operator: 'opr_demo',
    at: now(),
  })
}

const ended = () => vi.waitUntil(() => market.world.detector?.training === undefined, { timeout: 60_000 })

/** Trains to the end, or to a fault. */
async function train(fault?: LearningFault): Promise<void> {
  await first.open(PATH)
  await first.send('train')
  await vi.waitUntil(() => fake.orders.length > 0, { timeout: 60_000 })
  fake.finish(fault)
  await ended()
  fake.orders.length = 0
}

beforeAll(async () => {
  market = await openMarket()
  Object.assign(market.world, { learner: fake.learner })
  first = visitor(market)
  second = visitor(market)
  await first.signIn('opr_demo')
  await second.signIn('opr_second')
})
afterAll(() => market.close())

describe('a training', () => {
  it('is not begun without decisions, and says why', async () => {
    await first.open(PATH)
    const refused = await first.send('train')
    expect(refused.status).toBe(409)
    expect(await latestTraining(market.world.db)).toBeUndefined()
  })

  it('runs once at a time, shows how far it is, and can be cancelled', async () => {
    for (let nth = 0; nth < 12; nth += 1) await decide(nth, nth % 2 === 0)
    await first.open(PATH)
    const begun = await first.send('train')
    await vi.waitUntil(() => fake.orders.length === 1, { timeout: 60_000 })
    expect(begun.text).toContain('学習中')
    fake.step(2, 5)
    await vi.waitUntil(async () => (await latestTraining(market.world.db))?.step === 2, { timeout: 60_000 })
    const seen = await second.open(PATH)
    expect(seen.text).toContain('5段階のうち2段階まで')
    expect(second.forms().map(({ id }) => id)).not.toContain('train')
    expect((await second.post(PATH, { act: 'train', form: 'train' })).status).toBe(409)
    const cancelled = await second.send('cancel')
    await ended()
    expect(cancelled.text).toContain('学習をやめました。')
    expect(fake.orders.length).toBe(1)
    fake.orders.length = 0
  })

  it.each(learningFaults.filter((fault) => fault !== 'cancelled'))(
    'that ends with %s leaves what decides as it is and says so',
    async (fault) => {
      const before = market.world.detector?.serving
      await train(fault)
      const { text } = await first.open(PATH)
      expect(await latestTraining(market.world.db)).toMatchObject({ state: 'failed', fault })
      expect(text).toContain('判定器は変わっていません。')
      expect(market.world.detector?.serving).toBe(before)
      expect(market.world.detector?.tried).toBeUndefined()
    },
  )

  it('whose process is gone counts as interrupted, and another can begin', async () => {
    await first.open(PATH)
    await first.send('train')
    const other = await market.open()
    const lost = market.world.detector?.training
    market.advance(minutes(3))
    expect((await first.open(PATH)).text).toContain('学習していた処理が途中でなくなりました。')
    lost?.abort()
    await ended()
    fake.orders.length = 0
    await other.close()
  })

  it('learns from what was decided, but neither from what is held out nor from what was taken back', async () => {
    const { db } = market.world
    await db.insert(moderationSubjects).values({
      id: 'cas_back',
      kind: 'job',
      ref: 'job_decided_3',
      status: 'closed',
      version: 1,
      openedBy: 'detector',
      openedAt: market.world.now(),
      updatedAt: market.world.now(),
      points: 0,
      reports: 0,
      alleged: false,
      automated: true,
      final: true,
    })
    await db.insert(moderationDecisions).values({
      id: 'dec_3',
      subject: 'cas_back',
      action: 'take-down',
      kinds: [],
      operator: 'opr_demo',
      decidedAt: market.world.now(),
      statement: {} as never,
    })
    await db.insert(measures).values({
      decision: 'dec_3',
      kind: 'job',
      target: 'job_decided_3',
      effect: 'take-down',
      endedAt: market.world.now(),
      endedBy: 'reinstatement',
    })
    const decided = await decidedPosts(market.world)
    expect(decided.map(({ id }) => id)).not.toContain('job_decided_3')
    await train()
    const training = await latestTraining(db)
    expect(training).toMatchObject({ state: 'done', heldOut: decided.filter(isHeldOut).length })
    expect((training?.learnt ?? 0) + (training?.heldOut ?? 0)).toBe(11)
  })
})

describe('the model that is tried', () => {
  it('is shown beside the one that decides, with numbers and intervals', async () => {
    const { text } = await first.open(PATH)
    expect(text).toContain('見せていない決定で比べる')
    expect(text).toMatch(/件中\d+件 \d+–\d+%/)
    expect(text).toContain('この4週間の募集で比べる')
  })

  it('decides nothing: a new text is published as before, and that it would not be is kept', async () => {
    const [id, band] = (await post('cli_05', '名簿の入力をお願いします')).split(' ')
    expect(band).toBe('publish')
    const { html, text } = await first.open(PATH)
    expect(html).toContain(`href="/jobs/${id}"`)
    expect(text).toContain('名簿の入力をお願いします')
    expect(text).toContain('学習のあとに届いた文章')
  })

  it('is there again after a new start', async () => {
    const again = await market.open()
    expect(again.detector?.tried?.model.version).toBe(market.world.detector?.tried?.model.version)
    expect(again.detector?.serving.id).toBeNull()
    await again.close()
  })
})

describe('a switch', () => {
  it('asks why', async () => {
    await first.open(PATH)
    expect((await first.send('switch', { note: '' })).status).toBe(422)
    expect(await latestChanges(market.world.db, 1)).toEqual([])
  })

  it('of two operators at once is made once, has effect for the next text, and is recorded', async () => {
    const model = market.world.detector?.tried?.id as string
    const wanted = { version: 0, model, note: REASON }
    const done = await Promise.all([
      switchDetector(market.world, operator, wanted),
      switchDetector(market.world, { ...operator, id: 'opr_second' }, wanted),
    ])
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await post('cli_06', '名簿の入力をお願いします')).split(' ')[1]).not.toBe('publish')
    const { text } = await first.open(PATH)
    expect(text).toContain(REASON)
    expect(text).toContain('新しい判定器に切り替え')
    expect(market.world.detector?.tried).toBeUndefined()
  })

  it('is followed by another process that serves, and by a new start', async () => {
    const again = await market.open()
    expect(again.detector?.serving.id).toBe(market.world.detector?.serving.id)
    await first.open(PATH)
    await first.send('back', { note: '止めすぎるため。' })
    expect(again.detector?.serving.id).not.toBeNull()
    await followDetector(again)
    expect(again.detector?.serving.id).toBeNull()
    await again.close()
  })

  it('back has effect for the next text, and can be switched back again', async () => {
    expect((await post('cli_07', '名簿の入力をお願いします')).split(' ')[1]).toBe('publish')
    await first.open(PATH)
    await first.send('back', { note: REASON })
    expect((await post('cli_07', '名簿の清書をお願いします')).split(' ')[1]).not.toBe('publish')
    await first.open(PATH)
    await first.send('back', { note: REASON })
    const acts = (await latestChanges(market.world.db, 9)).map(({ act, operator: who }) => `${act} ${who}`)
    expect(acts).toEqual(['back opr_demo', 'back opr_demo', 'back opr_demo', expect.stringMatching(/^switch opr_/)])
  })

  it('is refused to somebody who has read an older version', async () => {
    by = 3
    await train()
    await first.open(PATH)
    await second.open(PATH)
    await first.send('prevalence', { prevalence: '5', note: REASON })
    expect((await second.send('switch', { note: REASON })).status).toBe(409)
    expect(market.world.detector?.serving.id).toBeNull()
  })

  it('to a model that was thrown away is refused', async () => {
    await first.open(PATH)
    await second.open(PATH)
    await first.send('drop')
    expect((await second.send('switch', { note: REASON })).status).toBe(409)
    expect(market.world.detector?.tried).toBeUndefined()
  })
})

describe('the share of breaches', () => {
  it('is looked at before it is set, and changes nothing by that', async () => {
    await first.open(PATH)
    const { text } = await first.send('prevalence', { prevalence: '１０', only: 'look' })
    expect(text).toContain('10.0%')
    expect(market.world.detector?.serving.model.prevalence).toBe(0.05)
  })

  it.each(['0.1', '31', '三', ''])('%o is refused', async (prevalence) => {
    await first.open(PATH)
    expect((await first.send('prevalence', { prevalence, note: REASON })).status).toBe(422)
  })

  it('moves probabilities and thresholds at once, for good, and is recorded', async () => {
    const before = market.world.detector?.serving.model.thresholds
    await first.open(PATH)
    const { text } = await first.send('prevalence', { prevalence: '20%', note: '増えているため。' })
    expect(text).toContain('違反の割合を20.0%に変更')
    expect(market.world.detector?.serving.model.thresholds).not.toEqual(before)
    const again = await market.open()
    expect(again.detector?.serving.model.prevalence).toBe(0.2)
    await again.close()
  })
})

it('a service without threads says how it is trained there', async () => {
  const { learner } = market.world
  Object.assign(market.world, { learner: undefined })
  const { text } = await first.open(PATH)
  expect(text).toContain('npm run sandbox -- detector train')
  expect(first.forms().map(({ id }) => id)).not.toContain('train')
  Object.assign(market.world, { learner })
})

it('nobody but operators opens the page', async () => {
  const client = visitor(market)
  await client.signIn('cli_05')
  expect((await client.open(PATH)).status).not.toBe(200)
  expect((await client.post(PATH, { act: 'train', form: 'train' })).status).not.toBe(200)
  expect(await latestChanges(market.world.db, 20)).toHaveLength(6)
})
