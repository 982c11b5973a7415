import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../../../src/kernel/random.ts'
import type { LabelledPost } from '../../../../src/sandbox/detector/learn/labelled-posts.ts'
import { augmentPosts, hiding } from '../../../../src/sandbox/detector/learn/vary-posts.ts'
import { SEED } from '../../../support/labelled-set.ts'

const sentence = (at: number) => `第${at}章では、田の水の見かたを順に説明します。`
const text = Array.from({ length: 40 }, (_, at) => sentence(at)).join('')
const breach = '登録料9,800円を先に振り込んでください。'
const post: LabelledPost = {
  id: 'x-1',
  author: 'x',
  lang: 'ja',
  style: 'formal',
  title: '原稿整理',
  body: text,
  kinds: [],
}
const unlawful: LabelledPost = {
  ...post,
  id: 'x-2',
  body: `${text.slice(0, 400)}${breach}${text.slice(400)}`,
  kinds: ['upfront-fee'],
  breach,
}

describe('other forms of posts', () => {
  const [ofLawful = [], ofUnlawful = []] = augmentPosts([post, unlawful], randomFrom(SEED))

  it('a long lawful post is shown to training stretch by stretch, all of it', () => {
    const stretches = ofLawful.filter(({ body }) => text.includes(body) && body.length < text.length)
    expect(stretches.map(({ body }) => body.length).reduce((sum, length) => sum + length, 0)).toBeGreaterThan(
      text.length - 100,
    )
    for (const { kinds } of ofLawful) expect(kinds).toEqual([])
  })

  it('a long post without its breach is a lawful form, and no form that is unlawful lacks the breach, in whatever words', () => {
    expect(ofUnlawful.filter(({ kinds, body }) => kinds.length === 0 && body === text)).toHaveLength(1)
    for (const { kinds, body } of ofUnlawful) expect(body.includes('9,800円')).toBe(kinds.length > 0)
  })

  it('a post is hidden among about as many letters as it should be, whole, however long the others are', () => {
    const hide = hiding([post, unlawful], SEED)
    for (const way of [0, 1, 2, 3, 4, 5]) {
      const { body } = hide(1, way)
      expect(body).toContain(unlawful.body)
      expect(body.length - unlawful.body.length).toBeGreaterThanOrEqual(400)
      expect(body.length - unlawful.body.length).toBeLessThanOrEqual(2_020)
    }
  })
})
