import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changeBetween,
  MOST_BYTES,
  NO_PROCESS_DATA,
  type NotedSave,
  type ProcessData,
  packProcessData,
  readObserved,
  unpackProcessData,
  withSave,
} from '../../src/attempt/process-data/process-data.ts'
import { milliseconds, seconds } from '../../src/kernel/instant.ts'
import type { TaskField } from '../../src/task/present.ts'

const field = (name: string, initial = ''): TaskField => ({ name, label: name, max: 4_000, initial, as: 'lines' })
const noted = (saves: readonly NotedSave[]): ProcessData => saves.reduce(withSave, NO_PROCESS_DATA)
const bytes = (data: ProcessData) => new TextEncoder().encode(packProcessData(data)).length
const sum = (data: ProcessData, of: 'fields' | 'came' | 'went') =>
  data.buckets.reduce((total, bucket) => total + bucket[of], 0)

const anyCount = fc.nat({ max: 2_000 })
const anySave = fc.record({
  after: fc.nat({ max: 9_000_000 }).map(milliseconds),
  change: fc.record({ fields: fc.nat({ max: 600 }), came: anyCount, went: anyCount }),
  observed: fc.option(fc.record({ longest: anyCount, isHidden: fc.boolean() }), { nil: undefined }),
  upload: fc.option(fc.record({ name: fc.string({ unit: 'binary' }), rows: anyCount, changes: anyCount }), {
    nil: undefined,
    freq: 20,
  }),
})

describe('what a save changed', () => {
  it.each([
    ['a word put in', '私は行く', '私は明日行く', { fields: 1, came: 2, went: 0 }],
    ['a word taken out', '私は明日行く', '私は行く', { fields: 1, came: 0, went: 2 }],
    ['a word for another', '以外に早い', '意外に早い', { fields: 1, came: 1, went: 1 }],
    ['a repeated sign', 'ああ', 'あああ', { fields: 1, came: 1, went: 0 }],
    ['nothing', '同じ', '同じ', { fields: 0, came: 0, went: 0 }],
  ])('counts %s', (_, before, after, change) => {
    expect(changeBetween([field('a')], { a: before }, { a: after })).toEqual(change)
  })

  it('is measured against what stood in the field before anybody worked on it', () => {
    const fields = [field('a', '山田'), field('b', '03-1')]
    expect(changeBetween(fields, {}, { a: '山田　花子' })).toEqual({ fields: 1, came: 3, went: 0 })
    expect(changeBetween(fields, { b: '03-12' }, {})).toEqual({ fields: 1, came: 0, went: 1 })
  })

  it('turned round is the same with in and out exchanged', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const { fields, came, went } = changeBetween([field('a')], { a }, { a: b })
        expect(changeBetween([field('a')], { a: b }, { a })).toEqual({ fields, came: went, went: came })
        expect(came - went).toBe(b.length - a.length)
      }),
    ))
})

describe('process data', () => {
  it('joins what happens within ten seconds, and keeps the longest piece', () => {
    const at = (second: number, came: number, longest: number, isHidden = false): NotedSave => ({
      after: seconds(second),
      change: { fields: 1, came, went: 1 },
      observed: { longest, isHidden },
    })
    expect(noted([at(3, 5, 1), at(9, 7, 6, true), at(10, 2, 2)]).buckets).toEqual([
      { at: 0, fields: 2, came: 12, went: 2, longest: 6, isHidden: true },
      { at: 1, fields: 1, came: 2, went: 1, longest: 2, isHidden: false },
    ])
  })

  it('is the same in whatever order saves are noted', () =>
    fc.assert(
      fc.property(
        fc.array(
          anySave.map(({ upload: _, ...save }) => save),
          { maxLength: 12 },
        ),
        (saves) => {
          expect(noted(saves.toReversed())).toEqual(noted(saves))
        },
      ),
    ))

  it('is never more than 6 KB a task, and loses no count by becoming coarser', () =>
    fc.assert(
      fc.property(fc.array(anySave, { minLength: 200, maxLength: 900 }), (saves) => {
        const data = noted(saves)
        expect(bytes(data)).toBeLessThanOrEqual(MOST_BYTES)
        for (const of of ['fields', 'came', 'went'] as const)
          expect(sum(data, of)).toBe(saves.reduce((total, { change }) => total + change[of], 0))
      }),
      { numRuns: 20 },
    ))

  it('comes back from its packed form as it was', () =>
    fc.assert(
      fc.property(fc.array(anySave, { maxLength: 30 }), (saves) => {
        expect(unpackProcessData(packProcessData(noted(saves)))).toEqual(noted(saves))
      }),
    ))

  it('keeps the latest files, their names without folders and hidden signs, and cut', () => {
    const upload = (name: string): NotedSave => ({
      after: seconds(1),
      change: { fields: 0, came: 0, went: 0 },
      upload: { name, rows: 48, changes: 3 },
    })
    const names = noted(
      ['1', '2', 'C:\\tmp\\名簿.csv', 'a/b\u202e\u0000vsc.exe', 'あ'.repeat(99), '4', '5', '6', '7', '8'].map(upload),
    ).uploads.map(({ name }) => name)
    expect(names).toEqual(['名簿.csv', 'bvsc.exe', 'あ'.repeat(40), '4', '5', '6', '7', '8'])
  })
})

describe('what a page says it saw', () => {
  it('is a number of characters, and whether it was out of sight', () => {
    expect(readObserved({ longest: 12, hidden: true })).toEqual({ longest: 12, isHidden: true })
    expect(readObserved({ longest: 0 })).toEqual({ longest: 0, isHidden: false })
  })

  it.each([undefined, null, 5, 'x', [], {}, { longest: -1 }, { longest: 1.5 }, { longest: '9' }, { longest: NaN }])(
    'is nothing where it says %j',
    (input) => expect(readObserved(input)).toBeUndefined(),
  )

  it('is clipped, and anything but true is in sight', () => {
    expect(readObserved({ longest: Number.MAX_SAFE_INTEGER, hidden: 'yes' })).toEqual({
      longest: 999_999,
      isHidden: false,
    })
  })
})
