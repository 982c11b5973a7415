import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { operator, pass } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

interface Client {
  execute(statement: { readonly sql: string }): Promise<unknown>
}

/** Has something happen right before it is asked whether the signal of a badge that was taken has been overtaken. */
function interrupt(act: () => Promise<unknown>): void {
  // the driver under drizzle
  const client = (w.db as unknown as { $client: Client }).$client
  const execute = client.execute.bind(client)
  client.execute = async (statement) => {
    if (/^select "seq" from "outbox" where .*"chain" <> /.test(statement.sql)) {
      client.execute = execute
      await act()
    }
    return execute(statement)
  }
}

describe('a badge that the marketplace has taken', () => {
  it('and that is revoked at that very moment gives the ranking nothing', async () => {
    const { credential } = await pass(w, 'w-1')
    const token = await operator(w)
    interrupt(() =>
      w.call('POST', `/api/staff/credentials/${credential}/status`, {
        token,
        body: { status: 'revoked', why: 'forged' },
      }),
    )
    await w.drain()
    expect(w.market.badges.get(`w-1 ${credential}`)?.body.status).toBe('revoked')
    expect(w.market.signals.get('w-1 tiny')?.body.withdrawn).toBe(true)
  })
})
