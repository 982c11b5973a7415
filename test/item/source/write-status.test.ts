import { describe, expect, it } from 'vitest'
import { withStatus } from '../../../src/item/source/write-status.ts'

describe('the status of an item in its text', () => {
  it.each([
    [
      'behind the last mark',
      '## a-001 題\n\n`単一` `難易度2`\n\n問い',
      '## a-001 題\n\n`単一` `難易度2` `控え`\n\n問い',
    ],
    ['in place of another status', '## a-001\n\n`単一` `公開` `v2`\n\n問い', '## a-001\n\n`単一` `控え` `v2`\n\n問い'],
    [
      'behind marks of two lines',
      '## a-001\n\n`単一`\n`v2`\n\n`x` の値',
      '## a-001\n\n`単一`\n`v2` `控え`\n\n`x` の値',
    ],
    ['where no marks were', '## a-001\n\n問い', '## a-001\n\n`控え`\n\n問い'],
  ])('is written %s', (_, before, after) => {
    expect(withStatus(before, 'dormant', 'ja')).toBe(after)
    expect(withStatus(after, 'dormant', 'ja')).toBe(after)
  })

  it('is written in the language of the file, and code in the question is left alone', () => {
    expect(withStatus('## a-001\n\n`single`\n\nWhat is `live`?', 'dormant', 'en')).toBe(
      '## a-001\n\n`single` `dormant`\n\nWhat is `live`?',
    )
  })
})
