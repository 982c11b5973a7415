import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../../../src/kernel/random.ts'
import { rephrase } from '../../../../src/sandbox/detector/learn/rephrase.ts'
import { turnsOfPhrase } from '../../../../src/sandbox/detector/learn/turns-of-phrase.data.ts'
import { SEED } from '../../../support/labelled-set.ts'

describe('a text in other words', () => {
  it.each(['ja', 'en'] as const)('each turn of phrase stands in one group, and each group has several (%s)', (lang) => {
    const turns = turnsOfPhrase[lang].flat()
    expect(new Set(turns).size).toBe(turns.length)
    for (const group of turnsOfPhrase[lang]) expect(group.length).toBeGreaterThan(1)
  })

  it.each(['ja', 'en'] as const)('no turn has a sign that means something in a pattern (%s)', (lang) => {
    for (const turn of turnsOfPhrase[lang].flat()) expect(turn).toMatch(/^[\p{L}\p{N} 。!、♪★'-]+$/u)
  })

  it('a text is put in many ways, each of which says the same', () => {
    const random = randomFrom(SEED)
    const said = new Set(Array.from({ length: 200 }, () => rephrase('田中へ8,000円を振り込んで下さい。', 'ja', random)))
    expect(said.size).toBeGreaterThan(10)
    const group = turnsOfPhrase.ja.find((turns) => turns.includes('振り込んで')) ?? []
    for (const text of said) {
      expect(text).toMatch(/^田中へ8,000円を/)
      expect(group.some((turn) => text.includes(turn))).toBe(true)
    }
  })

  it('a word of English within another is left alone, whatever its case', () => {
    const random = randomFrom(SEED)
    const said = Array.from({ length: 50 }, () => rephrase('Payday. PAY the fee.', 'en', random))
    for (const text of said) expect(text).toMatch(/^Payday\. /)
    expect(said.some((text) => !text.includes('PAY'))).toBe(true)
  })

  it('a text without any turn of phrase stays as it is', () => {
    expect(rephrase('田の水', 'ja', randomFrom(SEED))).toBe('田の水')
  })
})
