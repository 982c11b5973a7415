import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../src/item/canonical-json.ts'
import { compileItems, firstItem, SINGLE } from '../support/bank-fixture.ts'

const shuffled = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shuffled)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, shuffled(inner)]),
        )
      : value

it('does not depend on the order of keys, and reads back', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false } as never), (value) => {
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

it('sorts keys by their text, integer-like ones too', () => {
  expect(canonicalJson({ b: 1, 10: 1, 2: 1, a: { z: null, y: [] } })).toBe('{"10":1,"2":1,"a":{"y":[],"z":null},"b":1}')
})

it('hashes a bank as the canonical JSON of exam and items', () => {
  const { bank } = compileItems(SINGLE)
  expect(bank?.hash).toBe(
    createHash('sha256')
      .update(canonicalJson({ exam: bank?.exam, items: bank?.items }))
      .digest('hex'),
  )
})

it('changes an item’s hash with what is scored and with nothing else', () => {
  const { hash } = firstItem(SINGLE)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  for (const same of [
    SINGLE.replace('二つ目です。', '別'),
    SINGLE.replace('件名\n', '別\n'),
    SINGLE.replace('`難易度2`', '`難易度3`'),
  ])
    expect(firstItem(same).hash).toBe(hash)
  for (const other of [
    SINGLE.replace('`単一`', '`単一` `2点`'),
    SINGLE.replace('いつも', 'いつでも'),
    SINGLE.replace('- [x]', '- [ ]').replace('- [ ] いつも', '- [x] いつも'),
  ])
    expect(firstItem(other).hash).not.toBe(hash)
})
