import { describe, expect, it } from 'vitest'
import { readHeadings } from '../../../src/authoring/formats/heading/read-headings.ts'
import { processorMs } from '../../support/processor-time.ts'
import { bytes, draftsOf, imported, placed } from './bring-back.ts'

const read = (text: string, locale: 'ja' | 'en' = 'en') => readHeadings(bytes(text), { locale })
const drafts = (text: string) => draftsOf(read(text)).map(({ draft }) => draft)

describe('Markdown with headings and task lists', () => {
  it('reads headings as questions, marks as the key, what follows as explanation and references', () => {
    const [first, second] = drafts(
      '# Quiz\n\n## Q1. Which one?\n\n- [ ] a\n- [x] b\n- [ ] c\n\n**Explanation:** because.\n[Manual](https://a.example/m)\n\n### 2) Which ones?\n\nLook:\n\n* [x] a\n* [X] b\n* [ ] c\n> So it is.\n',
    )
    expect(first).toMatchObject({
      pills: { type: 'single', status: 'draft' },
      stem: 'Which one?',
      rationale: 'because.',
      references: ['[Manual](https://a.example/m)'],
    })
    expect(second).toMatchObject({ pills: { type: 'multiple' }, stem: 'Which ones?\n\nLook:' })
    expect(second?.answer).toEqual({
      form: 'options',
      options: [
        { text: 'a', correct: true },
        { text: 'b', correct: true },
        { text: 'c\n\n> So it is.', correct: false },
      ].map((option, i) => (i === 2 ? { ...option, text: expect.stringContaining('c') } : option)),
    })
  })

  it('keeps code of options with its indentation, through the printed bank and back', () => {
    const code = 'for (;;) {\n        deep();\n  # no heading\n}'
    const { items, reports } = placed(
      read(`## Which?\n\n- [ ] \`A\`\n\n\`\`\`js\n${code}\n\`\`\`\n\n- [x] \`B\`\n\n\`\`\`js\nother()\n\`\`\`\n`),
    )
    expect(reports).toMatchObject([{ outcome: 'whole' }])
    expect(items[0]?.answer).toMatchObject({
      options: [{ text: `\`A\`\n\n\`\`\`js\n${code}\n\`\`\`` }, { text: '`B`\n\n```js\nother()\n```' }],
    })
  })

  it('turns raw HTML into Markdown, and names pictures and links that it cannot take', () => {
    const [entry] = imported(
      read(
        '## A <b>bold</b> one?\n\n![cat](images/a.png)\n\n- [x] x<sup>2</sup>\n- [ ] <i>y</i>\n\nSee [this](http://a.example/).',
      ),
    ).entries
    expect(entry).toMatchObject({
      kind: 'item',
      draft: {
        stem: 'A **bold** one?\n\ncat',
        answer: { options: [{ text: 'x²' }, { text: '*y*' }] },
        rationale: 'See this.',
      },
    })
    expect(entry?.losses.map(({ code }) => code)).toEqual(['image', 'markup'])
  })

  it('leaves out, with the reason, what has no key, no options or no text', () => {
    const { entries } = imported(
      read('# Title\n\nIntroduction.\n\n## A?\n- [ ] x\n- [ ] y\n\n## B?\n- [x]\n- [ ] y\n\n## C?\n- [x] x\n- [ ] y\n'),
    )
    expect(entries.map((entry) => [entry.kind, entry.losses[0]?.code])).toEqual([
      ['left-out', 'unsupported'],
      ['left-out', 'key'],
      ['left-out', 'syntax'],
      ['item', undefined],
    ])
  })

  it('leaves out two task lists under one heading, whose keys nobody can tell apart', () => {
    const read = readHeadings(
      bytes(
        '## Q1\n\n- [ ] a\n- [x] b\n\nAs text:\n\n- [x] c\n- [ ] d\n\n## Q2\n\n- [ ] A\n\n```\n1\n```\n\n- [x] \u2800\n\n  ```\n  2\n  ```\n',
      ),
      { locale: 'en' },
    )
    expect(imported(read).entries).toMatchObject([
      { kind: 'left-out', losses: [{ code: 'syntax' }] },
      { kind: 'item', draft: { answer: { options: [{ text: 'A\n\n```\n1\n```' }, { text: '```\n2\n```' }] } } },
    ])
  })

  it('refuses a bank file of our own and a text without task lists', () => {
    expect(read('---\nexam: demo\ntopic: office\nlocale: ja\n---\n\n## office-001\n')).toMatchObject({
      ok: false,
      problem: { code: 'not-this-format' },
    })
    expect(read('# Just\n\na text\n')).toMatchObject({ ok: false, problem: { code: 'not-this-format' } })
  })

  it.each([
    ['headings', '# a\n'.repeat(300_000)],
    ['options', `## a\n${'- [x] b\n'.repeat(100_000)}`],
    ['fences', `## a\n- [x] b\n${'```\n'.repeat(100_001)}`],
    ['brackets', `## ${'['.repeat(200_000)}\n- [x] a\n- [ ] b\n`],
    ['nested lists', `## a\n- [x] a\n${Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}- b`).join('\n')}`],
    ['quotes', `## a\n${'>'.repeat(30_000)} x\n- [x] a\n- [ ] b\n`],
  ])('many %s take seconds at most', (_, text) => {
    const started = processorMs()
    const result = read(text)
    if (result.ok) placed(result)
    expect(processorMs() - started).toBeLessThan(45_000)
  })

  it('5,000 questions are read in seconds', () => {
    const started = processorMs()
    expect(
      placed(
        read(
          Array.from(
            { length: 5_000 },
            (_, i) => `#### Q${i}. Number ${i}?\n\n- [ ] \`a\`\n- [x] \`b\`\n\n[Source](https://a.example/${i})\n\n`,
          ).join(''),
        ),
      ).items,
    ).toHaveLength(5_000)
    expect(processorMs() - started).toBeLessThan(45_000)
  })
})
