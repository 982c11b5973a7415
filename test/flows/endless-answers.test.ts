import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { generateKey, openKeyRing, signingKey } from '../../src/credential/keys.ts'
import { endorseAchievement } from '../../src/flows/endorse-achievement.ts'
import { openSession } from '../../src/flows/open-session.ts'
import { callMarketplace } from '../../src/marketplace/call-marketplace.ts'
import type { ServiceKey } from '../../src/marketplace/trusted-token.ts'
import type { World } from '../../src/world/world.ts'
import { endless } from '../support/endless.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'

let w: FixedWorld
let answers: ReturnType<typeof endless>[]
/** The world in which the marketplace's answers have no end. */
let flooded: World
beforeEach(async () => {
  w = await fixedWorld()
  answers = []
  const fetch = async () => {
    const answer = endless()
    answers.push(answer)
    return new Response(answer.body, { headers: { 'content-type': 'application/json' } })
  }
  // settings of its own: published keys are remembered by them
  flooded = { ...w.world, settings: { ...w.world.settings, marketplace: { ...w.world.settings.marketplace } }, fetch }
})
afterEach(() => w.close())

const expectCutOff = () => {
  expect(answers.length).toBeGreaterThan(0)
  for (const { asked } of answers) expect([asked.bytes < 524_288, asked.cancelled]).toEqual([true, true])
}

describe('an answer of the marketplace without end is cut off while it comes', () => {
  it('to a call: it counts as no answer', async () => {
    const key = signingKey(await openKeyRing(PLUGIN, [await generateKey('service')]), 'service') as ServiceKey
    const call = { method: 'GET', path: '/v1/workers/w-1/standing', idempotencyKey: 'msg_1' }
    expect(await callMarketplace(flooded, key, call, w.clock.now)).toMatchObject({ status: 200, body: undefined })
    expectCutOff()
  })

  it('where its keys should be: a launch is refused', async () => {
    expect(await openSession(flooded, await w.market.launchToken({ sub: 'w-1' }))).toMatchObject({
      ok: false,
      problem: { code: 'token-refused', reason: 'keys-unavailable' },
    })
    expectCutOff()
    // and with keys that end, the same token is good
    must(await openSession(w.world, await w.market.launchToken({ sub: 'w-1' })))
  })

  it('where the key of its endorsement should be: the endorsement is refused', async () => {
    expect(await endorseAchievement(flooded, 'tiny', await w.market.endorsement('tiny'))).toMatchObject({
      ok: false,
      problem: { code: 'malformed' },
    })
    expectCutOff()
  })
})
