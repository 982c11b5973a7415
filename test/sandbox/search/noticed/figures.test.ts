import { describe, expect, it } from 'vitest'
import { type Instant, instant } from '../../../../src/kernel/instant.ts'
import { noticedEffect } from '../../../../src/kit/estimator.ts'
import { propensitiesOf } from '../../../../src/sandbox/search/newcomers/lot.ts'
import type { SearchDraw } from '../../../../src/sandbox/search/newcomers/store.ts'
import {
  displaysOf,
  experimentsOf,
  hiredHeldOut,
  jobStrataOf,
  type PostedJob,
  type ReaderHire,
  strataOf,
} from '../../../../src/sandbox/search/noticed/figures.ts'
import type { LoggedHire, LoggedPlace } from '../../../../src/sandbox/search/noticed/store.ts'

const DAY = 86_400_000
const START = Date.parse('2026-11-01T00:00:00Z')
const at = (day: number): Instant => instant(START + day * DAY)

const draw = (id: string, change: Partial<SearchDraw> = {}): SearchDraw => ({
  id,
  day: '2026-11-01',
  category: 'business-admin',
  reader: `clp_${id}`,
  arm: 'treated',
  armPropensity: 0.9,
  ratio: 2.4,
  setting: 'bold',
  narrowed: false,
  priority: false,
  certifiedFresh: 2,
  certifiedSettled: 3,
  otherFresh: 4,
  otherSettled: 10,
  drawnAt: at(0),
  ...change,
})
const sizes = { certified: { fresh: 2, settled: 3 }, other: { fresh: 4, settled: 10 } }
const propensities = propensitiesOf(sizes, { places: 2, ratio: 2.4 })
const place = (id: string, change: Partial<LoggedPlace> = {}): LoggedPlace => ({
  draw: id,
  way: 'lot',
  worker: 'wrk_1',
  group: 'certified',
  propensity: propensities.certified.fresh,
  ...change,
})

describe('the draws of the row as experiments', () => {
  it('have the classes of their pools, with who was drawn and hired by their probabilities', () => {
    const hire = {
      draw: 'a',
      worker: 'wrk_1',
      group: 'other',
      propensity: propensities.other.settled,
      drawn: false,
    } as const
    const [only] = experimentsOf([draw('a')], [place('a'), place('a', { way: 'order', propensity: 1 })], [hire])
    expect(only?.client).toBe('clp_a')
    expect(only?.classes.map(({ otherwise: _, ...one }) => one)).toEqual([
      { people: 2, drawn: 1, propensity: propensities.certified.fresh, hiredDrawn: 0, hiredOthers: 0 },
      { people: 3, drawn: 0, propensity: propensities.certified.settled, hiredDrawn: 0, hiredOthers: 0 },
      { people: 4, drawn: 0, propensity: propensities.other.fresh, hiredDrawn: 0, hiredOthers: 0 },
      { people: 10, drawn: 0, propensity: propensities.other.settled, hiredDrawn: 0, hiredOthers: 1 },
    ])
  })

  it('have beside them the probabilities that other terms would have given', () => {
    const of = (terms: { readonly places?: number; readonly ratio?: number }) =>
      experimentsOf([draw('a')], [], [], terms)[0]?.classes.map(({ otherwise }) => otherwise)
    const shares = ({ certified, other }: typeof propensities) => [
      certified.fresh,
      certified.settled,
      other.fresh,
      other.settled,
    ]
    expect(of({})).toEqual(shares(propensities))
    expect(of({ places: 1 })).toEqual(shares(propensitiesOf(sizes, { places: 1, ratio: 2.4 })))
    expect(of({ ratio: 1 })).toEqual(shares(propensitiesOf(sizes, { places: 2, ratio: 1 })))
  })

  it('leave out searches of nobody known, narrowed ones, and places given for the days after a pass', () => {
    const draws = [
      draw('hour', { reader: 'hour/2026-11-01T05' }),
      draw('narrowed', { narrowed: true }),
      draw('priority', { priority: true }),
    ]
    expect(experimentsOf(draws, [], [])).toEqual([])
  })

  it('have in the cautious setting the probabilities of one place', () => {
    const cautious = propensitiesOf(sizes, { places: 1, ratio: 2.4 })
    const places = [place('a', { propensity: cautious.certified.settled })]
    const [experiment] = experimentsOf([draw('a', { setting: 'cautious' })], places, [])
    expect(experiment?.classes.map(({ people, drawn, propensity }) => [people, drawn, propensity])).toEqual([
      [2, 0, cautious.certified.fresh],
      [3, 1, cautious.certified.settled],
      [4, 0, cautious.other.fresh],
      [10, 0, cautious.other.settled],
    ])
  })

  it('tell nothing of a pool of none or of one', () => {
    const none = { certifiedFresh: 0, certifiedSettled: 0, otherFresh: 0, otherSettled: 0 }
    const draws = [draw('none', none), draw('one', { ...none, otherSettled: 1 })]
    const places = [place('one', { group: 'other', propensity: 1 })]
    expect(noticedEffect(experimentsOf(draws, places, []))).toBeUndefined()
  })
})

describe("the readers' days by arm", () => {
  const hire = (reader: string, day: number, change: Partial<ReaderHire> = {}): ReaderHire => ({
    reader,
    agreedAt: at(day),
    certifiedNewcomer: false,
    endedWell: true,
    ...change,
  })

  it('are one unit however often a client reloads, and one event however many they hire', () => {
    const draws = Array.from({ length: 1_000 }, (_, nth) => draw(`d${nth}`, { reader: 'clp_1' }))
    expect(strataOf(draws, [hire('clp_1', 1), hire('clp_1', 2)], 'anybody')).toEqual([
      { propensity: 0.9, treated: { units: 1, events: 1 }, heldOut: { units: 0, events: 0 } },
    ])
  })

  it('count what happened within fourteen days, and not before', () => {
    const events = (fundedOn: number) => strataOf([draw('a')], [hire('clp_a', fundedOn)], 'anybody')[0]?.treated.events
    expect([-1, 0, 13.9, 14].map(events)).toEqual([0, 1, 1, 0])
  })

  it('are apart by the setting in which they searched', () => {
    const draws = [draw('a'), draw('b', { setting: 'cautious' }), draw('c', { setting: 'cautious' })]
    expect(strataOf(draws, [], 'anybody').map(({ treated }) => treated.units)).toEqual([1, 2])
  })

  it('are apart by month and by the propensity that the day had', () => {
    const draws = [
      draw('a'),
      draw('b', { arm: 'held-out', armPropensity: 0.1 }),
      draw('c', { armPropensity: 0.95 }),
      draw('d', { day: '2026-12-01', drawnAt: at(30) }),
      draw('e', { reader: 'hour/2026-11-01T05' }),
    ]
    const strata = strataOf(draws, [], 'certified').map(({ propensity, treated, heldOut }) => [
      Number(propensity.toFixed(6)),
      treated.units,
      heldOut.units,
    ])
    expect(strata).toEqual([
      [0.9, 1, 1],
      [0.95, 1, 0],
      [0.9, 1, 0],
    ])
  })

  it('tell a certified newcomer from anybody, and a good end from any', () => {
    const hires = [hire('clp_a', 1, { certifiedNewcomer: true, endedWell: false })]
    const events = (outcome: Parameters<typeof strataOf>[2]) => strataOf([draw('a')], hires, outcome)[0]?.treated.events
    expect([events('certified'), events('anybody'), events('endsWell')]).toEqual([1, 1, 0])
  })
})

describe('the hires of held-out searches', () => {
  const hire = (id: string, worker: string | null): LoggedHire => ({
    ...{ draw: id, worker, group: 'other', propensity: 0.1, drawn: false },
  })
  it('are of newcomers whose client searched last where the pass was held out, each once', () => {
    const heldOut = { arm: 'held-out', armPropensity: 0.1 } as const
    const draws = [draw('h0', heldOut), draw('t1', { drawnAt: at(1) }), draw('h2', { ...heldOut, drawnAt: at(2) })]
    const hires = [
      ...[hire('h0', 'w1'), hire('h2', 'w1'), hire('h0', 'w2'), hire('t1', 'w2')],
      ...[hire('t1', 'w3'), hire('h2', 'w3'), hire('t1', 'w4'), hire('h2', null), hire('older', 'w5')],
    ]
    expect(hiredHeldOut(draws, hires).sort()).toEqual(['w1', 'w3'])
  })
})

describe('the jobs by arm', () => {
  const job = (reader: string, postedOn: number, filledOn?: number): PostedJob => ({
    reader,
    postedAt: at(postedOn),
    filledAt: filledOn === undefined ? undefined : at(filledOn),
  })
  const counts = (draws: readonly SearchDraw[], jobs: readonly PostedJob[]) =>
    jobStrataOf(draws, jobs).map(({ treated, heldOut }) =>
      [treated, heldOut].map(({ units, events }) => [units, events]),
    )
  const days = (reader: string, ...on: number[]) =>
    on.map((day) =>
      draw(`${reader} ${day}`, { reader, day: `2026-11-${String(day + 1).padStart(2, '0')}`, drawnAt: at(day) }),
    )

  it('are of the arm of the first day on which their client searched while they waited, each once', () => {
    const heldOut = draw('h', {
      reader: 'clp_1',
      day: '2026-11-09',
      drawnAt: at(8),
      arm: 'held-out',
      armPropensity: 0.1,
    })
    const draws = [heldOut, ...days('clp_1', 0, 3, 5)]
    expect(counts(draws, [job('clp_1', 2, 4)])).toEqual([
      [
        [1, 1],
        [0, 0],
      ],
    ])
    expect(counts(draws, [job('clp_1', 6, 9)])).toEqual([
      [
        [0, 0],
        [1, 1],
      ],
    ])
  })

  it('are filled within fourteen days, and count no more once they are, or after a fortnight', () => {
    expect(counts(days('clp_1', 3), [job('clp_1', 2, 16.9)])).toEqual([
      [
        [1, 1],
        [0, 0],
      ],
    ])
    expect(counts(days('clp_1', 3), [job('clp_1', 2, 17)])).toEqual([
      [
        [1, 0],
        [0, 0],
      ],
    ])
    expect(counts(days('clp_1', 3), [job('clp_1', 2)])).toEqual([
      [
        [1, 0],
        [0, 0],
      ],
    ])
    expect(counts(days('clp_1', 3), [job('clp_1', 1, 2), job('clp_1', -12), job('clp_1', 4), job('clp_2', 1)])).toEqual(
      [],
    )
  })

  it('have a day each, the oldest the first, so that no two share a draw', () => {
    expect(counts(days('clp_1', 3), [job('clp_1', 2, 4), job('clp_1', 1)])).toEqual([
      [
        [1, 0],
        [0, 0],
      ],
    ])
    expect(counts(days('clp_1', 3, 4), [job('clp_1', 2, 5), job('clp_1', 1)])).toEqual([
      [
        [2, 1],
        [0, 0],
      ],
    ])
  })
})

describe('times on a first page', () => {
  it('are counted for each day that somebody of the group waited', () => {
    const draws = [draw('a'), draw('b'), draw('c', { day: '2026-11-02', certifiedSettled: 8 })]
    const places = [
      place('a'),
      place('b', { worker: 'wrk_2' }),
      place('c', { worker: null }),
      place('c', { way: 'order', group: 'other', worker: 'wrk_3' }),
    ]
    // five certified waited on the first day, ten on the second
    const { certified, other } = displaysOf(draws, places)
    expect([certified.perDay, certified.people]).toEqual([3 / 15, 2])
    expect([other.perDay, other.people]).toEqual([1 / 28, 1])
  })

  it('are not known of a market without searches, or in which nobody waits', () => {
    expect(displaysOf([], []).certified).toEqual({ perDay: undefined, people: 0 })
    const nobody = draw('a', { certifiedFresh: 0, certifiedSettled: 0 })
    expect(displaysOf([nobody], []).certified.perDay).toBeUndefined()
  })
})
