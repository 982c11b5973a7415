import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Kind } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { decideSubject } from '../../../../src/sandbox/flows/decide-subject.ts'
import { latestLabels } from '../../../../src/sandbox/moderation/label/store.ts'
import { isDrawn } from '../../../../src/sandbox/moderation/second/second.ts'
import { waitingSeconds } from '../../../../src/sandbox/moderation/second/store.ts'
import { casesAbout } from '../../../../src/sandbox/moderation/store.ts'
import { keyedName } from '../../../../src/sandbox/people/keyed-name.ts'
import { findPerson } from '../../../../src/sandbox/people/store.ts'
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
async function decisionId(drawn: boolean): Promise<string> {
  for (;;) {
    nth += 1
    const id = `dec_s${nth}`
    if (isDrawn(await keyedName(String(room.world.settings.keys.service.d), 'second-judgement', id)) === drawn)
      return id
  }
}

/** A post about which the first operator has decided. */
async function decided(action: 'take-down' | 'no-action', kinds: readonly Kind[] = [], drawn = true) {
  const job = await room.job('held')
  const subject = await room.caseAbout(job)
  const id = await decisionId(drawn)
  const world = {
    ...room.world,
    newId: ((kind) => (kind === 'dec' ? id : room.world.newId(kind))) as typeof room.world.newId,
  }
  const operator = await findPerson(room.world.db, 'opr_demo')
  if (!operator) throw new Error('no operator')
  const verdict = { action, kinds, duration: null, facts: FACTS, ground: 'terms' } as const
  expect((await decideSubject(world, operator, subject, verdict)).ok).toBe(true)
  const since = 0 as Parameters<typeof waitingSeconds>[1]['since']
  const waiting = await waitingSeconds(room.world.db, { operator: 'opr_second', since, limit: 100 })
  return { job, subject, decision: id, second: waiting.find(({ second: one }) => one.decision === id)?.second.id }
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

  it('is not offered to whoever has read it, by page or by program', async () => {
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
