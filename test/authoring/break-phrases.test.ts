import { jaModel, Parser } from 'budoux'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phraseBreaks } from '../../src/authoring/break-phrases.ts'

const library = new Parser(jaModel)
const word = /[0-9A-Za-z_]/
const space = /[ \u3000\n]/
const allowed = (text: string) => (i: number) =>
  !(word.test(text[i - 1] as string) && word.test(text[i] as string)) && !space.test(text[i - 1] as string) && !space.test(text[i] as string) && !/[\udc00-\udfff]/.test(text[i] as string)

describe('phrase breaks', () => {
  it('are those of BudouX, but for Latin words and spaces', () => {
    const piece = fc.constantFrom(
      '取引先へ',
      '見積書を',
      '送る',
      'メールの',
      '件名として',
      '、',
      '。',
      'VLOOKUP',
      '12,000円',
      ' ',
      '最も',
      '適切な',
      'ものは',
      'どれですか',
      '「',
      '」',
      '😀',
      'カタカナ',
      '\u3000',
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        if (!/[\u3041-\u30ff\u3400-\u9fff]/.test(text)) return
        expect(phraseBreaks(text)).toEqual(library.parseBoundaries(text).filter(allowed(text)))
      }),
    )
  })

  it('leaves text without Japanese alone', () => {
    expect(phraseBreaks('Which of these is right?')).toEqual([])
  })
})
