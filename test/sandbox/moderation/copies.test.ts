import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideWithCopies, waitingCopies } from '../../../src/sandbox/flows/decide-copies.ts'
import type { Case } from '../../../src/sandbox/moderation/case.ts'
import { findCase } from '../../../src/sandbox/moderation/store.ts'
import { interrupted } from '../../support/sandbox/interrupted.ts'
import { type ModerationRoom, openModerationRoom } from '../../support/sandbox/moderation-room.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const words = {
  title: '在宅でかんたん、日給3万円のお仕事',
  body: 'はじめに登録料9,800円をお振り込みください。確認のあと、LINEで作業の手順をお送りします。',
}
const post = async (client: string, change: object = {}) => {
  const { json } = await room.as(client, 'POST', '/v1/jobs', {
    ...{ category: 'business-admin', pay: { type: 'fixed', amount: 6_000 }, ...words, ...change },
    sendAnyway: true,
  })
  return { job: json.id as string, id: await room.caseAbout(json.id) }
}

describe('copies of one text', () => {
  it('are decided together, each with a statement of its own; near copies, what somebody else has taken and what is rewritten meanwhile are not', async () => {
    const [first, copy, taken, near, dearer, late] = [
      await post('cli_01'),
      await post('cli_02'),
      await post('cli_03'),
      await post('cli_04', { title: '在宅でかんたん、日給4万円のお仕事' }),
      await post('cli_05', { pay: { type: 'fixed', amount: 60_000 } }),
      await post('cli_06'),
    ]
    await room.as('opr_second', 'POST', `/v1/operators/subjects/${taken.id}/claim`)
    const known = (await findCase(room.world.db, first.id)) as Case
    expect((await waitingCopies(room.world, known)).map(({ id }) => id).sort()).toEqual(
      [copy.id, taken.id, late.id].sort(),
    )
    const operator = { id: 'opr_demo', role: 'operator', name: '' } as const
    const verdict = {
      action: 'take-down',
      kinds: ['upfront-fee'],
      duration: null,
      ground: 'terms',
      facts: '先に登録料を求めています。',
      version: known.version,
    } as const
    const rewrite = () =>
      room.as('cli_06', 'POST', `/v1/jobs/${late.job}/edit`, { body: '会員名簿を表に入力してください。' })
    const world = { ...room.world, db: interrupted(room.world.db, rewrite) }
    expect((await decideWithCopies(world, operator, first.id, verdict)).ok).toBe(true)
    expect(await Promise.all([first, copy, taken, near, dearer, late].map(({ job }) => room.state(job)))).toEqual([
      'taken-down',
      'taken-down',
      'held',
      'held',
      'held',
      'held',
    ])
    const [one, other] = await Promise.all([room.shown(first.id), room.shown(copy.id)])
    expect(one.decision.id).not.toBe(other.decision.id)
    expect(other.decisions[0].statement.facts).toBe('先に登録料を求めています。')
  })
})
