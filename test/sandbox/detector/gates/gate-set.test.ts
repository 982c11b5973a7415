import { describe, expect, it } from 'vitest'
import { kinds } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { languageOf } from '../../../../src/sandbox/detector/learn/labelled-posts.ts'
import { type GatePost, partsOf, readGateSet } from './gate-set.ts'
import { nearCopies } from './near-copies.ts'

const set = readGateSet()
const { lawful, long, unlawful, rewordings } = partsOf(set)
const byId = new Map(set.map((post) => [post.id, post]))

const lengthOf = ({ title, body }: GatePost) => title.length + 1 + body.length
const shareInEnglish = (posts: readonly GatePost[]) => posts.filter(({ lang }) => lang === 'en').length / posts.length

describe('the set of the gates', () => {
  it('the set of the gates has 620 lawful posts, 220 of them near the border of every kind and 60 long', () => {
    expect(lawful.length).toBeGreaterThanOrEqual(620)
    expect(lawful.filter(({ near }) => near).length).toBeGreaterThanOrEqual(220)
    expect(long.length).toBeGreaterThanOrEqual(60)
  })

  it.each(kinds)('the set of the gates has 42 unlawful posts of %s and 20 lawful ones near it', (kind) => {
    expect(unlawful.filter((post) => post.kinds.includes(kind)).length).toBeGreaterThanOrEqual(42)
    expect(lawful.filter(({ near }) => near === kind).length).toBeGreaterThanOrEqual(20)
  })

  it('the set of the gates has 60 rewordings, by another author, of a post of the same kinds', () => {
    expect(rewordings.length).toBeGreaterThanOrEqual(60)
    for (const post of rewordings) {
      const original = byId.get(post.rewords as string)
      expect(original?.kinds, post.id).toEqual(post.kinds)
      expect(original?.author, post.id).not.toBe(post.author)
      expect(original?.rewords, post.id).toBeUndefined()
    }
  })

  it('about a fifth of the lawful and of the unlawful posts is in English, and each says its language', () => {
    for (const posts of [lawful, unlawful]) {
      expect(shareInEnglish(posts)).toBeGreaterThan(0.15)
      expect(shareInEnglish(posts)).toBeLessThan(0.26)
    }
    for (const post of set) expect(languageOf(post), post.id).toBe(post.lang)
  })

  it('lawful posts have every length from 60 to 2,000 letters, unlawful ones from 60 to 600', () => {
    for (const post of set) expect(lengthOf(post), post.id).toBeGreaterThanOrEqual(60)
    for (const post of [...unlawful, ...rewordings]) expect(lengthOf(post), post.id).toBeLessThanOrEqual(650)
    const bounds = [60, 120, 250, 500, 1_000, 1_700, 2_700]
    for (const [at, upper] of bounds.slice(1).entries())
      expect(
        lawful.filter((post) => lengthOf(post) >= (bounds[at] as number) && lengthOf(post) < upper).length,
        `${bounds[at]} to ${upper}`,
      ).toBeGreaterThanOrEqual(20)
  })

  it('every author of the set writes lawful and unlawful posts, and every unlawful one says its trick', () => {
    const authors = (posts: readonly GatePost[]) => [...new Set(posts.map(({ author }) => author))].sort()
    expect(authors(lawful)).toEqual(authors(unlawful))
    expect(authors(lawful).length).toBeGreaterThanOrEqual(6)
    for (const post of [...unlawful, ...rewordings]) expect(post.trick, post.id).toBeDefined()
    for (const post of lawful) expect(post.trick ?? post.rewords, post.id).toBeUndefined()
    for (const post of [...unlawful, ...rewordings]) expect(post.near ?? null, post.id).toBeNull()
  })

  it('neither the age of an account nor its pay says whether a post of the set is lawful', () => {
    const share = (posts: readonly GatePost[], is: (post: GatePost) => boolean) =>
      posts.filter(is).length / posts.length
    const isYoung = ({ accountAgeDays }: GatePost) => (accountAgeDays ?? 365) < 14
    const isOld = ({ accountAgeDays }: GatePost) => (accountAgeDays ?? 0) >= 60
    const isUnpaid = ({ pay }: GatePost) => !pay
    expect(share(lawful, isYoung)).toBeGreaterThan(0.15)
    expect(share(unlawful, isOld)).toBeGreaterThan(0.25)
    expect(share(lawful, isUnpaid)).toBeGreaterThan(0.08)
    expect(share(unlawful, (post) => !isUnpaid(post))).toBeGreaterThan(0.8)
  })

  it('no id of the set stands twice, and no text is nearly another', () => {
    expect(byId.size).toBe(set.length)
    expect(new Set(set.map(({ body }) => body)).size).toBe(set.length)
    expect(nearCopies(set, 0.2)).toEqual([])
  })
})

describe('a near copy', () => {
  it('a text is a near copy of one that shares most of its runs of letters, and of no other', () => {
    const body = '契約の前に電話番号を教えてください。'
    const posts = [
      { id: 'a', title: '入力', body },
      { id: 'b', title: '入力', body: `${body}急ぎ。` },
      { id: 'c', title: '翻訳', body: '説明書を英語にする仕事です。' },
    ]
    expect(nearCopies(posts, 0.5)).toEqual([{ ids: ['a', 'b'], share: expect.closeTo(16 / 18, 5) }])
  })
})
