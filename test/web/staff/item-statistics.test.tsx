import { describe, expect, it } from 'vitest'
import type { MeasuredItem } from '../../../src/flows/read-item-statistics.ts'
import { analyseItems } from '../../../src/measurement/item-analysis.ts'
import { ItemStatistics } from '../../../src/web/staff/item-statistics.tsx'
import { type PageLocale, textsOf } from '../../../src/web/ui/message.ts'
import { noBrand } from '../../../src/world/brand.ts'
import { picked } from '../../support/graded-papers.ts'

const texts = ['<b>one</b>', 'two', 'three', 'four'].map((text, i) => ({ id: String(i + 1), text, isKey: i === 0 }))

/** An item that those get wrong who get the other one right; its last option is picked by nobody. */
function reversed(papers: number): MeasuredItem {
  const [item] = analyseItems(
    Array.from({ length: papers }, (_, i) => [
      picked('item-1', i < papers / 2 ? 1 + (i % 2) : 0),
      picked('item-2', i < papers / 2 ? 0 : 1),
    ]),
  )
  if (!item) throw new Error('nothing was measured')
  return { ...item, texts }
}

const shown = (item: MeasuredItem, locale: PageLocale = 'en') =>
  String(
    <ItemStatistics
      context={{ locale, tag: locale, offered: [], t: textsOf(locale), brand: noBrand, issuer: 'Kentei', path: '/' }}
      item={item}
    />,
  )

describe('the statistics of an item', () => {
  it('say in words what to look at, and show every option with its key', () => {
    const html = shown(reversed(100))
    for (const word of [
      'The key may be wrong',
      'An option that nobody picks',
      '100 papers',
      '50% (95% interval 40–60%)',
      'reversed',
      '−1.00',
      'Upper 27%',
    ])
      expect(html).toContain(word)
    expect(html.match(/<tr role="row">/g)).toHaveLength(1 + texts.length)
    expect(html.match(/key<\/span>/g)).toHaveLength(1)
    expect(shown(reversed(100), 'ja')).toContain('正解の誤りの疑い')
  })

  it('hold no markup of an author and no inline style', () => {
    const html = shown(reversed(100))
    expect(html).toContain('&lt;b&gt;one&lt;/b&gt;')
    expect(html).not.toContain('style=')
  })

  it('promise nothing of a few papers', () => {
    const html = shown(reversed(8))
    expect(html).toContain('Too few yet (8 / 30)')
    expect(html).not.toMatch(/may be wrong|nobody picks|Nothing to look at|%/)
  })
})
