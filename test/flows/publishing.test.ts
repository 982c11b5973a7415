import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { proposeExam } from '../../src/flows/propose-exam.ts'
import { publishExam, publishIfNew } from '../../src/flows/publish-exam.ts'
import type { Bank } from '../../src/item/bank.ts'
import { waitingProposals } from '../../src/item/publishing/store.ts'
import { hashFile } from '../../src/item/source/pack-file.ts'
import { sourceOf } from '../../src/item/source/store.ts'
import { latestBank } from '../../src/item/store.ts'
import { days } from '../../src/kernel/instant.ts'
import { reworded } from '../support/changed-bank.ts'
import { operator, pass, rows, sit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const author = async (id = 'aut-1') => (await w.launch(id, { role: 'author', name: 'Aoki' })).token

const version = (words: string): Bank => reworded(w.bank, words)

const handIn = (token: string, body: unknown, query = '') => w.call('POST', `/admin/exams${query}`, { token, body })
const act = (token: string, proposal: string, verb: string, body: object = {}) =>
  w.call('POST', `/api/staff/proposals/${proposal}/${verb}`, { token, body })
const live = async () => (await latestBank(w.db, 'tiny'))?.hash

describe('a new version of an exam', () => {
  it('goes live when another person approves it, and never by its author', async () => {
    const next = version('新しい問い')
    const mine = await author()
    const handed = await handIn(mine, { bank: next, lint: [] }, `?note=${encodeURIComponent('言い回しを直した')}`)
    expect(handed).toMatchObject({
      status: 201,
      json: { state: 'waiting', exam: 'tiny', hash: next.hash, proposal: expect.stringMatching(/^prp_/) },
    })
    const { proposal } = handed.json
    expect(await live()).toBe(w.bank.hash)
    // the author, also under another role, may not
    expect((await act(mine, proposal, 'approve', { against: w.bank.hash })).json.code).toBe('own-proposal')
    const sameOperator = (await w.launch('aut-1', { role: 'operator', name: 'Aoki' })).token
    expect((await act(sameOperator, proposal, 'approve', { against: w.bank.hash })).json.code).toBe('own-proposal')
    expect((await act(mine, proposal, 'return', { why: 'no' })).json.code).toBe('own-proposal')
    expect(await live()).toBe(w.bank.hash)
    expect((await act(await author('aut-2'), proposal, 'approve', { against: w.bank.hash })).status).toBe(200)
    expect(await live()).toBe(next.hash)
    expect((await act(await author('aut-2'), proposal, 'approve', { against: next.hash })).status).toBe(409)
    expect(
      await rows(w, "select act, by, hash from exam_publications where exam = 'tiny' order by at, id"),
    ).toMatchObject([
      { act: 'deployed', by: 'machine', hash: w.bank.hash },
      { act: 'approved', by: 'aut-2', hash: next.hash },
    ])
  })

  it('keeps the files with which it began to wait, though another hand-in of it was under way', async () => {
    const bank = version('同じ版')
    const handInFiles = (by: string, content: string) =>
      proposeExam(w.world, { by, bank, note: '直した', files: [{ path: 'exam.md', content }] })
    const digest = crypto.subtle.digest.bind(crypto.subtle)
    const spy = vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (algorithm, data) => {
      if (Buffer.from(data as Uint8Array<ArrayBuffer>).toString() === 'later') {
        spy.mockRestore()
        must(await handInFiles('aut-1', 'first'))
      }
      return digest(algorithm, data)
    })
    expect(must(await handInFiles('aut-2', 'later'))).toMatchObject({ state: 'waiting', created: false })
    expect((await sourceOf(w.db, bank.hash))?.map(({ hash }) => hash)).toEqual([await hashFile('first')])
  })

  it('that has waited longest is the first that waits', async () => {
    const [older, mine] = [version('一つ目'), await author()]
    const first = (await handIn(mine, { bank: older })).json.proposal
    w.clock.advance(days(1))
    const second = (await handIn(await author('aut-2'), { bank: version('二つ目') })).json.proposal
    expect((await waitingProposals(w.db, 10)).map(({ id }) => id)).toEqual([first, second])
    expect((await waitingProposals(w.db, 1)).map(({ id }) => id)).toEqual([first])
  })

  it('is not for workers to hand in, see or decide', async () => {
    const { proposal } = (await handIn(await author(), { bank: version('x') })).json
    const worker = (await w.launch('w-1')).token
    expect((await handIn(worker, { bank: version('y') })).status).toBe(403)
    for (const verb of ['approve', 'return', 'withdraw'])
      expect((await act(worker, proposal, verb, { why: 'x', against: w.bank.hash })).status).toBe(403)
    for (const path of [
      '/api/staff/proposals',
      '/api/staff/exams/tiny/versions',
      '/staff/exams',
      '/staff/exams/tiny',
      `/staff/exams/tiny/items/${w.bank.items[0]?.id}`,
      '/staff/exams/tiny/versions',
      `/staff/proposals/${proposal}`,
    ])
      expect((await w.call('GET', path, { token: worker })).status, path).toBe(403)
    expect((await w.call('GET', '/staff/exams')).status).toBe(401)
    // what operators do otherwise is not for authors
    expect((await w.call('GET', '/api/staff/deliveries', { token: await author() })).status).toBe(403)
    expect((await w.call('GET', '/staff/leaks', { token: await author() })).status).toBe(403)
  })

  it('is approved only against what was compared: when something else went live, there is a new comparison to look at', async () => {
    const [one, other] = [version('一つ目'), version('二つ目')]
    const mine = await author()
    const first = (await handIn(mine, { bank: one })).json.proposal
    const second = (await handIn(mine, { bank: other })).json.proposal
    const op = await operator(w)
    expect((await act(op, first, 'approve', { against: w.bank.hash })).status).toBe(200)
    expect((await act(op, second, 'approve', { against: w.bank.hash })).status).toBe(409)
    expect(await live()).toBe(one.hash)
    expect((await act(op, second, 'approve', { against: one.hash })).status).toBe(200)
    expect(await live()).toBe(other.hash)
  })

  it('is decided once, whoever decides at the same time', async () => {
    const next = version('競争')
    const { proposal } = (await handIn(await author(), { bank: next })).json
    const judges = await Promise.all(
      ['op-1', 'op-2', 'op-3', 'op-4'].map(async (id) => (await w.launch(id, { role: 'operator', name: id })).token),
    )
    const decisions = await Promise.all(
      judges.map((token, i) =>
        i % 2 === 0
          ? act(token, proposal, 'approve', { against: w.bank.hash })
          : act(token, proposal, 'return', { why: 'no' }),
      ),
    )
    expect(decisions.filter(({ status }) => status === 200)).toHaveLength(1)
    const [{ status }] = await rows(w, 'select status from exam_proposals')
    expect(await live()).toBe(status === 'approved' ? next.hash : w.bank.hash)
  })

  it('waits once, however often it is sent; what is live need not wait', async () => {
    const mine = await author()
    const first = await handIn(mine, { bank: version('同じ') })
    expect(await handIn(await author('aut-2'), { bank: version('同じ') })).toMatchObject({
      status: 200,
      json: { state: 'waiting', proposal: first.json.proposal },
    })
    expect(await handIn(mine, w.bank)).toMatchObject({ status: 200, json: { state: 'live' } })
  })

  it('is returned with a reason or withdrawn by its author, and may come again', async () => {
    const mine = await author()
    const first = (await handIn(mine, { bank: version('返す') })).json.proposal
    const op = await operator(w)
    expect((await act(op, first, 'return')).status).toBe(422)
    expect((await act(op, first, 'withdraw')).status).toBe(403)
    expect((await act(op, first, 'return', { why: '出典がない' })).status).toBe(200)
    const listed = (await w.call('GET', '/api/staff/proposals', { token: mine })).json.proposals
    expect(listed).toMatchObject([{ id: first, status: 'returned', decidedBy: 'op-1', why: '出典がない' }])
    const again = await handIn(mine, { bank: version('返す') })
    expect(again.status).toBe(201)
    expect((await act(mine, again.json.proposal, 'withdraw')).status).toBe(200)
    expect(await live()).toBe(w.bank.hash)
  })

  it('cannot crowd out the rest: twenty of an exam wait at most', async () => {
    const mine = await author()
    for (let i = 0; i < 20; i++) expect((await handIn(mine, { bank: version(`${i}`) })).status).toBe(201)
    expect((await handIn(mine, { bank: version('一つ多い') })).status).toBe(409)
  })
})

describe('rolling back', () => {
  it('makes an earlier version live for new papers, by one operator with a reason; open attempts keep theirs', async () => {
    const next = version('問題のある版')
    const mine = await author()
    const { proposal } = (await handIn(mine, { bank: next })).json
    const op = await operator(w)
    await act(op, proposal, 'approve', { against: w.bank.hash })
    const open = await sit(w, 'w-1')
    const back = (token: string, body: object) => w.call('POST', '/api/staff/exams/tiny/roll-back', { token, body })
    expect((await back(mine, { hash: w.bank.hash, why: 'x' })).status).toBe(403)
    expect((await back(op, { hash: w.bank.hash, why: '' })).status).toBe(422)
    expect((await back(op, { hash: '0'.repeat(64), why: 'x' })).status).toBe(409)
    // decided about another version than the one that is live
    expect((await back(op, { hash: w.bank.hash, why: 'x', against: w.bank.hash })).status).toBe(409)
    expect((await back(op, { hash: w.bank.hash, why: '正解に誤り', against: next.hash })).status).toBe(200)
    expect(await live()).toBe(w.bank.hash)
    expect((await back(op, { hash: w.bank.hash, why: 'again' })).status).toBe(409)
    expect(await rows(w, 'select bank_hash from attempts where id = ?', [open.id])).toEqual([{ bank_hash: next.hash }])
    await pass(w, 'w-2')
    expect(await rows(w, "select act, why from exam_publications where act = 'rolled-back'")).toEqual([
      { act: 'rolled-back', why: '正解に誤り' },
    ])
  })

  it('never brings back what nobody approved', async () => {
    const next = version('未承認')
    await handIn(await author(), { bank: next })
    const done = await w.call('POST', '/api/staff/exams/tiny/roll-back', {
      token: await operator(w),
      body: { hash: next.hash, why: 'x' },
    })
    expect(done.status).toBe(409)
    expect(await live()).toBe(w.bank.hash)
  })

  it('outlives a restart of the machine, which publishes only what it never had live', async () => {
    const next = version('配備')
    await publishIfNew(w.world, next)
    expect(await live()).toBe(next.hash)
    await w.call('POST', '/api/staff/exams/tiny/roll-back', {
      token: await operator(w),
      body: { hash: w.bank.hash, why: '誤り' },
    })
    await publishIfNew(w.world, next)
    expect(await live()).toBe(w.bank.hash)
    // whoever asks for it on the machine itself means it
    w.clock.advance(days(-1))
    await publishExam(w.world, next)
    expect(await live()).toBe(next.hash)
  })
})
