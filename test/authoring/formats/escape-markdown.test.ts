import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeAnswer, textToMarkdown } from '../../../src/authoring/formats/escape-markdown.ts'
import { plainAnswer } from '../../../src/authoring/read-answer.ts'
import { renderBlocks } from '../../../src/authoring/render-markdown.ts'

const letters = fc.constantFrom(
  ...'ab1語。、 \\`*_~[]()<>&#-+.:;!|=/"\'{}$@'.split(''),
  '&amp;',
  'https://a.example',
  '1. ',
  '- ',
  '> ',
  '**',
  '__',
  '~~',
  '](',
  '](b)',
  '![a]',
  '<b>',
)
const line = fc
  .array(letters, { minLength: 1, maxLength: 25 })
  .map((parts) => parts.join('').replace(/ +/g, ' ').trim())

describe('text made Markdown', () => {
  it.each(['a | b\n--- | ---', 'a\n:--', 'a | b\n:-: | -: |', '| a |\n| - |'])('is no table: %j', (text) => {
    const shown = renderBlocks(textToMarkdown(text), { prose: true, image: () => ({ src: '' }), refuse: () => {} })
    expect(shown.html).not.toContain('<table')
    expect(shown.text.replaceAll(/\s+/g, ' ')).toBe(text.replaceAll(/\s+/g, ' '))
  })

  it('shows as it was, whatever marks it holds', () => {
    fc.assert(
      fc.property(line, (text) => {
        const refused: string[] = []
        const shown = renderBlocks(textToMarkdown(text), {
          prose: true,
          image: () => ({ src: '' }),
          refuse: ({ rule, severity }) => severity === 'error' && refused.push(rule),
        })
        expect(refused).toEqual([])
        expect(shown.text).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is accepted as it was, where it is an answer', () => {
    fc.assert(
      fc.property(line, (text) => {
        expect(plainAnswer(escapeAnswer(text))).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })
})
