import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { randomFrom } from '../../src/kernel/random.ts'
import { cases } from '../support/cases.ts'
import { drawLog, seedOf, WORKERS } from './market-log.ts'
import { type BothSides, openBothSides, passNight, pictureOf, runBothSides, settleBothSides } from './two-sides.ts'

const ACTS = cases(200, 4)
const SEED = 4
/** Those with an odd number tell some of it while the story goes on, the others when it is over. */
const ORDERS = Array.from({ length: cases(2, 2) }, (_, i) => i + 1)

let both: BothSides | undefined
afterEach(async () => {
  await both?.close()
  both = undefined
})

type Picture = Awaited<ReturnType<typeof pictureOf>>

/** One story through the sandbox's own doors, its events told in a way of its own. */
async function story(
  tell: (both: BothSides) => {
    between: Parameters<typeof runBothSides>[2]
    finish: (announced: BothSides['announced']) => Promise<void>
  },
): Promise<Picture> {
  both = await openBothSides()
  const { between, finish } = tell(both)
  await runBothSides(both, drawLog(SEED, ACTS), between)
  await finish(both.announced)
  await settleBothSides(both)
  // what the sandbox refused because of a badge that it had not heard the last of is told again
  await passNight(both)
  return pictureOf(both)
}

describe('plugin and sandbox', () => {
  let expected: Picture
  let told = 0
  beforeAll(async () => {
    expected = await story((opened) => ({
      between: async (announced) => {
        for (; told < announced.length; told++) await opened.deliver(announced[told] as (typeof announced)[number])
        await opened.drain()
      },
      finish: async () => {},
    }))
    await both?.close()
    both = undefined
  })

  it(`agree after ${ACTS} acts: standings, badges, signals, skill contexts, cases`, () => {
    const { plugin, sandbox } = expected
    const read = (lines: readonly string[]) => lines.map((line) => JSON.parse(line))
    expect(plugin.undelivered).toEqual([])
    expect(told).toBeGreaterThan(0.6 * ACTS)
    const statuses = new Map(read(plugin.credentials).map(({ id, status }) => [id, status]))
    const standings = new Map(
      read(sandbox.standings).map(({ id, standing, standing_version }) => [id, [standing, standing_version]]),
    )
    expect(standings.size).toBe(WORKERS.length)
    expect(
      new Map(
        read(plugin.workers).map(({ worker, standing, standing_version }) => [worker, [standing, standing_version]]),
      ),
    ).toEqual(standings)
    for (const { credential, status } of read(sandbox.badges))
      expect([credential, status]).toEqual([credential, statuses.get(credential)])
    for (const { worker, withdrawn } of read(sandbox.signals)) {
      const { credential } = read(sandbox.badges).find((badge) => badge.worker === worker)
      expect([credential, withdrawn]).toEqual([credential, statuses.get(credential) === 'active' ? 0 : 1])
    }
    const frozen = read(plugin.contracts).filter((contract) => contract.frozen === 1)
    expect(frozen.length).toBeGreaterThan(ACTS / 20)
    expect(new Set(frozen.map(({ contract, credential_id }) => `${contract} ${credential_id}`))).toEqual(
      new Set(read(sandbox.contexts).map(({ contract, credential }) => `${contract} ${credential}`)),
    )
    expect(
      new Set(
        read(plugin.cases).map(
          ({ credential_id, status, action, version }) => `${credential_id} ${status} ${action} ${version}`,
        ),
      ),
    ).toEqual(
      new Set(read(sandbox.cases).map(({ ref, status, action, version }) => `${ref} ${status} ${action} ${version}`)),
    )
    expect(new Set(statuses.values())).toEqual(new Set(['active', 'suspended', 'revoked']))
  })

  it.each(ORDERS)(
    'end in the same state when the events come in any order with duplicates: order %i',
    async (order) => {
      const random = randomFrom(seedOf(order))
      const known = new Set<string>()
      const picture = await story((opened) => ({
        between: async (announced) => {
          if (order % 2 === 0) return
          const event = announced[random.below(Math.max(1, announced.length))]
          if (event && random.below(3) === 0) {
            await opened.deliver(event)
            known.add(event.id)
          }
          if (random.below(5) === 0) await opened.drain()
        },
        finish: async (announced) => {
          const left = announced.filter(({ id }) => !known.has(id))
          const again = announced.filter(() => random.below(4) === 0)
          for (const event of random.shuffle([...left, ...again])) {
            await opened.deliver(event)
            if (random.below(6) === 0) await opened.drain()
          }
        },
      }))
      expect(picture).toEqual(expected)
    },
  )

  it('agree again after a night when every event was lost', async () => {
    const picture = await story(() => ({
      between: async () => {},
      finish: async () => {},
    }))
    expect(picture.plugin.workers).toEqual(expect.arrayContaining(expected.plugin.workers))
    expect(picture.plugin.credentials).toEqual(expected.plugin.credentials)
    expect(picture.plugin.cases).toEqual(expected.plugin.cases)
    for (const part of ['badges', 'signals', 'cases'] as const)
      expect(picture.sandbox[part]).toEqual(expected.sandbox[part])
  })
})
