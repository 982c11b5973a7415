import { describe, expect, it } from 'vitest'
import { isDrawn } from '../../src/form/draw-sections.ts'
import type { Item } from '../../src/item/item.ts'
import { compileItems, rulesOf } from '../support/bank-fixture.ts'

const RUBRIC =
  '| 観点 | 配点 | 2 | 1 | 0 |\n| --- | --- | --- | --- | --- |\n| 事実 | 6 | 正しい | 一つ誤り | ない |\n| 体裁 | 4 | 整う | 乱れる | ない |'

const essay = (change: { pills?: string; rubric?: string; model?: string } = {}) => `
## office-001 お詫びのメール

\`作文\` ${change.pills ?? '`10点` `10〜30字` `下書き`'}

納期が一日遅れます。取引先へのお詫びの文を書いてください。

### 採点基準

${change.rubric ?? RUBRIC}

### 模範解答

${change.model ?? '納品が一日遅れ、申し訳ございません。'}

### 解説

先に、相手が決められる情報を書きます。
`
const compile = (source: string) => {
  const { items, diagnostics } = compileItems(source)
  return { item: items[0]?.item, rules: rulesOf(diagnostics.filter(({ file }) => file !== 'exam.md')) }
}

describe('an essay', () => {
  it('is read with its length, rubric and model answer', () => {
    const { item, rules } = compile(essay())
    expect(rules).toEqual([])
    expect(item?.wordings.ja).toMatchObject({
      stem: { type: 'essay', minChars: 10, maxChars: 30 },
      secret: {
        key: {
          type: 'essay',
          model: '納品が一日遅れ、申し訳ございません。',
          criteria: [
            { name: '事実', points: 6, levels: [{ level: 2, descriptor: '正しい' }, { level: 1 }, { level: 0 }] },
            { name: '体裁', points: 4 },
          ],
        },
      },
    })
  })

  it('stands on no paper yet, and says so where it is live', () => {
    const { item, rules } = compile(essay({ pills: '`10点` `10〜30字`' }))
    expect(rules).toEqual(['essay/not-drawn'])
    expect(isDrawn(item as Item)).toBe(false)
  })

  it.each([
    ['points that do not add up', essay({ pills: '`9点` `10〜30字` `下書き`' }), 'rubric/points'],
    ['no length', essay({ pills: '`10点` `下書き`' }), 'rubric/missing'],
    ['a length that runs backwards', essay({ pills: '`10点` `30〜10字` `下書き`' }), 'pill/unknown'],
    [
      'levels that do not fall to zero',
      essay({ rubric: RUBRIC.replace('| 2 | 1 | 0 |', '| 1 | 2 | 0 |') }),
      'rubric/table',
    ],
    ['a level without a descriptor', essay({ rubric: RUBRIC.replace('乱れる', '') }), 'rubric/table'],
    ['a rubric that is no table', essay({ rubric: 'よく書けていること' }), 'rubric/table'],
    ['a model answer that is too long', essay({ model: 'あ'.repeat(31) }), 'rubric/model-answer'],
  ])('is told of %s', (_, source, rule) => {
    expect(compile(source).rules).toContain(rule)
  })

  it('keeps its rubric to itself', () => {
    const single =
      '\n## office-001\n\n`正誤`\n\n正しい。\n\n- [x] はい\n- [ ] いいえ\n\n### 採点基準\n\n表\n\n### 解説\n\nい\n'
    expect(compile(single).rules).toContain('section/unexpected')
  })
})
