import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kinds } from '../../../../src/sandbox/detector/judge/kinds.ts'
import {
  hashLabelledPosts,
  type LabelledPost,
  readLabelledPosts,
  styles,
} from '../../../../src/sandbox/detector/learn/labelled-posts.ts'
import { readLabelledSet, readSmallSet } from '../../../support/labelled-set.ts'

const small = readSmallSet()

describe('the labelled set', () => {
  const set = readLabelledSet()
  const japanese = set.filter(({ lang }) => lang === 'ja')

  it('the labelled set has at least 1,500 Japanese and 300 English posts, none of them twice', () => {
    expect(japanese.length).toBeGreaterThanOrEqual(1_500)
    expect(set.length - japanese.length).toBeGreaterThanOrEqual(300)
    expect(new Set(set.map(({ body }) => body)).size).toBe(set.length)
    expect(new Set(set.map(({ id }) => id)).size).toBe(set.length)
  })

  it.each(kinds.flatMap((kind) => styles.map((style) => [kind, style] as const)))(
    'the labelled set has at least 12 Japanese posts of %s written %s, and lawful ones that look like it',
    (kind, style) => {
      expect(
        japanese.filter((post) => post.style === style && post.kinds.includes(kind)).length,
      ).toBeGreaterThanOrEqual(12)
      expect(set.filter((post) => post.near === kind && post.kinds.length === 0).length).toBeGreaterThanOrEqual(12)
    },
  )
})

describe('long posts of the labelled set', () => {
  const set = readLabelledSet()

  it('the labelled set has at least 120 lawful posts of 1,000 letters and more, half of them near the border', () => {
    const long = set.filter(({ kinds: broken, body }) => broken.length === 0 && body.length >= 1_000)
    expect(long.length).toBeGreaterThanOrEqual(120)
    expect(long.filter(({ near }) => near).length).toBeGreaterThanOrEqual(long.length / 2)
  })

  it('a post says which stretch of its body breaks the rule, and no lawful post does', () => {
    expect(set.filter(({ breach }) => breach).length).toBeGreaterThanOrEqual(25)
    const line = { title: 'Typing', body: 'Add me on LINE.', kinds: ['off-platform-contact'], breach: 'Add me' }
    expect(readLabelledPosts(JSON.stringify(line))).toMatchObject({ ok: true, value: [{ breach: 'Add me' }] })
    for (const wrong of [
      { ...line, breach: 'Pay me' },
      { ...line, kinds: [] },
    ])
      expect(readLabelledPosts(JSON.stringify(wrong))).toMatchObject({
        ok: false,
        problem: { code: 'line-malformed', line: 1, fault: { is: 'unusable', path: 'breach' } },
      })
  })
})

describe('the hash of a labelled set', () => {
  it('the hash of a labelled set hangs on the posts and not on their order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(small, { minLength: 20, maxLength: 20 }), (posts) => {
        expect(hashLabelledPosts(posts)).toBe(hashLabelledPosts(posts.toReversed()))
        expect(hashLabelledPosts(posts)).not.toBe(hashLabelledPosts(posts.slice(1)))
        const [first, ...rest] = posts as [LabelledPost, ...LabelledPost[]]
        expect(hashLabelledPosts(posts)).not.toBe(hashLabelledPosts([{ ...first, body: `${first.body}。` }, ...rest]))
      }),
      { numRuns: 20 },
    )
  })

  it('a line of a labelled set needs no more than its words and what is wrong with them', () => {
    const lines = [
      { title: 'データ入力', body: '名簿の入力です。', kinds: [] },
      { title: 'Typing', body: 'Add me on LINE.', kinds: ['off-platform-contact'] },
    ]
    expect(readLabelledPosts(lines.map((line) => JSON.stringify(line)).join('\n'))).toMatchObject({
      ok: true,
      value: [
        { id: 'line 1', lang: 'ja' },
        { id: 'line 2', lang: 'en' },
      ],
    })
    expect(readLabelledPosts(JSON.stringify({ ...lines[0], kinds: ['spam'] }))).toMatchObject({
      ok: false,
      problem: { code: 'line-malformed', line: 1 },
    })
  })

  it('a labelled set with a line that is no post is refused with the number of the line', () => {
    const line = JSON.stringify(small[0])
    expect(readLabelledPosts(`${line}\n\n${line}`)).toMatchObject({ ok: true, value: [{}, {}] })
    expect(readLabelledPosts(`${line}\n{"title":"x"}`)).toMatchObject({
      ok: false,
      problem: { code: 'line-malformed', line: 2 },
    })
    expect(readLabelledPosts('nonsense')).toMatchObject({ ok: false, problem: { line: 1 } })
  })
})
