import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recogniseDraw } from '../../src/authoring/recognise-draw.ts'
import { drawValues, settleStem } from '../../src/item/draw-values.ts'
import type { Wording } from '../../src/item/item.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import { firstItem } from '../support/bank-fixture.ts'

const LETTERS = `
## office-001 送付

\`数値\`

取引先へ、1通 {{price}} 円の封書を {{count}} 通送ります。費用は、{{ price * count }} 円に何を足しますか。

### 正解

{{ price }} ± 0 円

### 変数

- price: 84 / 94 / 1,120
- count: 12〜40 刻み 4

### 解説

です。
`
const wording = firstItem(LETTERS).wordings.ja as Wording
const settled = (seed: string) => {
  const values = drawValues(wording.variables ?? [], randomFrom(seed))
  return { values, text: settleStem(wording.stem, values).html.replace(/<[^>]*>/g, '') }
}

describe('the numbers of a draw', () => {
  it('are read from any paper that holds the item', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{32}$/), (seed) => {
        const { values, text } = settled(seed)
        const paste = `この前の試験、こんなのが出ました。\n\n${text}\n\n難しかったです。`
        expect(recogniseDraw(paste, paste.indexOf('取引先'), wording)).toEqual(values)
      }),
    )
  })

  it('are read through full-width digits, other layout and lost words', () => {
    const paste = 'うろ覚え：１通　１，１２０円の封書を、たしか\n２４通送ります、だったと思う'
    expect(recogniseDraw(paste, 0, wording)).toEqual({ price: 1120 })
    expect(recogniseDraw('１通 １，１２０円の封書を２４通送ります', 0, wording)).toEqual({ price: 1120, count: 24 })
  })

  it('are left open where the text shows two, or none that could be drawn', () => {
    expect(recogniseDraw('1通84円の封書を 1通94円の封書を', 0, wording)).toEqual({})
    expect(recogniseDraw('1通85円の封書を13通送ります', 0, wording)).toEqual({})
    expect(recogniseDraw('84と12', 0, wording)).toEqual({})
  })
})
