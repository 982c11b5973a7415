import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stableHash, unitHash } from '../../../../src/kernel/random.ts'
import { type Entrant, lotOf, openPlaces } from '../../../../src/sandbox/search/newcomers/open-places.ts'

interface Person {
  readonly id: string
  readonly entrant: Pick<Entrant, 'group' | 'weight'> | undefined
}

const entrant = fc.option(
  fc.record({
    group: fc.constantFrom('certified', 'other' as const),
    weight: fc.constantFrom('fresh', 'settled' as const),
  }),
  { nil: undefined },
)
const people = fc
  .array(entrant, { maxLength: 160 })
  .map((all) => all.map((one, at): Person => ({ id: `wrk_${at}`, entrant: one })))
const ratio = fc.double({ min: 1, max: 4, noNaN: true })
const open = (ranked: readonly Person[], of: { readonly ratio: number; readonly seed: string }) =>
  openPlaces(ranked, ({ id, entrant: one }) => one && { ...one, lot: lotOf(of.seed, id, one.weight) }, of)
const weightOf = (person: Person): number => (person.entrant?.weight === 'fresh' ? 2 : 1)

/** The rule as it is told: the group by its share, of it whoever has the lowest −ln(u)/w. */
function slowly(ranked: readonly Person[], { ratio: r, seed }: { readonly ratio: number; readonly seed: string }) {
  const order = [...ranked]
  const draws = new Map<string, number>()
  for (let first = 10; first + 20 <= ranked.length; first += 20) {
    const position = first + 1 + (stableHash(`${seed}/place/${first}`) % 20)
    const pool = order.slice(position).filter((person) => person.entrant && !draws.has(person.id))
    const of = (group: string) => pool.filter((person) => person.entrant?.group === group)
    const [c, u] = [of('certified'), of('other')]
    if (pool.length === 0) continue
    const share = u.length === 0 ? 1 : Math.min(2 / 3, (r * c.length) / (r * c.length + u.length))
    const certified = unitHash(`${seed}/group/${first}`) < share
    const group = certified ? c : u
    const key = (person: Person) => lotOf(seed, person.id, person.entrant?.weight ?? 'settled')
    const drawn = group.toSorted((a, b) => key(a) - key(b))[0] as Person
    order.splice(order.indexOf(drawn), 1)
    order.splice(position - 1, 0, drawn)
    const total = group.reduce((sum, person) => sum + weightOf(person), 0)
    draws.set(drawn.id, ((certified ? share : 1 - share) * weightOf(drawn)) / total)
  }
  return { order: order.map(({ id }) => id), draws }
}

describe('places behind page 1', () => {
  it('are given by the plain rule, with the probability that it has', () => {
    fc.assert(
      fc.property(people, ratio, fc.string(), (ranked, r, seed) => {
        const { order, draws } = open(ranked, { ratio: r, seed })
        const expected = slowly(ranked, { ratio: r, seed })
        expect(order.map(({ id }) => id)).toEqual(expected.order)
        expect([...draws.keys()]).toEqual([...expected.draws.keys()])
        for (const [id, { position, propensity }] of draws) {
          expect(order[position - 1]?.id).toBe(id)
          expect(propensity).toBeCloseTo(expected.draws.get(id) as number, 9)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('are one in twenty, never on page 1, and move nobody else down by more than one place a draw', () => {
    fc.assert(
      fc.property(people, ratio, fc.string(), (ranked, r, seed) => {
        const { order, draws } = open(ranked, { ratio: r, seed })
        expect(new Set(order).size).toBe(ranked.length)
        expect(order.slice(0, 10)).toEqual(ranked.slice(0, 10))
        expect(draws.size).toBeLessThanOrEqual(Math.max(0, Math.floor((ranked.length - 10) / 20)))
        for (const [at, person] of ranked.entries())
          if (!draws.has(person.id)) expect(order.indexOf(person) - at).toBeLessThanOrEqual(draws.size)
      }),
    )
  })
})
