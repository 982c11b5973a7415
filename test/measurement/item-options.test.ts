import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presentItem } from '../../src/form/present-form.ts'
import { resolveResponse } from '../../src/form/read-response.ts'
import type { Item } from '../../src/item/item.ts'
import { isAnswered, optionsOf, picksOf } from '../../src/measurement/item-options.ts'
import { modelAnswer } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'

const bank = tinyBank()
const wordingOf = (item: Item) => item.wordings.ja as NonNullable<Item['wordings']['ja']>

/** The item laid out with everything in the order that `turn` makes of it. */
function placedAs(item: Item, turn: (length: number) => number[]) {
  const { stem } = wordingOf(item)
  return {
    ref: 'q1',
    itemId: item.id,
    itemHash: item.hash,
    ...('choices' in stem ? { choices: turn(stem.choices.length) } : {}),
    ...(stem.type === 'match' ? { choices: turn(stem.right.length), left: turn(stem.left.length) } : {}),
    ...(stem.type === 'cloze'
      ? {
          blanks: Object.fromEntries(
            stem.blanks.flatMap(({ ref, choices }) => (choices ? [[ref, turn(choices.length)]] : [])),
          ),
        }
      : {}),
  }
}

const order = (keys: readonly number[]) => (length: number) =>
  Array.from({ length }, (_, i) => i).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)

describe('picks', () => {
  it.each(bank.items.slice(0, 8).map((item) => [item.type, item] as const))(
    'of a right answer to %s are its keys, wherever the paper shows them',
    (_, item) => {
      const { stem, secret } = wordingOf(item)
      const keys = optionsOf(stem, secret.key).filter(({ isKey }) => isKey)
      fc.assert(
        fc.property(fc.array(fc.nat(100), { minLength: 8, maxLength: 8 }), (weights) => {
          const placed = placedAs(item, order(weights))
          const response = resolveResponse(
            stem.type,
            placed,
            modelAnswer(bank, presentItem(placed, stem, 1), { right: true }),
          )
          expect(new Set(picksOf(stem.type, response))).toEqual(new Set(keys.map(({ id }) => id)))
          expect(isAnswered(stem.type, response)).toBe(true)
        }),
      )
    },
  )

  it('are named once each, with what they were picked for', () => {
    for (const item of bank.items.slice(0, 8)) {
      const { stem, secret } = wordingOf(item)
      const ids = optionsOf(stem, secret.key).map(({ id }) => id)
      expect(new Set(ids).size, item.type).toBe(ids.length)
    }
    const { stem, secret } = wordingOf(bank.items.find(({ type }) => type === 'match') as Item)
    expect(optionsOf(stem, secret.key)[3]).toMatchObject({
      id: '1.4',
      group: expect.stringContaining('left choice 0'),
      isKey: true,
    })
  })

  it('are none in what was left empty', () => {
    const left = [
      ['single', null],
      ['short', { text: ' ' }],
      ['multiple', { choices: [] }],
      ['cloze', { blanks: { '1': '' } }],
      ['match', { pairs: {} }],
    ] as const
    for (const [type, empty] of left) expect([picksOf(type, empty), isAnswered(type, empty)], type).toEqual([[], false])
  })
})
