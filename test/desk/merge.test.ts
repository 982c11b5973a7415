import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conflictsOf, mergeTexts, settle } from '../../src/desk/merge-texts.ts'
import { type News, openDrafts, type Sent } from '../../src/desk/open-drafts.ts'

const bank = (...items: readonly string[]) =>
  `---\ntopic: office\n---\n\n${items.map((text, i) => `## office-00${i + 1} 題\n\n${text}\n`).join('\n')}`
const base = bank('一つ目です。\n\n- [x] はい\n- [ ] いいえ', '二つ目です。', '三つ目です。')
const merged = (mine: string, theirs: string) => mergeTexts({ base, mine, theirs })
const mineFirst = (pieces: ReturnType<typeof merged>) => settle(pieces, ({ mine }) => mine)

describe('merging what two people made of one file', () => {
  it('joins changes of two items, and of two lines of one item', () => {
    const pieces = merged(
      base.replace('はい', 'そうです'),
      base.replace('いいえ', 'ちがいます').replace('三つ', '３つ'),
    )
    expect(conflictsOf(pieces)).toEqual([])
    expect(mineFirst(pieces)).toBe(
      base.replace('はい', 'そうです').replace('いいえ', 'ちがいます').replace('三つ', '３つ'),
    )
  })

  it('keeps an item that one of them added and a change that the other made', () => {
    const pieces = merged(`${base}\n## office-004 題\n\n四つ目です。\n`, base.replace('一つ', '１つ'))
    expect(conflictsOf(pieces)).toEqual([])
    expect(mineFirst(pieces)).toContain('四つ目です。')
    expect(mineFirst(pieces)).toContain('１つ目です。')
  })

  it('asks where both wrote the same line, and names the item', () => {
    const pieces = merged(base.replace('二つ目', '二番目'), base.replace('二つ目', '２つ目'))
    expect(conflictsOf(pieces)).toMatchObject([
      { item: 'office-002', mine: '二番目です。\n', theirs: '２つ目です。\n', base: '二つ目です。\n' },
    ])
    expect(settle(pieces, ({ theirs }) => theirs)).toBe(base.replace('二つ目', '２つ目'))
  })

  it('law: what only one of them changed is theirs whole, and two equal changes are no conflict', () => {
    const text = fc
      .array(fc.constantFrom('', 'a', 'b', '## office-001 x', '- [x] c'), { maxLength: 12 })
      .map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const both = { base: before, mine: after, theirs: after }
        expect(settle(mergeTexts(both), () => 'never')).toBe(after)
        expect(settle(mergeTexts({ ...both, theirs: before }), () => 'never')).toBe(after)
        expect(settle(mergeTexts({ ...both, mine: before }), () => 'never')).toBe(after)
      }),
      { numRuns: 200 },
    )
  })
})

/** A service that answers as it is told, and what an author's page did meanwhile. */
function openPage(answers: Sent[]) {
  const news: News[] = []
  const kept = new Map<string, string>()
  const shown: string[] = []
  const sent: string[] = []
  const drafts = openDrafts({
    send: async ({ text }) => {
      sent.push(text)
      return answers.shift() ?? { is: 'saved', hash: `h${sent.length}`, savedAt: 0 }
    },
    keep: ({ path, text }) => void kept.set(path, text),
    forget: (path) => void kept.delete(path),
    changed: (_path, text) => void shown.push(text),
    tell: (one) => void news.push(one),
  })
  drafts.receive([{ path: 'office.ja.md', hash: 'h0', text: base }])
  return { drafts, news, kept, shown, sent }
}
const path = 'office.ja.md'

describe('drafts of a page', () => {
  it('keep in the browser what could not be sent, and forget it once it is', async () => {
    const { drafts, kept, news } = openPage([{ is: 'unreachable' }])
    drafts.write(path, `${base}x`)
    expect(await drafts.send()).toBe(false)
    expect(kept.get(path)).toBe(`${base}x`)
    expect(news.at(-1)).toEqual({ is: 'unreachable' })
    expect(await drafts.send()).toBe(true)
    expect(kept.size).toBe(0)
  })

  it('merge what somebody else saved first, show it and send it', async () => {
    const theirs = base.replace('三つ', '３つ')
    const { drafts, shown, sent, news } = openPage([{ is: 'overtaken', hash: 'other', text: theirs, by: '青木' }])
    drafts.write(path, base.replace('一つ', '１つ'))
    expect(await drafts.send()).toBe(true)
    const both = base.replace('一つ', '１つ').replace('三つ', '３つ')
    expect(shown).toEqual([both])
    expect(sent.at(-1)).toBe(both)
    expect(news).toContainEqual({ is: 'merged', by: '青木' })
  })

  it('send nothing of a file in dispute until it is decided, and lose neither side', async () => {
    const theirs = base.replace('二つ目', '２つ目')
    const { drafts, sent, news } = openPage([{ is: 'overtaken', hash: 'other', text: theirs, by: '青木' }])
    drafts.write(path, base.replace('二つ目', '二番目'))
    expect(await drafts.send()).toBe(false)
    expect(news.at(-1)).toMatchObject({ is: 'conflict', by: '青木' })
    expect(await drafts.send()).toBe(true)
    expect(sent).toHaveLength(1)
    drafts.decide(path, ({ mine, theirs: other }) => mine + other)
    expect(await drafts.send()).toBe(true)
    expect(sent.at(-1)).toContain('二番目です。\n２つ目です。')
  })

  it('lose nothing that is written while a dispute waits', async () => {
    const theirs = base.replace('二つ目', '２つ目')
    const { drafts, sent, news } = openPage([{ is: 'overtaken', hash: 'other', text: theirs, by: '青木' }])
    drafts.write(path, base.replace('二つ目', '二番目'))
    await drafts.send()
    drafts.write(path, `${base.replace('二つ目', '二番目')}さらに書いた文です。\n`)
    expect(news.at(-1)).toMatchObject({ is: 'conflict', by: '青木' })
    drafts.decide(path, ({ mine }) => mine)
    expect(await drafts.send()).toBe(true)
    expect(sent.at(-1)).toBe(`${base.replace('二つ目', '二番目')}さらに書いた文です。\n`)
  })

  it('take no answer for new that was asked for before they were sent', async () => {
    const { drafts } = openPage([])
    const askedAt = drafts.sends()
    drafts.write(path, `${base}x`)
    await drafts.send()
    drafts.receive([{ path, hash: 'h0', text: base }], askedAt)
    expect(drafts.textOf(path)).toBe(`${base}x`)
  })

  it('of yesterday are merged with what was saved since', async () => {
    const { drafts, shown } = openPage([])
    drafts.receive([{ path, hash: 'h9', text: base.replace('三つ', '３つ') }])
    drafts.restore({ path, text: base.replace('一つ', '１つ'), base, hash: 'h0' })
    expect(drafts.textOf(path)).toBe(base.replace('一つ', '１つ').replace('三つ', '３つ'))
    expect(shown.at(-1)).toBe(drafts.textOf(path))
    expect(await drafts.send()).toBe(true)
  })
})
