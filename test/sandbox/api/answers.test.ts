import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signWebhook } from '../../../src/platform/outbox/webhook.ts'
import { calls } from '../../../src/sandbox/api/calls.ts'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { type AnswerDesk, openAnswerDesk, type Request } from '../../support/sandbox/answer-desk.ts'
import { callNamed } from '../../support/sandbox/documented.ts'
import { draft } from '../../support/sandbox/job-board.ts'
import { WEBHOOK_SECRET } from '../../support/sandbox/open-market.ts'
import { clientReview, DAY, revealReview, workerReview } from '../../support/sandbox/review-room.ts'

/** Somebody else was first: what is only so for a moment. */
const OVERTAKEN = 'conflict'
/** Who is signed in is there, unless they are erased at that moment. */
const erasedMeanwhile = ['not-found', 'worker-erased']
/** Refusals of a moment too, or of so many acts that others try them: the act is judged by the same flow as others here. */
const beyond: Readonly<Record<string, readonly string[]>> = {
  'post /demo/trigger': ['wrong-state'],
  'post /v1/jobs/{id}/applications': ['worker-erased', 'rate-limited'],
  'post /v1/appeals/{id}/decide': ['wrong-state'],
  'post /v1/operators/client-blocks/{id}/decide': ['wrong-state'],
  'put /v1/payout-account': erasedMeanwhile,
  'get /v1/samples': erasedMeanwhile,
  'put /v1/samples/{category}': erasedMeanwhile,
  'delete /v1/samples/{category}': erasedMeanwhile,
}

let desk: AnswerDesk
let well: AnswerDesk['well']
let refused: AnswerDesk['refused']
beforeAll(async () => {
  desk = await openAnswerDesk()
  ;({ well, refused } = desk)
})
afterAll(() => desk.close())

const of = (id: string) => ({ id })
const work = { title: '名簿の整理', category: 'business-admin', amount: 10_000 }
const propose = async (change: object = {}, user = 'cli_01') =>
  well('post /v1/contracts', { user, body: { worker: 'wrk_001', ...work, ...change } })
const step = (verb: string, id: string, user: string, body: object = {}) =>
  well(`post /v1/contracts/{id}/${verb}`, { user, ids: of(id), body })
const refusedStep = (code: string, verb: string, id: string, user: string, body: object = {}) =>
  refused(code, `post /v1/contracts/{id}/${verb}`, { user, ids: of(id), body })
const paid = async (change: object = {}) => step('fund', (await propose(change)).id, 'cli_01')
const post = async (user: string, change: object = {}) =>
  (await well('post /v1/jobs', { user, body: { ...draft, ...change } })).id
const wait = (advance: string) => well('post /demo/clock', { body: { advance } })

describe('what the marketplace answers is what its OpenAPI document says', () => {
  it('of itself, and in a demonstration', async () => {
    for (const name of ['jwks.json', 'did.json', 'webhook-keys.json', 'kentei-marketplace.json', 'security.txt'])
      await well(`get /.well-known/${name}`)
    await well('get /openapi.json')
    await well('get /demo/clock')
    await wait('PT1S')
    await well('post /demo/session', { body: { user: 'wrk_001' } })
    await well('post /demo/launch', { body: { worker: 'wrk_001', exam: 'business-admin' } })
    await well('post /demo/workers/{id}/standing', { ids: of('wrk_060'), body: { status: 'suspended' } })
    await well('post /demo/workers/{id}/erase', { ids: of('wrk_030') })
    await refused('worker-erased', 'post /demo/workers/{id}/erase', { ids: of('wrk_030') })
    await well('post /demo/trigger', { body: { event: 'escrow.released', worker: 'wrk_005' } })
    await refused('standing', 'post /demo/trigger', { body: { event: 'contract.formed', worker: 'wrk_suspended' } })
    await refused('not-found', 'post /demo/session', { body: { user: 'nobody' } })
    for (const worker of ['wrk_nobody', 'wrk_030']) {
      await desk.ask('post /demo/launch', { body: { worker } })
      await desk.ask('post /demo/trigger', { body: { event: 'escrow.released', worker } })
    }
    await well('get /api/workers', { query: 'category=business-admin&limit=3' })
    await well('get /api/workers/{id}', { ids: of('wrk_001') })
  })

  it('to the plugin', async () => {
    const { badgeBody, signalBody } = desk.market
    const [badge, signal] = [
      { worker: 'wrk_040', credential: 'crd_1' },
      { worker: 'wrk_040', exam: 'business-admin' },
    ]
    await well('get /v1/workers/{worker}/standing', { ids: badge })
    await well('put /v1/workers/{worker}/badges/{credential}', { ids: badge, body: await badgeBody('crd_1') })
    const second = { ...badge, credential: 'crd_3' }
    await well('put /v1/workers/{worker}/badges/{credential}', { ids: second, body: await badgeBody('crd_3') })
    const tampered = { ...(await badgeBody('crd_2')), credential: (await badgeBody('crd_2')).credential.slice(0, -4) }
    await refused('badge-refused', 'put /v1/workers/{worker}/badges/{credential}', { ids: badge, body: tampered })
    await well('put /v1/workers/{worker}/ranking-signals/{exam}', { ids: signal, body: signalBody() })
    await well('delete /v1/workers/{worker}/ranking-signals/{exam}', { ids: signal, body: { version: 2 } })
    const { id } = await paid({ worker: 'wrk_040' })
    const freeze = (contract: string, credential: string) => ({ ids: { contract }, body: { credential } })
    await well('put /v1/contracts/{contract}/skill-context', freeze(id, 'crd_1'))
    await refused(
      'malformed',
      'put /v1/contracts/{contract}/skill-context',
      freeze((await paid({ worker: 'wrk_041' })).id, 'crd_1'),
    )
    await desk.ask('put /v1/contracts/{contract}/skill-context', freeze(id, 'crd_3'))
    await desk.ask('put /v1/contracts/{contract}/skill-context', freeze((await propose()).id, 'crd_1'))
    await well('get /v1/escrow/contracts', { query: 'worker=wrk_040' })
    await well('get /v1/exams/{exam}/noticed', { ids: signal })
    await well('get /v1/exams/{exam}/jobs', { ids: signal })
    await well('get /v1/workers/{worker}/noticed', { ids: badge, query: 'exam=business-admin' })
    // what fails as it was told to, and where keys cannot be read
    await well('post /demo/faults', { body: { status: 500, times: 1 } })
    await desk.ask('get /v1/workers/{worker}/standing', { ids: badge })
    for (let call = 0; call < 3; call += 1) await desk.ask('get /v1/escrow/contracts', { query: 'worker=wrk_flaky' })
    for (const worker of ['wrk_nobody', 'wrk_030'])
      for (const name of ['get /v1/escrow/contracts', 'get /v1/reviews/aggregates'])
        await desk.ask(name, { query: `worker=${worker}` })
    const subject = { type: 'credential', id: 'crd_1', worker: 'wrk_040' }
    const report = { subject, policy: 'suspected-cheating', automated: false, evidence: {} }
    const opened = await well('post /v1/moderation/cases', { body: report })
    await well('get /v1/moderation/cases/{case}', { ids: opened })
    for (const worker of ['wrk_nobody', 'wrk_030'])
      await desk.ask('post /v1/moderation/cases', { body: { ...report, subject: { type: 'worker', id: worker } } })
    const event = {
      id: 'evt_1',
      type: 'credential.issued',
      timestamp: '2026-11-25T03:00:00.000Z',
      data: { credential: 'crd_1', worker: 'wrk_040', exam: 'business-admin', version: 1 },
    }
    const send = async (text: string) => {
      const headers = await signWebhook({
        id: 'evt_1',
        at: desk.market.clock.now,
        body: text,
        signers: [{ secret: WEBHOOK_SECRET }],
      })
      return { body: text, headers: { ...headers } }
    }
    await well('post /webhooks/kentei', await send(JSON.stringify(event)))
    await refused('malformed', 'post /webhooks/kentei', await send('{}'))
    await refused('signature-invalid', 'post /webhooks/kentei', { ...(await send(JSON.stringify(event))), body: '{}' })
  })

  it('about jobs', async () => {
    const id = await post('cli_01')
    const [job, worker] = [of(id), 'wrk_002']
    await well('get /v1/jobs', { query: 'limit=2' })
    await well('get /v1/jobs/mine', { user: 'cli_01' })
    await well('get /v1/jobs/{id}', { ids: job })
    await well('post /v1/jobs/{id}/edit', { user: 'cli_01', ids: job, body: { title: '議事録の清書' } })
    const suspect = { body: '会議の録音から議事録を作ってください。[0.97]' }
    await refused('text-warned', 'post /v1/jobs', { user: 'cli_01', body: { ...draft, ...suspect } })
    await refused('text-warned', 'post /v1/jobs/{id}/edit', { user: 'cli_01', ids: job, body: suspect })
    const waiting = of(await post('cli_01', { ...suspect, sendAnyway: true }))
    await desk.untilRefused('rate-limited', 'post /v1/jobs/{id}/edit', (nth) => ({
      ...{ user: 'cli_01', ids: waiting },
      body: { title: `清書 ${nth}`, sendAnyway: true },
    }))

    const apply = (user: string, message: string, ids = job) => ({ user, ids, body: { message } })
    const application = await well('post /v1/jobs/{id}/applications', apply('wrk_001', '月曜から始められます。'))
    await refused('already-done', 'post /v1/jobs/{id}/applications', apply('wrk_001', 'もう一度'))
    await refused('text-warned', 'post /v1/jobs/{id}/applications', apply('wrk_003', '[0.97]'))
    await refused('standing', 'post /v1/jobs/{id}/applications', apply('wrk_060', '始められます。'))
    await well('get /v1/jobs/{id}/applications', { user: 'cli_01', ids: job })
    await well('get /v1/applications', { user: 'wrk_001' })
    await well('post /v1/applications/{id}/withdraw', {
      user: 'wrk_001',
      ids: of(application.id ?? application.application),
      body: {},
    })

    await well('get /v1/jobs/{id}/suggestions', { user: 'cli_01', ids: job })
    const invite = (whom: string, ids = job) => ({ user: 'cli_01', ids, body: { worker: whom } })
    const invitation = await well('post /v1/jobs/{id}/invitations', invite(worker))
    await refused('already-done', 'post /v1/jobs/{id}/invitations', invite(worker))
    await refused('wrong-state', 'post /v1/jobs/{id}/invitations', invite('wrk_suspended'))
    await refused('worker-erased', 'post /v1/jobs/{id}/invitations', invite('wrk_030'))
    await well('get /v1/invitations', { user: worker })
    await well('post /v1/invitations/{id}/decline', { user: worker, ids: of(invitation.id), body: {} })
    const taken = await well('post /v1/jobs/{id}/invitations', invite('wrk_004'))
    await well('post /v1/jobs/{id}/applications', apply('wrk_004', '始められます。'))
    await refused('wrong-state', 'post /v1/invitations/{id}/decline', { user: 'wrk_004', ids: of(taken.id), body: {} })
    const { applications } = await well('get /v1/jobs/{id}/applications', { user: 'cli_01', ids: job })
    await desk.untilRefused('rate-limited', 'post /v1/jobs/{id}/invitations', (nth) =>
      invite(`wrk_${String(100 + nth)}`),
    )
    await step('fund', (await propose({ job: id, worker: 'wrk_004' })).id, 'cli_01')
    await refused('wrong-state', 'post /v1/applications/{id}/withdraw', {
      user: 'wrk_004',
      ids: of(applications.find((one: { worker: string }) => one.worker === 'wrk_004')?.id),
      body: {},
    })

    const closed = of(await post('cli_02'))
    await well('post /v1/jobs/{id}/close', { user: 'cli_02', ids: closed, body: {} })
    const again = { user: 'cli_02', ids: closed, body: {} }
    await desk.ask('post /v1/jobs/{id}/close', again)
    await refused('wrong-state', 'post /v1/jobs/{id}/edit', { ...again, body: { title: '清書の仕事' } })
    await refused('wrong-state', 'get /v1/jobs/{id}/suggestions', { user: 'cli_02', ids: closed })
    await refused('wrong-state', 'post /v1/jobs/{id}/invitations', { ...again, body: { worker } })
    await refused('wrong-state', 'post /v1/jobs/{id}/applications', apply('wrk_003', '始められます。', closed))
    await desk.untilRefused('rate-limited', 'post /v1/jobs', (nth) => ({
      user: 'cli_03',
      body: { ...draft, title: `清書 ${nth}` },
    }))
  })

  it('about contracts and their money', async () => {
    const { id } = await propose()
    for (const verb of ['fund', 'start', 'request-changes', 'accept', 'release', 'cancel', 'dispute'])
      await refusedStep('text-warned', verb, id, 'cli_01', { note: 'ここを', reason: '[0.97]' })
    await refusedStep('forbidden', 'fund', id, 'wrk_001')
    await step('fund', id, 'cli_01')
    await refusedStep('forbidden', 'start', id, 'cli_01')
    await step('start', id, 'wrk_001')
    await refusedStep('wrong-state', 'start', id, 'wrk_001')
    await refusedStep('text-warned', 'deliver', id, 'wrk_001', { note: '[0.97]' })
    await step('deliver', id, 'wrk_001', { note: '一回目' })
    await step('request-changes', id, 'cli_01', { note: 'ここを' })
    await step('deliver', id, 'wrk_001')
    await step('release', id, 'cli_01', { amount: 100 })
    await refusedStep('forbidden', 'deliver', id, 'cli_01')
    for (const verb of ['accept', 'release', 'request-changes'])
      await refusedStep('forbidden', verb, id, 'wrk_001', { note: 'x' })
    await step('accept', id, 'cli_01')
    await step('correct', id, 'opr_demo', { to: 'client', amount: 1, reason: '端数' })
    for (const verb of [
      'accept',
      'release',
      'deliver',
      'request-changes',
      'fund',
      'cancel',
      'dispute',
      'decide',
      'correct',
    ])
      await desk.ask(`post /v1/contracts/{id}/${verb}`, {
        user: ['decide', 'correct'].includes(verb) ? 'opr_demo' : verb === 'deliver' ? 'wrk_001' : 'cli_01',
        ids: of(id),
        body: {
          ...(['request-changes', 'dispute'].includes(verb) ? { note: 'x' } : {}),
          ...(verb === 'decide' ? { releaseToWorker: 1, refundToClient: 1, reason: 'x' } : {}),
          ...(verb === 'correct' ? { to: 'client', amount: 9_999, reason: 'x' } : {}),
        },
      })
    for (const part of ['', '/events', '/ledger'])
      for (const user of ['cli_01', 'opr_demo']) await well(`get /v1/contracts/{id}${part}`, { user, ids: of(id) })
    await well('get /v1/contracts', { user: 'cli_01', query: 'status=released' })
    await well('get /v1/escrow/balances', { user: 'opr_demo' })

    const begun = await paid()
    await step('start', begun.id, 'wrk_001')
    await refusedStep('wrong-state', 'correct', begun.id, 'opr_demo', { to: 'client', amount: 1, reason: '端数' })
    await step('cancel', begun.id, 'cli_01')
    await refusedStep('already-done', 'cancel', begun.id, 'cli_01')
    await step('dispute', begun.id, 'wrk_001', { note: '返事がない' })
    await refusedStep('forbidden', 'decide', begun.id, 'cli_01', {
      releaseToWorker: 0,
      refundToClient: 10_000,
      reason: '自分で',
    })
    await step('decide', begun.id, 'opr_demo', { releaseToWorker: 3_333, refundToClient: 6_667, reason: '半分まで' })
    await refusedStep('forbidden', 'correct', begun.id, 'cli_01', { to: 'client', amount: 1, reason: '端数' })

    const byBank = await propose()
    const { payment } = await step('fund', byBank.id, 'cli_01', { paymentMethod: 'bank-transfer' })
    const resolve = { ids: of(payment.transfer), body: { outcome: 'succeeded' } }
    await well('post /demo/transfers/{id}/resolve', resolve)
    await refused('already-done', 'post /demo/transfers/{id}/resolve', { ...resolve, body: { outcome: 'failed' } })

    await refused('standing', 'post /v1/contracts', { user: 'cli_01', body: { worker: 'wrk_suspended', ...work } })
    await refused('not-found', 'post /v1/contracts', { user: 'cli_01', body: { worker: 'wrk_nobody', ...work } })
    await refused('worker-erased', 'post /v1/contracts', { user: 'cli_01', body: { worker: 'wrk_030', ...work } })
    await refused('text-warned', 'post /v1/contracts', {
      user: 'cli_01',
      body: { worker: 'wrk_001', ...work, title: '清書 [0.97]' },
    })
    const [late, leaving] = [await propose({ worker: 'wrk_061' }), await propose({ worker: 'wrk_031' })]
    await well('post /demo/workers/{id}/standing', { ids: of('wrk_061'), body: { status: 'suspended' } })
    await refusedStep('standing', 'fund', late.id, 'cli_01')
    await well('post /demo/workers/{id}/erase', { ids: of('wrk_031') })
    await desk.ask('post /v1/contracts/{id}/fund', { user: 'cli_01', ids: of(leaving.id), body: {} })
    const job = await post('cli_04')
    await well('post /v1/jobs/{id}/close', { user: 'cli_04', ids: of(job), body: {} })
    await desk.ask('post /v1/contracts', { user: 'cli_04', body: { job, worker: 'wrk_001', ...work } })
    await desk.untilRefused('rate-limited', 'post /v1/contracts', (nth) => ({
      user: 'cli_05',
      body: { worker: 'wrk_001', ...work, title: `名簿 ${nth}` },
    }))
  })

  it('about reviews', async () => {
    const settled = async (change: object = {}) => {
      const { id } = await paid(change)
      await step('deliver', id, 'wrk_001')
      await step('accept', id, 'cli_01')
      return id as string
    }
    const review = (user: string, id: string, body: object) => ({ user, ids: of(id), body })
    const WRITE = 'post /v1/contracts/{id}/reviews'
    const id = await settled()
    await refused('text-warned', WRITE, review('cli_01', id, clientReview({ comment: '[0.97]' })))
    const written = await well(WRITE, review('cli_01', id, clientReview({ rest: 5, again: 9, safe: 'no' })))
    await refused('already-done', WRITE, review('cli_01', id, clientReview({ rest: 1 })))
    await well(WRITE, review('wrk_001', id, workerReview()))
    await refused('wrong-state', WRITE, review('cli_01', (await paid()).id, clientReview()))
    for (const user of ['cli_01', 'wrk_001', 'opr_demo'])
      await well('get /v1/contracts/{id}/reviews', { user, ids: of(id) })
    const reply = { user: 'wrk_001', ids: of(written.id), body: { text: 'ありがとうございました。' } }
    await refused('text-warned', 'post /v1/reviews/{id}/reply', { ...reply, body: { text: '[0.97]' } })
    await well('post /v1/reviews/{id}/reply', reply)
    await refused('already-done', 'post /v1/reviews/{id}/reply', { ...reply, body: { text: 'もう一つ' } })
    await well('get /v1/workers/{id}/reviews', { ids: of('wrk_001') })
    await well('get /v1/reviews/aggregates', { query: 'worker=wrk_001' })
    await well('get /v1/reviews/aggregates', { query: 'limit=2' })
    await well('get /v1/contracts/{id}/hidden-answers', { user: 'opr_demo', ids: of(id), query: 'reason=asked' })
    await well('get /v1/audit/hidden-answers', { user: 'opr_demo' })
    await well('get /v1/operators/review-worklist', { user: 'opr_demo' })
    const settle = { user: 'opr_demo', ids: { contract: id }, body: { note: '両方と話した' } }
    await well('post /v1/operators/review-worklist/{contract}/done', settle)
    await refused('already-done', 'post /v1/operators/review-worklist/{contract}/done', settle)
  })

  it('about what breaks the rules, and what comes too late', async () => {
    const settled = async () => {
      const { id: contract } = await paid()
      await step('deliver', contract, 'wrk_001')
      await step('accept', contract, 'cli_01')
      return contract as string
    }
    const REVIEW = 'post /v1/contracts/{id}/reviews'
    const [unreviewed, revealed] = [await settled(), await settled()]
    const shown = await well(REVIEW, { user: 'cli_01', ids: of(revealed), body: clientReview() })
    await well(REVIEW, { user: 'wrk_001', ids: of(revealed), body: workerReview() })
    const id = await post('cli_06', { body: '応募はこちらへ、外で連絡をください。' })
    const report = (user: string, job = id, reason = 'off-platform-contact') => ({
      user,
      ids: of(job),
      body: { reason, detail: 'LINEへ' },
    })
    await well('post /v1/jobs/{id}/reports', report('wrk_001'))
    expect((await desk.ask('post /v1/jobs/{id}/reports', report('wrk_001', id, 'upfront-fee'))).status).toBe(200)
    const operator = (user: string, case_: string, body: object = {}) => ({ user, ids: of(case_), body })
    const OPERATORS = 'post /v1/operators/subjects/{id}'
    const { subjects } = await well('get /v1/operators/queue', { user: 'opr_demo' })
    const found = subjects.find(({ subject }: { subject: { id: string } }) => subject.id === id).case
    await well('get /v1/operators/subjects/{id}', { user: 'opr_demo', ids: of(found) })
    await well(`${OPERATORS}/claim`, operator('opr_demo', found))
    for (const verb of ['claim', 'release', 'escalate', 'close'])
      await desk.ask(`${OPERATORS}/${verb}`, operator('opr_second', found, { note: 'x' }))
    await well(`${OPERATORS}/release`, operator('opr_demo', found))
    await desk.ask(`${OPERATORS}/release`, operator('opr_demo', found))
    await well(`${OPERATORS}/escalate`, operator('opr_demo', found, { note: '見てください' }))
    await refused('already-done', `${OPERATORS}/escalate`, operator('opr_demo', found, { note: 'もう一度' }))
    const verdict = { action: 'take-down', duration: null, kinds: ['off-platform-contact'], facts: '外部の連絡先' }
    await refused('conflict', `${OPERATORS}/decide`, operator('opr_demo', found, { ...verdict, version: 1 }))
    const { decision } = await well(`${OPERATORS}/decide`, operator('opr_demo', found, verdict))
    for (const verb of ['claim', 'release', 'escalate', 'close', 'decide'])
      await refused(
        'wrong-state',
        `${OPERATORS}/${verb}`,
        operator('opr_demo', found, verb === 'decide' ? { ...verdict, facts: 'ほかの事実' } : { note: 'x' }),
      )
    await refused('taken-down', 'get /v1/jobs/{id}', { ids: of(id) })
    await refused('taken-down', 'post /v1/jobs/{id}/applications', {
      user: 'wrk_003',
      ids: of(id),
      body: { message: '始められます。' },
    })

    await well('get /v1/decisions', { user: 'cli_06' })
    await well('get /v1/decisions/{id}', { user: 'cli_06', ids: of(decision) })
    const appeal = await well('post /v1/decisions/{id}/appeal', {
      user: 'cli_06',
      ids: of(decision),
      body: { text: '誤解です。' },
    })
    await refused('already-done', 'post /v1/decisions/{id}/appeal', {
      user: 'cli_06',
      ids: of(decision),
      body: { text: 'もう一度' },
    })
    const judge = (user: string) => ({
      user,
      ids: of(appeal.appeal),
      body: { outcome: 'uphold', reasons: '読み直しました。' },
    })
    await refused('same-person', 'post /v1/appeals/{id}/decide', judge('opr_demo'))
    for (const verb of ['claim', 'release', 'escalate', 'close', 'decide'])
      await desk.ask(
        `${OPERATORS}/${verb}`,
        operator('opr_demo', found, verb === 'decide' ? { ...verdict, facts: '別の事実' } : { note: 'x' }),
      )
    await well('post /v1/appeals/{id}/decide', judge('opr_second'))
    await desk.ask('post /v1/appeals/{id}/decide', {
      ...judge('opr_second'),
      body: { outcome: 'reverse', reasons: 'x' },
    })
    const { notifications } = await well('get /v1/notifications', { user: 'cli_06' })
    await well('post /v1/notifications/{id}/read', { user: 'cli_06', ids: of(notifications[0].id) })

    const look = (type: string, ref: string) => ({
      user: 'opr_demo',
      body: { subject: { type, id: ref }, note: '動きが不自然' },
    })
    const looked = await well('post /v1/operators/subjects', look('worker', 'wrk_050'))
    expect((await desk.ask('post /v1/operators/subjects', look('worker', 'wrk_050'))).status).toBe(200)
    await refused('worker-erased', 'post /v1/operators/subjects', look('worker', 'wrk_030'))
    await well(`${OPERATORS}/close`, operator('opr_demo', looked.case, { note: '何もない' }))
    const restricted = await well('post /v1/operators/subjects', look('client', 'cli_07'))
    const own = of(await post('cli_07'))
    const rule = { action: 'suspend', duration: null, rule: '規約', facts: '見た' }
    const suspended = await well(`${OPERATORS}/decide`, operator('opr_demo', restricted.case, rule))
    await refused('standing', 'post /v1/jobs', { user: 'cli_07', body: draft })
    await refused('standing', 'post /v1/jobs/{id}/edit', { user: 'cli_07', ids: own, body: { title: '清書の仕事' } })
    await refused('standing', 'get /v1/jobs/{id}/suggestions', { user: 'cli_07', ids: own })
    const inviting = { user: 'cli_07', ids: own, body: { worker: 'wrk_003' } }
    await refused('standing', 'post /v1/jobs/{id}/invitations', inviting)
    await refused('wrong-state', 'post /v1/contracts', {
      user: 'cli_06',
      body: { job: id, worker: 'wrk_001', ...work },
    })
    await refused('not-found', 'post /v1/operators/subjects', look('worker', 'wrk_nobody'))
    const [cleared, held] = [
      await well('post /v1/operators/subjects', look('worker', 'wrk_051')),
      await well('post /v1/operators/subjects', look('worker', 'wrk_052')),
    ]
    const nothing = await well(
      `${OPERATORS}/decide`,
      operator('opr_demo', cleared.case, { action: 'no-action', facts: '何もない' }),
    )
    await desk.ask('post /v1/decisions/{id}/appeal', {
      user: 'wrk_051',
      ids: of(nothing.decision),
      body: { text: '誤解です。' },
    })
    await well(`${OPERATORS}/decide`, operator('opr_demo', held.case, rule))
    await refused('wrong-state', 'post /demo/workers/{id}/standing', { ids: of('wrk_052'), body: { status: 'good' } })
    await well('get /v1/operators/reporters/{id}', { user: 'opr_demo', ids: of('wrk_001') })
    await well('post /v1/operators/reporters/{id}/mute', operator('opr_demo', 'wrk_001', { note: '当たらない' }))
    await well('post /v1/operators/reporters/{id}/unmute', operator('opr_demo', 'wrk_001', { note: '見直した' }))
    const jobs: string[] = []
    for (let nth = 8; nth <= 18; nth += 1)
      for (const title of ['清書', '入力'])
        jobs.push(await post(`cli_${String(nth).padStart(2, '0')}`, { title: `${title}の仕事 ${nth}` }))
    await desk.untilRefused('rate-limited', 'post /v1/jobs/{id}/reports', (nth) => report('wrk_005', jobs[nth]))
    desk.market.advance(190 * DAY)
    desk.forgetSessions()
    await refused('window-closed', REVIEW, { user: 'cli_01', ids: of(unreviewed), body: clientReview() })
    const reply = { user: 'wrk_001', ids: of(shown.id), body: { text: 'ありがとうございました。' } }
    await refused('window-closed', 'post /v1/reviews/{id}/reply', reply)
    await refused('window-closed', 'post /v1/decisions/{id}/appeal', {
      user: 'cli_07',
      ids: of(suspended.decision),
      body: { text: '遅れました。' },
    })
  })

  it('about samples, accounts, blocks and settings', async () => {
    const sample = { user: 'wrk_001', ids: { category: 'business-admin' } }
    await well('get /v1/samples', { user: 'wrk_001' })
    await well('put /v1/samples/{category}', {
      ...sample,
      body: { title: '議事録', text: '会議の要点を三つに分けて書きます。' },
    })
    await refused('standing', 'put /v1/samples/{category}', {
      ...sample,
      user: 'wrk_060',
      body: { title: '議事録', text: '要点を書きます。' },
    })
    const { samples } = await well('get /v1/operators/samples', { user: 'opr_demo' })
    const decide = { user: 'opr_demo', ids: of(samples[0].id), body: { verdict: 'refused', reason: '短い' } }
    await well('post /v1/operators/samples/{id}', decide)
    await refused('wrong-state', 'post /v1/operators/samples/{id}', { ...decide, body: { verdict: 'shown' } })
    await well('delete /v1/samples/{category}', sample)

    const account = { bank: '0001', branch: '001', number: '1234567' }
    for (const user of ['wrk_001', 'wrk_002']) await well('put /v1/payout-account', { user, body: account })
    await well('get /v1/payout-account', { user: 'wrk_001' })
    await well('get /v1/operators/shared-accounts', { user: 'opr_demo' })
    const identity = { user: 'opr_demo', body: { state: 'verified', note: '書類を見た' } }
    await well('post /v1/operators/workers/{id}/identity', { ...identity, ids: of('wrk_001') })

    for (const client of ['cli_14', 'cli_15', 'cli_16', 'cli_17'])
      for (const worker of ['wrk_070', 'wrk_071', 'wrk_072'])
        await revealReview(desk.market, `ctr_${client}_${worker}`, { client, worker, yen: 500, stars: 5 })
    desk.market.advance(DAY)
    await runTimers(desk.market.world)
    desk.forgetSessions()
    const { blocks } = await well('get /v1/operators/client-blocks', { user: 'opr_demo' })
    const block = { user: 'opr_demo', ids: of(blocks[0].block) }
    await well('get /v1/operators/client-blocks/{id}', block)
    const independent = { decision: 'independent', note: '別の会社', version: blocks[0].version }
    await refused('conflict', 'post /v1/operators/client-blocks/{id}/decide', {
      ...block,
      body: { ...independent, version: 99 },
    })
    const decided = await well('post /v1/operators/client-blocks/{id}/decide', { ...block, body: independent })
    await desk.ask('post /v1/operators/client-blocks/{id}/decide', {
      ...block,
      body: { ...independent, version: decided.version },
    })

    const exam = { user: 'opr_demo', ids: { exam: 'business-admin' } }
    const { version } = await well('get /v1/operators/exams/{exam}/setting', exam)
    const cautious = { setting: 'cautious', note: '様子を見る', version }
    const changed = await well('post /v1/operators/exams/{exam}/setting', { ...exam, body: cautious })
    await refused('conflict', 'post /v1/operators/exams/{exam}/setting', { ...exam, body: cautious })
    await refused('already-done', 'post /v1/operators/exams/{exam}/setting', {
      ...exam,
      body: { ...cautious, version: changed.version },
    })
  })

  it('to whoever asks wrongly, of every call', async () => {
    desk.forgetSessions()
    for (const [name, request] of desk.good) {
      const call = callNamed(name)
      const again = { ...request, headers: {} }
      const nobody: Request = {
        ...again,
        ids: {},
        ...(request.query?.startsWith('worker=') ? { query: 'worker=wrk_nobody' } : {}),
      }
      if (call.security === 'session' || call.security === 'service')
        await refused('unauthenticated', name, { ...again, headers: { Authorization: '' } })
      if (call.security === 'service') {
        await refused('token-refused', name, { ...again, token: 'none' })
        await refused('forbidden', name, {
          ...again,
          token: await desk.market.plugin.serviceToken({ claims: { scope: '' } }),
        })
      }
      const other = (['worker', 'client', 'operator'] as const).find((role) => call.roles && !call.roles.includes(role))
      if (other)
        await refused('forbidden', name, {
          ...again,
          user: { worker: 'wrk_080', client: 'cli_20', operator: 'opr_third' }[other],
        })
      if (call.refusals.includes('not-found') && call.path.includes('{')) await desk.ask(name, nobody)
      if (
        call.refusals.includes('worker-erased') &&
        /\{(worker|id)\}/.test(call.path) &&
        !call.roles?.includes('worker')
      )
        await desk.ask(name, {
          ...again,
          ids: { ...request.ids, worker: 'wrk_030', ...(/workers\/\{id\}/.test(call.path) ? { id: 'wrk_030' } : {}) },
        })
      if (call.query)
        await desk.ask(name, { ...again, query: 'limit=0&after=%20&worker=%20&reason=&exam=&category=none' })
      if (call.method !== 'get') {
        if (call.body) await desk.ask(name, { ...again, body: '[' })
        await refused('payload-too-large', name, { ...again, body: 'x'.repeat(70_000) })
        await refused('unreadable', name, { ...again, body: 'x', headers: { 'content-type': 'multipart/form-data' } })
        await refused('forbidden', name, {
          ...again,
          headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
        })
      }
      if (call.refusals.includes('idempotency-mismatch')) {
        const repeated = await desk.keyInFlight(name, again)
        await refused('idempotency-in-flight', name, repeated)
        await refused('idempotency-mismatch', name, { ...repeated, body: { other: true } })
      }
    }
  })

  it('to every call, with success and with each refusal that one can bring about', () => {
    const unseen = calls.flatMap(({ method, path, refusals }) => {
      const name = `${method} ${path}`
      const known = desk.seen.get(name) ?? new Set()
      const lacking = ['success', ...refusals].filter(
        (code) => !(known.has(code) || code === OVERTAKEN || beyond[name]?.includes(code)),
      )
      return lacking.length > 0 ? [`${name}: ${lacking.join(' ')}`] : []
    })
    expect(unseen).toEqual([])
  })
})
