import { describe, expect, it } from 'vitest'
import { settleEmphasis, WEAK } from '../../../src/authoring/formats/emphasis.ts'
import { blocksToMarkdown } from '../../../src/authoring/formats/html-to-markdown.ts'
import { parseHtml } from '../../../src/authoring/formats/markup-tree.ts'
import { renderBlocks } from '../../../src/authoring/render-markdown.ts'
import { sentenceOf } from '../../../src/authoring/said.ts'

function converted(html: string) {
  const parsed = parseHtml(html)
  if (!parsed.ok) throw new Error(html)
  const lost: string[] = []
  const lose = ({ message }: { message: Parameters<typeof sentenceOf>[0] }) => lost.push(sentenceOf(message, 'en'))
  const markdown = blocksToMarkdown(parsed.value, { image: () => undefined, lose })
  return {
    markdown,
    lost,
    shown: renderBlocks(markdown, { prose: true, image: () => ({ src: '' }), refuse: () => {} }).html,
  }
}

describe('HTML made Markdown', () => {
  it('keeps two lists in order apart, and what one of them begins with', () => {
    expect(converted('<ol><li>a</li><li>b</li></ol><ol><li>c</li><li>d</li></ol>').shown.match(/<ol/g)).toHaveLength(2)
    expect(converted('<ul><li>a<ol start="3"><li>b</li></ol></li></ul>').shown).toMatch(/<ol start="3"/)
  })

  it('reads no table into lines', () => {
    expect(converted('<p>a | b<br>--- | ---</p>').shown).not.toContain('<table')
  })

  it.each(['a] b', '[a', 'a [b] c', '[a](b)'])('keeps the link whose text is %s', (text) => {
    const { markdown, shown } = converted(`<p><a href="https://c.example/">${text}</a></p>`)
    expect(/<a [^>]*href="https:\/\/c.example\/"[^>]*>([^<]*)<\/a>/.exec(shown)?.[1], markdown + shown).toBe(text)
  })

  it('makes what is underlined or marked bold and says so, but for links', () => {
    for (const name of ['u', 'ins', 'mark'])
      expect(converted(`<p>not <${name}>one</${name}> is</p>`)).toMatchObject({
        markdown: 'not **one** is',
        lost: [`<${name}> has no Markdown: it became bold`],
      })
    for (const link of ['<u><a href="https://c.example/">c</a></u>', '<a href="https://c.example/"><u>c</u></a>'])
      expect(converted(`<p>${link}</p>`)).toMatchObject({ markdown: '[c](https://c.example/)', lost: [] })
  })

  it('writes the marks of quotes', () => {
    expect(converted('<p><q>語</q>と<q>word</q></p>')).toMatchObject({ markdown: '「語」と“word”', lost: [] })
  })
})

it('emphasis is settled by the sign before it, not by all that was written', () => {
  let most = 0
  const whole = String.prototype[Symbol.iterator]
  String.prototype[Symbol.iterator] = function (this: string) {
    most = Math.max(most, this.length)
    return whole.call(this)
  }
  try {
    settleEmphasis(`𠮷${WEAK[0]}a${WEAK[1]} `.repeat(500))
  } finally {
    String.prototype[Symbol.iterator] = whole
  }
  expect(most).toBeLessThan(10)
})
