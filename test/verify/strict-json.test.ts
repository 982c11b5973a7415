import fc from 'fast-check'
import { visit } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { MAX_DEPTH, parseMembers } from '../../src/verify/strict-parsing.ts'

/** Whether an object names a member twice, by another reader's events. */
function repeats(text: string): boolean {
  const open: Set<string>[] = []
  let isRepeated = false
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectProperty: (name) => {
      isRepeated ||= open.at(-1)?.has(name) ?? false
      open.at(-1)?.add(name)
    },
    onObjectEnd: () => void open.pop(),
  })
  return isRepeated
}

/** Names that hide behind escapes, or look like more than they are. */
const name = fc.constantFrom('"a"', '"\\u0061"', '"Aa"', '"a\\\\"', '"\\""', '"x:{["', '"名"', '"\\\\\\""', '""')
/** Numbers that have a longer or a shorter text. */
const numbers = [
  '-0.5e3',
  '-0',
  '0',
  '1e7',
  '10000000',
  '1e21',
  '120',
  '12e1',
  '0.001',
  '1e-3',
  '12345678901234568e4',
  '9007199254740993',
  '-1000',
  '-1e3',
  '1E+9',
]
const space = fc.constantFrom('', '', '', ' ', '\n\t')
const { value: json } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('1', 'null', 'true', '"v"', '":"', '"\\":"', '"}"', ...numbers),
    tie('object'),
    tie('array'),
  ),
  object: fc
    .array(fc.tuple(space, name, space, space, tie('value')), { maxLength: 5 })
    .map((members) => `{${members.map(([a, key, b, c, value]) => `${a}${key}${b}:${c}${value}`).join(',')}}`),
  array: fc
    .tuple(space, fc.array(tie('value'), { maxLength: 4 }))
    .map(([a, values]) => `[${a}${values.join(`${a},`)}${a}]`),
}))

const read = (text: string) => parseMembers(new TextEncoder().encode(text))
const nested = (levels: number) =>
  `${'{"a":['.repeat(Math.floor(levels / 2))}${levels % 2 ? '{}' : '1'}${']}'.repeat(Math.floor(levels / 2))}`

describe('members of a JSON object', () => {
  it('are read exactly when none is named twice, however names and space are written', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = `{"root":${value}}`
        expect(read(text)).toEqual(
          repeats(text) ? { ok: false, problem: 'repeats' } : { ok: true, value: JSON.parse(text) },
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('may be many in one object, and one of them twice is seen there too', () => {
    const members = Array.from({ length: 500 }, (_, i) => `"m${i}":${i}`)
    expect(read(`{${members.join()}}`).ok).toBe(true)
    expect(read(`{${[...members, '"m250":0'].join()}}`)).toEqual({ ok: false, problem: 'repeats' })
  })

  it.each([
    ['an exponent', '{"n":1e7,"":0,"":0}'],
    ['a fraction', '{"n":1e-7,"":0,"":0}'],
    ['more digits than a number has', '{"n":12345678901235e7,"":0,"":0}'],
    ['a name that is the prototype’s', '{"__proto__":{"a":1},"__proto__":{"a":1}}'],
  ])('are not named twice where %s leaves room for it', (_, text) => {
    expect(read(text)).toEqual({ ok: false, problem: 'repeats' })
  })

  it('nest as deep as is allowed, and no deeper', () => {
    expect(read(nested(MAX_DEPTH)).ok).toBe(true)
    expect(read(nested(MAX_DEPTH + 1))).toEqual({ ok: false, problem: 'too-deep' })
    expect(read(nested(9_999))).toEqual({ ok: false, problem: 'too-deep' })
  })
})
