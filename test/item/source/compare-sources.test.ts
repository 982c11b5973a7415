import { describe, expect, it } from 'vitest'
import { compareSources, type SourceChange } from '../../../src/item/source/compare-sources.ts'

const compare = (before: string, after: string): SourceChange[] =>
  compareSources(new Map([['office.en.md', before]]), new Map([['office.en.md', after]]))
const item = (n: number, text: string) => `## office-${n} Title\n\n${text}\n`
const file = (items: readonly string[], head = '# Office') => `---\nexam: x\n---\n\n${head}\n\n${items.join('\n')}`
const wordsOf = (changes: readonly SourceChange[]) =>
  changes.flatMap(({ lines }) => lines).filter(({ parts }) => parts.length > 1)

describe('the difference between two sources', () => {
  it('is of the item that changed, and of what stands above the first one', () => {
    const [one, two] = [item(1, 'first words'), item(2, 'second words')]
    expect(compare(file([one, two]), file([one, item(2, 'other words')])).map((change) => change.item)).toEqual([
      'office-2',
    ])
    expect(compare(file([one, two]), file([one, two], '# Desk')).map((change) => change.item)).toEqual([undefined])
  })

  it('shows by their headings that items changed their places', () => {
    const [one, two] = [item(1, 'a'), item(2, 'b')]
    const [change, ...more] = compare(file([one, two]), file([two, one]))
    expect([more, change?.item]).toEqual([[], undefined])
    expect(change?.lines.filter(({ kind }) => kind !== 'same').map(({ kind }) => kind)).toEqual(['minus', 'plus'])
    // one more in between moves none
    expect(compare(file([one, two]), file([one, item(3, 'c'), two])).map((one) => one.item)).toEqual(['office-3'])
  })

  it('is none where only line ends differ', () => {
    const text = file([item(1, 'a'), item(2, 'b')])
    expect(compare(text, text.replaceAll('\n', '\r\n'))).toEqual([])
  })

  it('is looked for word by word only as far as somebody reads, and shown in whole lines from there on', () => {
    const line = (n: number, word: string) => `${'These are many words of one line. '.repeat(20)}${word} ${n}`
    const items = (word: string) => Array.from({ length: 400 }, (_, n) => item(n + 1, line(n, word)))
    const changes = compare(file(items('old')), file(items('new')))
    expect(changes).toHaveLength(400)
    const worded = wordsOf(changes).length
    expect(worded).toBeGreaterThan(20)
    expect(worded).toBeLessThan(200)
    const lines = (word: string) => Array.from({ length: 4_000 }, (_, n) => `${word} ${n}`).join('\n')
    const [long] = compare(file([item(1, lines('old'))]), file([item(1, lines('new'))]))
    expect([long?.lines.length, long?.isCut]).toEqual([400, true])
  })
})
