import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Kind } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { appealDecision } from '../../../../src/sandbox/flows/appeal-decision.ts'
import { eraseWorker } from '../../../../src/sandbox/flows/change-standing.ts'
import { decideSubject, type Verdict } from '../../../../src/sandbox/flows/decide-subject.ts'
import { judgeAgain, settleSecond, showSecond } from '../../../../src/sandbox/flows/judge-again.ts'
import { judgeAppeal } from '../../../../src/sandbox/flows/judge-appeal.ts'
import { latestLabels } from '../../../../src/sandbox/moderation/label/store.ts'
import { isDrawn } from '../../../../src/sandbox/moderation/second/second.ts'
import { findSecond, waitingSeconds } from '../../../../src/sandbox/moderation/second/store.ts'
import { casesAbout } from '../../../../src/sandbox/moderation/store.ts'
import { keyedName } from '../../../../src/sandbox/people/keyed-name.ts'
import type { Person } from '../../../../src/sandbox/people/person.ts'
import { findPerson } from '../../../../src/sandbox/people/store.ts'
import { interrupted } from '../../../support/sandbox/interrupted.ts'
import { type ModerationRoom, openModerationRoom } from '../../../support/sandbox/moderation-room.ts'
import { type Visitor, visitor } from '../../../support/sandbox/visitor.ts'

let room: ModerationRoom
let first: Visitor
let second: Visitor
let third: Visitor
beforeAll(async () => {
  room = await openModerationRoom()
  ;[first, second, third] = [visitor(room), visitor(room), visitor(room)]
  await first.signIn('opr_demo')
  await second.signIn('opr_second')
  await third.signIn('opr_third')
})
afterAll(() => room.close())

const FACTS = '最初の担当者だけが書いた理由です。'
let nth = 0

/** An id on which the turn falls, or does not. */
async function idOf(kind: 'dec' | 'apc', drawn: boolean): Promise<string> {
  for (;;) {
    nth += 1
    const id = `${kind}_s${nth}`
    if (isDrawn(await keyedName(String(room.world.settings.keys.service.d), 'second-judgement', id)) === drawn)
      return id
  }
}

/** The world as it is when the next decision or appeal gets this id. */
const naming = (kind: 'dec' | 'apc', id: string): ModerationRoom['world'] => ({
  ...room.world,
  newId: ((wanted) => (wanted === kind ? id : room.world.newId(wanted))) as ModerationRoom['world']['newId'],
})

async function person(id: string): Promise<Person> {
  const known = await findPerson(room.world.db, id)
  if (!known) throw new Error(`no ${id}`)
  return known
}

/** What waits for somebody who has not decided it. */
async function waiting(decision: string, operator = 'opr_second') {
  const since = 0 as Parameters<typeof waitingSeconds>[1]['since']
  const drawn = await waitingSeconds(room.world.db, { operator, since, limit: 100 })
  return drawn.find(({ second: one }) => one.decision === decision)?.second.id
}

/** The first operator decides a case. */
async function decide(subject: string, verdict: Pick<Verdict, 'action' | 'kinds'>, drawn = true) {
  const decision = await idOf('dec', drawn)
  const done = await decideSubject(naming('dec', decision), await person('opr_demo'), subject, {
    ...{ duration: null, facts: FACTS, ground: 'terms' },
    ...verdict,
  })
  expect(done.ok).toBe(true)
  return { subject, decision, second: await waiting(decision) }
}

/** A post about which the first operator has decided. */
async function decided(action: 'take-down' | 'no-action', kinds: readonly Kind[] = [], drawn = true) {
  const job = await room.job('held')
  return { job, ...(await decide(await room.caseAbout(job), { action, kinds }, drawn)) }
}

const opened = async (who: Visitor, id = '') => who.open(`/operators/second/${id}`)

describe('a decision about a post', () => {
  it('is judged again by another operator, who sees the post and nothing of what was decided or by whom', async () => {
    const drawn = await decided('take-down', ['off-platform-contact'])
    const notDrawn = await decided('no-action', [], false)
    expect(notDrawn.second).toBeUndefined()
    expect((await first.open('/operators/queue')).html).not.toContain(drawn.second)
    const queue = await second.open('/operators/queue')
    expect(queue.html).toContain(`/operators/second/${drawn.second}`)
    expect(queue.text).toContain('二人目の判断')
    const shown = await opened(second, drawn.second)
    expect(shown.text).toContain('応募はLINEでお願いします。')
    for (const hidden of [FACTS, drawn.decision, drawn.subject, drawn.job, 'opr_demo', '判断A'])
      expect(shown.html).not.toContain(hidden)
    expect((await opened(first, drawn.second)).status).toBe(403)
    const sent = await second
      .open(`/operators/second/${drawn.second}`)
      .then(() =>
        second.send('judge', { breach: 'yes', 'kinds-off-platform-contact': '1', reasons: '外への誘導があります。' }),
      )
    expect(sent.path).toBe('/operators/queue')
    expect(sent.html).not.toContain(`/operators/second/${drawn.second}`)
    expect((await opened(third, drawn.second)).text).toContain('もう済んでいます')
    expect((await third.open('/operators/agreement')).text).toContain('まだ少ない（1 / 30）')
  })

  it('is not offered to whoever has read its case, before the decision or after it, by page or by program', async () => {
    const early = await room.job('held')
    const subject = await room.caseAbout(early)
    await second.open(`/operators/subjects/${subject}`)
    const known = await decide(subject, { action: 'no-action', kinds: [] })
    expect([known.second, await waiting(known.decision, 'opr_third')]).toEqual([
      undefined,
      expect.stringMatching('sec'),
    ])
    const told = await decided('no-action')
    await room.as('opr_third', 'GET', `/v1/decisions/${told.decision}`)
    expect(await waiting(told.decision, 'opr_third')).toBeUndefined()
    const drawn = await decided('no-action')
    await second.open(`/operators/subjects/${drawn.subject}`)
    await room.as('opr_third', 'GET', `/v1/operators/subjects/${drawn.subject}`)
    for (const reader of [second, third]) {
      expect((await reader.open('/operators/queue')).html).not.toContain(`/operators/second/${drawn.second}`)
      expect((await opened(reader, drawn.second)).status).toBe(403)
    }
  })

  it('stands until a third operator settles a difference; where the second was right, what was taken down returns', async () => {
    const drawn = await decided('take-down', ['upfront-fee'])
    await opened(second, drawn.second)
    await second.send('judge', { breach: 'no', reasons: '費用の話はありません。' })
    expect(await room.state(drawn.job)).toBe('taken-down')
    for (const judge of [first, second]) expect((await opened(judge, drawn.second)).status).toBe(403)
    expect((await third.open('/operators/agreement')).html).toContain(`/operators/second/${drawn.second}`)
    const shown = await opened(third, drawn.second)
    expect(shown.text).toContain(FACTS)
    expect(shown.text).toContain('費用の話はありません。')
    for (const hidden of ['運営の見本（再審査）', 'opr_second', 'opr_demo']) expect(shown.html).not.toContain(hidden)
    const lawful =
      shown.text.indexOf('判断A') < shown.text.indexOf('費用の話') &&
      shown.text.indexOf('費用の話') < shown.text.indexOf('判断B')
        ? 'A'
        : 'B'
    expect((await third.send('settle', { stands: lawful, reasons: '費用を求めていません。' })).status).toBe(200)
    expect(await room.state(drawn.job)).toBe('published')
    expect((await latestLabels(room.world.db, 50)).find(({ job }) => job === drawn.job)?.kinds).toEqual([])
    expect((await third.open('/operators/agreement')).html).not.toContain(`/operators/second/${drawn.second}`)
  })

  it('is settled once: whoever comes later changes nothing, and whoever reported learns that there was no breach', async () => {
    for (const stands of ['first', 'second'] as const) {
      const job = await room.job('queued')
      await room.report('wrk_036', job)
      const drawn = await decide(await room.caseAbout(job), { action: 'take-down', kinds: ['upfront-fee'] })
      const id = drawn.second ?? ''
      await judgeAgain(room.world, await person('opr_second'), id, {
        breach: false,
        kinds: [],
        reasons: '費用はない。',
      })
      const settle = (world: ModerationRoom['world'], by: Person, as: 'first' | 'second') =>
        settleSecond(world, by, id, { stands: as, reasons: '読みました。' })
      const fourth: Person = { id: 'opr_fourth', role: 'operator', name: '' }
      const late = interrupted(room.world.db, () => settle(room.world, fourth, stands))
      const other = stands === 'first' ? 'second' : 'first'
      expect(await settle({ ...room.world, db: late }, await person('opr_third'), other)).toMatchObject({ ok: false })
      expect((await findSecond(room.world.db, id))?.second.settledFor).toBe(stands)
      expect(await room.state(job)).toBe(stands === 'first' ? 'taken-down' : 'published')
      expect((await room.as('opr_demo', 'GET', '/v1/operators/reporters/wrk_036')).json).toMatchObject(
        stands === 'first' ? { upheld: 1, rejected: 0 } : { upheld: 1, rejected: 1 },
      )
      expect((await room.notices('wrk_036'))[0]?.kind).toBe(
        stands === 'first' ? 'report-judged' : 'report-reconsidered',
      )
    }
  })

  it('that let a post be comes before an operator as a case when the second is right, and nothing is taken down by that', async () => {
    const drawn = await decided('no-action')
    await opened(second, drawn.second)
    await second.send('judge', { breach: 'yes', 'kinds-off-platform-contact': '1', reasons: '外部へ誘っています。' })
    const shown = await opened(third, drawn.second)
    const a = shown.text.indexOf('外部へ誘っています')
    const stands = a < shown.text.indexOf('判断B', shown.text.indexOf('判断A')) ? 'A' : 'B'
    await third.send('settle', { stands, reasons: '外部の連絡先です。' })
    expect(await room.state(drawn.job)).toBe('published')
    const [again] = await casesAbout(room.world.db, 'job', drawn.job)
    expect(again).toMatchObject({ status: 'open', openedBy: 'operator' })
    expect(again?.id).not.toBe(drawn.subject)
  })
})

const outside = '詳しくはLINEでお話しします。IDはtaro_123です。手数料がかからないよう直接お振り込みします。'

describe('a decision about another text than a post', () => {
  it('is judged again by the text and its place alone, and agrees where both name one kind', async () => {
    const message = { message: outside, sendAnyway: true }
    await room.as('wrk_041', 'POST', `/v1/jobs/${await room.job()}/applications`, message)
    const [known] = await casesAbout(room.world.db, 'worker', 'wrk_041')
    const drawn = await decide(known?.id ?? '', { action: 'restrict', kinds: ['off-platform-contact'] })
    expect((await second.open('/operators/queue')).html).toContain(`/operators/second/${drawn.second}`)
    const shown = await opened(second, drawn.second)
    expect(shown.text).toContain(outside)
    expect(shown.text).toContain('応募')
    for (const hidden of [FACTS, drawn.decision, drawn.subject, 'wrk_041', 'opr_demo', '0.9'])
      expect(shown.html).not.toContain(hidden)
    await second.send('judge', { breach: 'yes', 'kinds-off-platform-contact': '1', reasons: '外部で話す誘いです。' })
    expect((await opened(third, drawn.second)).text).toContain('もう済んでいます')
    const { text } = await third.open('/operators/agreement')
    expect(text).toMatch(/応募\s*1\s*100\.0%\s*まだ少ない（1 \/ 30）/)
  })

  it('is gone with its writer, and nobody is asked about it', async () => {
    const message = { message: `${outside}夜にご連絡ください。`, sendAnyway: true }
    await room.as('wrk_042', 'POST', `/v1/jobs/${await room.job()}/applications`, message)
    const [known] = await casesAbout(room.world.db, 'worker', 'wrk_042')
    const drawn = await decide(known?.id ?? '', { action: 'restrict', kinds: ['off-platform-contact'] })
    expect(drawn.second).toBeDefined()
    expect((await eraseWorker(room.world, 'wrk_042')).ok).toBe(true)
    expect(await waiting(drawn.decision)).toBeUndefined()
    expect((await opened(second, drawn.second)).text).not.toContain(outside)
  })

  it('leaves of what was written when it was judged again and settled nothing but that it was, once its writer is gone', async () => {
    const message = { message: `${outside}朝にご連絡ください。`, sendAnyway: true }
    await room.as('wrk_043', 'POST', `/v1/jobs/${await room.job()}/applications`, message)
    const [known] = await casesAbout(room.world.db, 'worker', 'wrk_043')
    const drawn = await decide(known?.id ?? '', { action: 'restrict', kinds: ['off-platform-contact'] })
    const id = drawn.second ?? ''
    const found = { breach: false, kinds: [], reasons: '朝の連絡の話だけです。' } as const
    expect((await judgeAgain(room.world, await person('opr_second'), id, found)).ok).toBe(true)
    const settled = { stands: 'first', reasons: '朝でも外の連絡先です。' } as const
    expect((await settleSecond(room.world, await person('opr_third'), id, settled)).ok).toBe(true)
    const kept = async () => (await findSecond(room.world.db, id))?.second
    expect(await kept()).toMatchObject({ secondReasons: found.reasons, settledReasons: settled.reasons })
    expect((await eraseWorker(room.world, 'wrk_043')).ok).toBe(true)
    expect(await kept()).toMatchObject({ secondReasons: '', settledReasons: '', agrees: false, settledFor: 'first' })
  })
})

describe('a judgement on an appeal', () => {
  it('is judged again by somebody who took part in neither, who reads the text and what its writer says', async () => {
    const fourth = { ...(await person('opr_third')), id: 'opr_fourth' }
    const first = await decided('take-down', ['upfront-fee'], false)
    const appeal = await idOf('apc', true)
    const client = await person('cli_01')
    const said = 'LINEは納品の連絡だけに使います。'
    expect((await appealDecision(naming('apc', appeal), client, first.decision, said)).ok).toBe(true)
    const judgement = { outcome: 'reverse', reasons: '費用の話はありませんでした。' } as const
    expect((await judgeAppeal(room.world, await person('opr_second'), appeal, judgement)).ok).toBe(true)
    expect([await waiting(first.decision), await waiting(first.decision, 'opr_demo')]).toEqual([undefined, undefined])
    const id = (await waiting(first.decision, 'opr_third')) ?? ''
    const shown = await opened(third, id)
    for (const text of ['応募はLINEでお願いします。', said]) expect(shown.text).toContain(text)
    for (const hidden of [FACTS, judgement.reasons, first.decision, 'opr_second'])
      expect(shown.html).not.toContain(hidden)
    await third.send('judge', { breach: 'yes', 'kinds-off-platform-contact': '1', reasons: '外部の連絡先です。' })
    for (const who of ['opr_demo', 'opr_second', 'opr_third'])
      expect((await showSecond(room.world, await person(who), id)).ok).toBe(false)
    const differs = await showSecond(room.world, fourth, id)
    expect(
      differs.ok && differs.value.state === 'differ' && differs.value.findings.map((one) => one.reasons).sort(),
    ).toEqual(['外部の連絡先です。', judgement.reasons].sort())
    expect((await settleSecond(room.world, fourth, id, { stands: 'second', reasons: '外部へ誘っています。' })).ok).toBe(
      true,
    )
    const [again] = await casesAbout(room.world.db, 'job', first.job)
    expect(again).toMatchObject({ status: 'open', openedBy: 'operator' })
  })
})
