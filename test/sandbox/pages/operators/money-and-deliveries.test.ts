import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countMessages } from '../../../../src/platform/outbox/history/store.ts'
import { drainSandbox } from '../../../../src/sandbox/flows/drain-sandbox.ts'
import { type ContractRoom, openContractRoom } from '../../../support/sandbox/contract-room.ts'
import { type Visitor, visitor } from '../../../support/sandbox/visitor.ts'

let room: ContractRoom
let operator: Visitor
const count = () => countMessages(room.market.world.db)

beforeAll(async () => {
  room = await openContractRoom()
  operator = visitor(room.market)
  await operator.signIn('opr_demo')
})
afterAll(() => room.close())

describe('contracts and money', () => {
  it('shows that the books agree and where the money is', async () => {
    const paid = await room.funded({ amount: 20_000 })
    await room.step('wrk_001', paid.id, 'deliver', { note: '納品です' })
    await room.step('cli_01', paid.id, 'accept')
    await room.funded({ amount: 7_000, title: '在庫表の更新' })
    const { text } = await operator.open('/operators/contracts')
    for (const words of [
      '1円まで合っています',
      '受け取った27,000円',
      '預かっている額 7,000円',
      '働いた人に払った額 18,000円',
      '手数料 2,000円',
      'クライアントに返した額 0円',
    ])
      expect(text).toContain(words)
  })

  it('narrows down to states, to disputes, and to what is due soon', async () => {
    const disputed = await room.funded({ title: '集計の直し' })
    await room.step('wrk_001', disputed.id, 'deliver', { note: '納品です' })
    await room.step('cli_01', disputed.id, 'dispute', { note: '設問が足りません' })
    const found = (await operator.open('/operators/contracts?state=disputed')).text
    expect(found).toContain('集計の直し')
    expect(found).not.toContain('在庫表の更新')
    expect((await operator.open('/operators/contracts?state=due')).text).toContain('この条件の契約はありません')
    await room.propose({ title: 'まだ払われない契約' })
    expect((await operator.open('/operators/contracts?state=due')).text).toContain('まだ払われない契約')
    expect((await operator.open('/operators/contracts?state=nonsense')).text).toContain('在庫表の更新')
  })

  it('leads to the dispute, which is decided there', async () => {
    const { html } = await operator.open('/operators/contracts?state=disputed')
    await operator.open(/href="(\/contracts\/[^"]+)"/.exec(html)?.[1] as string)
    await operator.send('decide', { releaseToWorker: '6000', refundToClient: '4000', reason: '六割ができています' })
    expect((await operator.open('/operators/contracts')).text).toContain('1円まで合っています')
    expect((await operator.open('/operators/contracts?state=disputed')).text).toContain('この条件の契約はありません')
  })
})

describe('deliveries', () => {
  it('shows what waits and what has arrived, as ids only', async () => {
    expect((await operator.open('/operators/deliveries')).text).toContain('送信を待っています')
    while ((await drainSandbox(room.market.world)).delivered > 0);
    const { text } = await operator.open('/operators/deliveries')
    expect(text).toContain('すべて届いています')
    expect(text).toContain('"type": "escrow.released"')
    expect(text).not.toMatch(/在庫表の更新|20,?000/)
  })

  it('sends dead letters again, one or all, under the id they had', async () => {
    const { market } = room
    market.plugin.webhookStatus = 410
    await room.funded({ title: 'もう一件' })
    await room.funded({ title: 'さらに一件' })
    await drainSandbox(market.world)
    expect((await count()).dead).toBe(2)
    const dead = await operator.open('/operators/deliveries')
    expect(dead.text).toContain('2件が届きませんでした')
    const one = operator.forms().find(({ id }) => id.startsWith('replay-evt'))
    await operator.send(one?.id ?? '')
    expect(await count()).toMatchObject({ dead: 1, pending: 1 })
    market.plugin.webhookStatus = 200
    await operator.open('/operators/deliveries?state=dead')
    await operator.send('replay-all')
    await drainSandbox(market.world)
    expect(await count()).toMatchObject({ dead: 0, pending: 0 })
    expect(market.plugin.deliveries.at(-1)?.headers['webhook-id'] ?? '').toMatch(/^evt_/)
    const ids = market.plugin.deliveries.map(({ headers }) => headers['webhook-id'])
    expect(ids.filter((id) => one?.id === `replay-${id}`)).toHaveLength(2)
  })
})
