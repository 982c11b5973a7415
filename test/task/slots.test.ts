import { expect, it } from 'vitest'
import { saySlot } from '../../src/task/slots.ts'

it('a sum in a slot is taken from left to right, and refused where that is another sum', () => {
  const values = new Map(
    Object.entries({ a: 2, b: 3 }).map(
      ([name, number]) => [name, { text: `${number}`, number, grouped: false }] as const,
    ),
  )
  expect(['a+b', 'a*b+1', 'a-b+5', 'a*b*2'].map((sum) => saySlot(sum, values))).toEqual(['5', '7', '4', '12'])
  expect(['a+b*2', 'a*2-b*2'].map((sum) => saySlot(sum, values))).toEqual([undefined, undefined])
})
