import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editsOf, undo } from '../../../src/task/draft/present.ts'

const initial = '椅子は以外に高い買い物です。事の起こりは、腰の痛みでした。\n\n靴を脱いで座り、高さを図ってください。'

describe('the edits of a manuscript', () => {
  it('are listed in their order, with the paragraph in which each stands', () => {
    const current = initial.replace('以外', '意外').replace('図って', '測って')
    expect(editsOf(initial, current)).toMatchObject([
      { was: '以', now: '意', paragraph: 1 },
      { was: '図', now: '測', paragraph: 2 },
    ])
  })

  it('that stand within three characters of one another are one', () => {
    expect(editsOf(initial, initial.replace('高さを図って', '高さも測って'))).toMatchObject([
      { was: 'を図', now: 'も測' },
    ])
  })

  it('show an indent and a line end too', () => {
    expect(editsOf(initial, `\u3000${initial.replace('\n\n', '\n')}`).map(({ was, now }) => [was, now])).toEqual([
      ['', '\u3000'],
      ['\n', ''],
    ])
  })

  it('any one of them can be undone, and without any of them the initial text stands there', () => {
    const piece = fc.oneof(fc.constantFrom('以外', '。', '\n', '事', '図って', '𠮷', 'あ'), fc.string({ maxLength: 4 }))
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, (first, second) => {
        const back = editsOf(first, second).reduceRight((current, edit) => undo(current, edit), second)
        expect(back).toBe(first)
        const edits = editsOf(first, second)
        const one = edits[Math.floor(edits.length / 2)]
        if (one) expect(editsOf(first, undo(second, one)).length).toBeLessThanOrEqual(edits.length)
      }),
      { numRuns: 300 },
    )
  })
})
