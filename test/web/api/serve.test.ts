import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/kernel/result.ts'
import { serving as servingMarket } from '../../../src/sandbox/api/serve.ts'
import type { SandboxEnv } from '../../../src/sandbox/sandbox-world.ts'
import { serving } from '../../../src/web/api/serve.ts'

import type { WebEnv } from '../../../src/web/web-env.ts'

const call = { method: 'get', path: '/x', tag: 'X', summary: 'x', success: [200, 'x'], refusals: [] } as const
const answer = () => ok({})

describe('a call for whose callers there is no door', () => {
  it.each([
    ['a service token of no scope', { ...call, security: 'service' }],
    ['either of two', { ...call, security: 'either' }],
  ] as const)('is not served: %s', (_, one) => {
    expect(() => serving(new Hono<WebEnv>())(one, answer)).toThrow('/x')
    expect(() => servingMarket(new Hono<SandboxEnv>())(one, answer)).toThrow('/x')
  })
})
