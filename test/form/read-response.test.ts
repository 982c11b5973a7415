import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import type { PlacedItem, PresentedItem } from '../../src/form/form.ts'
import { presentForm } from '../../src/form/present-form.ts'
import { readResponse, resolveResponse } from '../../src/form/read-response.ts'
import { scoreResponse } from '../../src/item/definition-of.ts'
import type { Item, Stem } from '../../src/item/item.ts'
import { sampleBank, sampleItem, section } from '../support/sample-bank.ts'

const items = Array.from({ length: 8 }, (_, i) => sampleItem('a', i, { skill: `s-${i}` }))
const bank = sampleBank({ sections: [section('a', 8)], items })

function paper(seed: string) {
  const form = assembleForm(bank, { locale: 'ja', seed, exposure: NO_EXPOSURE })
  const placed = form.sections.flatMap((s) => s.items)
  const presented = presentForm(form, bank).flatMap((s) => s.items)
  return placed.map((place, i) => {
    const item = items.find((one) => one.id === place.itemId) as Item
    return { place, presented: presented[i] as PresentedItem, item, stem: item.wordings.ja?.stem as Stem }
  })
}
const onPaper = (type: Item['type']) =>
  paper('c'.repeat(32)).find(({ item }) => item.type === type) as ReturnType<typeof paper>[number]

/** Finds a choice of the paper by the text that the candidate sees. */
const refOf = (options: PresentedItem['options'], text: string) =>
  options?.find((option) => option.html === text)?.ref ?? ''

function right({ presented, item }: { presented: PresentedItem; item: Item }): unknown {
  const { key } = item.wordings.ja?.secret ?? { key: undefined }
  const ref = (i: number) => refOf(presented.options, `choice ${i}`)
  switch (key?.type) {
    case 'single':
    case 'true-false':
      return { choice: ref(key.choice) }
    case 'multiple':
      return { choices: key.choices.map(ref) }
    case 'order':
      return { order: key.order.map(ref) }
    case 'match':
      return {
        pairs: Object.fromEntries(
          key.pairs.map((r, l) => [refOf(presented.left, `choice ${l}`), refOf(presented.right, `choice ${r}`)]),
        ),
      }
    case 'cloze':
      return { blanks: { '1': 'x', '2': refOf(presented.blanks?.[1]?.options, 'choice 2') } }
    case 'numeric':
      return { text: '12' }
    default:
      return { text: 'answer' }
  }
}

describe('a response', () => {
  it('that picks what the key says by what is seen earns full credit on every paper', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{32}$/), (seed) => {
        for (const entry of paper(seed)) {
          const read = readResponse(entry.place, entry.stem, right(entry))
          expect(read.ok).toBe(true)
          if (read.ok)
            expect(
              scoreResponse(
                entry.item.wordings.ja?.secret.key as never,
                resolveResponse(entry.stem.type, entry.place, read.value),
              ),
            ).toBe(1)
        }
      }),
    )
  })

  it.each<[Item['type'], unknown]>([
    ['single', { choice: 'e' }],
    ['single', { choice: 0 }],
    ['single', { choice: 'a', extra: 1 }],
    ['single', { text: 'a' }],
    ['single', 'a'],
    ['multiple', { choices: ['a', 'a'] }],
    ['multiple', { choices: 'a' }],
    ['order', { order: ['a', 'b'] }],
    ['order', { order: ['a', 'b', 'c', 'c'] }],
    ['match', { pairs: { '4': 'a' } }],
    ['match', { pairs: { '1': 'e' } }],
    ['match', { pairs: ['a'] }],
    ['cloze', { blanks: { '3': 'x' } }],
    ['cloze', { blanks: { '2': 'd' } }],
    ['short', { text: 'x'.repeat(2_001) }],
    ['short', { text: 5 }],
    ['numeric', JSON.parse('{"__proto__": {"text": "1"}}')],
  ])('to a %s item is refused when it is %o', (type, input) => {
    const { place, stem } = onPaper(type)
    expect(readResponse(place, stem, input).ok).toBe(false)
  })

  it('may be cleared, and may leave blanks and pairs open', () => {
    for (const { place, stem } of paper('d'.repeat(32)))
      expect(readResponse(place, stem, null)).toEqual({ ok: true, value: null })
    const cloze = onPaper('cloze')
    expect(readResponse(cloze.place, cloze.stem, { blanks: {} }).ok).toBe(true)
    const match = onPaper('match')
    expect(readResponse(match.place, match.stem, { pairs: { '2': 'a' } }).ok).toBe(true)
  })

  it('has one spelling, whatever order its parts came in', () => {
    const { place, stem } = onPaper('match')
    const one = readResponse(place, stem, { pairs: { '1': 'a', '2': 'b' } })
    const other = readResponse(place as PlacedItem, stem, { pairs: { '2': 'b', '1': 'a' } })
    expect(JSON.stringify(one)).toBe(JSON.stringify(other))
  })

  it('is refused for anything, but never by a throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...paper('e'.repeat(32))),
        fc.anything(),
        ({ place, stem }, input) => void readResponse(place, stem, input),
      ),
    )
  })
})
