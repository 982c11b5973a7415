import { describe, expect, it } from 'vitest'
import { lineOfBlock } from '../../src/desk/block-place.ts'

const lines = [
  '## office-001 題',
  '',
  '`単一` `難易度2`',
  '',
  '問いの一行目。',
  '二行目。',
  '',
  '- [x] ア',
  '- [ ] イ',
  '',
  '### 解説',
  '',
  'なぜなら。',
  '',
  '## office-002 次',
  '',
  '`数値`',
  '',
  '### 正解',
  '',
  '5',
]
const picture = '![図](assets/a.png)'

describe('a block that is asked for', () => {
  it.each([1, 2, 3])('in the head of an item (line %i) goes below the first paragraph of its question', (asked) => {
    expect(lineOfBlock(lines, asked, picture)).toBe(6)
  })

  it('goes below the tags of an item that asks nothing yet', () => {
    for (const asked of [15, 16, 17]) expect(lineOfBlock(lines, asked, picture)).toBe(17)
    expect(lineOfBlock(['## office-003', '', '`単一`'], 1, picture)).toBe(3)
  })

  it('goes where the cursor is anywhere else', () => {
    for (const asked of [4, 5, 7, 9, 10, 11, 13, 14, 18, 21]) expect(lineOfBlock(lines, asked, picture)).toBe(asked)
    expect(lineOfBlock(['# 題', '', '前置き'], 1, picture)).toBe(1)
    expect(lineOfBlock([''], 1, picture)).toBe(1)
  })

  it('goes to the end of the item where it is a section', () => {
    expect(lineOfBlock(lines, 1, '### 解説\n\n')).toBe(13)
    expect(lineOfBlock(lines, 15, '### 解説\n\n')).toBe(21)
  })
})
