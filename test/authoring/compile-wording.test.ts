import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSecret } from '../../src/authoring/compile-wording.ts'
import { type Diagnostic, error, reporterOf } from '../../src/authoring/diagnostic.ts'
import { renderBlocks } from '../../src/authoring/render-markdown.ts'
import { say } from '../../src/authoring/said.ts'

const noImage = (href: string) => error('markup/image', say('finding.noSuchImage', { href }))
const start = { line: 1, column: 1 }

function found(text: string): string[] {
  const sink: Diagnostic[] = []
  checkSecret(text, start, noImage, reporterOf('secret', 'en', sink))
  return sink.map(({ rule }) => rule).sort()
}

/** What a look at the whole text finds, however harmless it seems. */
function all(text: string): string[] {
  const rules: string[] = []
  renderBlocks(text, { prose: true, image: noImage, refuse: ({ rule }) => rules.push(rule) })
  return rules.filter((rule) => rule.startsWith('markup/') && rule !== 'markup/unsupported').sort()
}

describe('texts that only reviewers read', () => {
  it.each([
    '[手引き](https://guide.example/1)',
    '[a](https://a.example) と [b](mailto:b@b.example)',
    'いつも https://a.example のように',
  ])('may hold %j', (text) => expect(found(text)).toEqual([]))

  it.each([
    ['[a](javascript:alert)', 'markup/link'],
    ['![a](https://a.example/x.png)', 'markup/image'],
    ['[a](https://a.example) <b>', 'markup/html'],
  ])('may not hold %j', (text, rule) => expect(found(text)).toContain(rule))

  it('are looked at as closely as any other, whatever stands beside links that are good', () => {
    const piece = fc.constantFrom(
      '[a](https://a.example)',
      '[b](javascript:x)',
      '[',
      ']',
      '(',
      ')',
      '!',
      '\\',
      '`',
      '<b>',
      '<',
      '>',
      '*',
      '\n',
      '\n\n',
      ' ',
      'あ',
      '[b]: javascript:x',
      '[a](https://a.example "t")',
      'https://u:p@x.example',
      '](',
      '[[',
      '&lt;',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        if (/<|\]\(|\]:|!\[/.test(text)) expect(found(text)).toEqual(all(text))
      }),
      { numRuns: 500 },
    )
  })
})
