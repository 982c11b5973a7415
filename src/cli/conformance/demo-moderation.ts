import type { Reply } from './call-market.ts'
import type { DemoMarket } from './demo-market.ts'

const OPERATOR = 'opr_demo'

/** Decides a case of the plugin as an operator of the sandbox: nothing was found. */
export async function decideCase(demo: DemoMarket, id: string): Promise<Reply> {
  return demo.as(OPERATOR, {
    method: 'POST',
    path: `/v1/operators/subjects/${id}/decide`,
    body: { action: 'no-action', facts: 'Conformance run', rule: 'none' },
  })
}
