import { expect, it } from 'vitest'
import type { Bank } from '../../src/item/bank.ts'
import { MAX_BANK_BYTES, packBank, unpackBank } from '../../src/item/pack-bank.ts'
import { shippedExam } from '../support/shipped-bank.ts'
import { tinyBank } from '../support/tiny-bank.ts'

/** What D1 takes in a parameter and keeps in a row. */
const ROW_BYTES = 2_000_000

it('a bank comes back as it was, small or large', async () => {
  const small = tinyBank()
  const large = {
    ...small,
    items: Array.from({ length: 2_000 }, (_, i) => ({
      ...(small.items[i % small.items.length] as Bank['items'][number]),
      id: `office-${i}`,
    })),
  }
  for (const bank of [small, large]) expect(unpackBank(await packBank(bank))).toEqual(bank)
  expect(await packBank(small)).toBe(JSON.stringify(small))
})

it('the largest bundle, packed as tightly as a real bank, fits into a row', async () => {
  const bank = await shippedExam('business-admin')
  const share = (await packBank(bank)).length / new TextEncoder().encode(JSON.stringify(bank)).length
  expect(MAX_BANK_BYTES * share).toBeLessThan(ROW_BYTES)
})
