import fc from 'fast-check'
import { visit } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { MAX_DEPTH, parseMembers } from '../../src/credential/verify/strict-json.ts'

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

/** Names that collide, hide behind escapes, or look like more than they are; "Aa" and "BB" have one hash. */
const name = fc.constantFrom('"a"', '"\\u0061"', '"Aa"', '"BB"', '"a\\\\"', '"\\""', '"x:{["', '"名"', '"\\\\\\""', '""')
const space = fc.constantFrom('', '', '', ' ', '\n\t')
const { value: json } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constantFrom('1', 'null', '"v"', '":"', '"\\":"', '"}"', '-0.5e3'), tie('object'), tie('array')),
  object: fc.array(fc.tuple(space, name, space, space, tie('value')), { maxLength: 5 }).map((members) => `{${members.map(([a, key, b, c, value]) => `${a}${key}${b}:${c}${value}`).join(',')}}`),
  array: fc.array(tie('value'), { maxLength: 4 }).map((values) => `[ ${values.join(' ,')} ]`),
}))

const read = (text: string) => parseMembers(new TextEncoder().encode(text))
const nested = (levels: number) => `${'{"a":['.repeat(Math.floor(levels / 2))}${levels % 2 ? '{}' : '1'}${']}'.repeat(Math.floor(levels / 2))}`

describe('members of a JSON object', () => {
  it('are read exactly when none is named twice, however names and space are written', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = `{"root":${value}}`
        expect(read(text)).toEqual(repeats(text) ? { ok: false, problem: 'repeats' } : { ok: true, value: JSON.parse(text) })
      }),
      { numRuns: 2_000 },
    )
  })

  it('may be many in one object, and one of them twice is seen there too', () => {
    const members = Array.from({ length: 500 }, (_, i) => `"m${i}":${i}`)
    expect(read(`{${members.join()}}`).ok).toBe(true)
    expect(read(`{${[...members, '"m250":0'].join()}}`)).toEqual({ ok: false, problem: 'repeats' })
  })

  it('nest as deep as is allowed, and no deeper', () => {
    expect(read(nested(MAX_DEPTH)).ok).toBe(true)
    expect(read(nested(MAX_DEPTH + 1))).toEqual({ ok: false, problem: 'too-deep' })
    expect(read(nested(9_999))).toEqual({ ok: false, problem: 'too-deep' })
  })
})
