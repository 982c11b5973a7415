import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDetector } from '../../../../src/sandbox/detector/judge/detector.ts'
import { kinds } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { openCommittedModel } from '../../../../src/sandbox/detector/judge/model.ts'
import { wordsOf } from '../../../../src/sandbox/detector/read/features.ts'
import { readFreshPosts } from '../../../support/labelled-set.ts'

const model = openCommittedModel()
const detector = createDetector(model)
const fresh = readFreshPosts()
const words = (title: string, body: string) => detector.score({ title, body })

describe('a score', () => {
  const plain = [
    'ライターさん募集',
    '1記事1500円です。やりとりはLINEでお願いします。IDを送るので追加してください。',
  ] as const

  it.each([
    'らいん',
    'L I N E',
    'ＬＩＮＥ',
    'L\u200bI\u200bN\u200bE',
    'LlNE',
    'ﾗｲﾝ',
    'ラ・イ・ン',
    'L1NE',
    '🅻🅸🅽🅴',
    'ラィン',
  ])('a score is the same for LINE written %j', (spelling) => {
    const evaded = words(plain[0], plain[1].replace('LINE', spelling))
    expect(evaded.band).not.toBe('publish')
    expect(evaded.any).toBe(words(...plain).any)
    expect(evaded.reasons[0]?.kind).toBe('off-platform-contact')
  })

  it.each([
    ['LINEスタンプ制作', 'うちの猫のLINEスタンプを24個描いてください。やりとりはサイト内のメッセージで。'],
    ['記事の執筆', 'LINE公式アカウントの活用方法を解説する記事を3000字でお願いします。'],
    [
      'オンライン講座の字幕',
      'オンライン講座の動画10本に字幕を付けてください。受講の必要はありません。ガイドラインをお渡しします。',
    ],
    ['学術アンケート', '大学の研究です。無記名で、選択式20問。個人情報は伺いません。'],
    ['LINE sticker design', 'Please draw 16 LINE stickers of our mascot. We talk in the messages of this site.'],
  ])('a lawful post is published: %s', (title, body) => {
    expect(words(title, body)).toMatchObject({ band: 'publish' })
  })

  it('a score does not change with characters nobody sees, widths or letter cases', () => {
    const fullWidth = (text: string) =>
      text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    fc.assert(
      fc.property(fc.constantFrom(...fresh), fc.array(fc.nat(300), { maxLength: 20 }), (post, places) => {
        const hidden = [...post.body]
        for (const at of places) hidden.splice(at % (hidden.length + 1), 0, '\u200b')
        const before = detector.score(post)
        expect(detector.score({ ...post, body: hidden.join('') })).toMatchObject({ band: before.band, any: before.any })
        expect(
          detector.score({ ...post, title: fullWidth(post.title), body: fullWidth(post.body.toUpperCase()) }),
        ).toMatchObject({ band: before.band, any: before.any })
      }),
      { numRuns: 60 },
    )
  })

  it('a score is a probability for each kind, and a band by the thresholds', () => {
    const { queue, hold } = model.thresholds
    expect(queue).toBeLessThanOrEqual(hold)
    for (const score of detector.scoreMany(fresh)) {
      for (const kind of kinds) expect(score.probability[kind]).toSatisfy((p: number) => p >= 0 && p <= 1)
      const least = score.unreadable ? 'queue' : 'publish'
      expect(score.band).toBe(score.any >= hold ? 'hold' : score.any >= queue ? 'queue' : least)
    }
  })

  it('a score is the same alone and among many', () => {
    for (const [at, { any, band, probability }] of detector.scoreMany(fresh).entries())
      expect(detector.score(fresh[at] as (typeof fresh)[number])).toMatchObject({ any, band, probability })
  })

  it('a band hangs on words, not on pay or age', () => {
    const moved = fresh.filter(
      (post) =>
        detector.score(post).band !== 'publish' &&
        detector.score({ ...post, pay: null, accountAgeDays: null }).band === 'publish',
    )
    expect(moved.length).toBeLessThanOrEqual(3)
  })

  it('a score is given for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', maxLength: 2_000 }), (title, body) => {
        expect(words(title, body).any).toSatisfy((p: number) => p >= 0 && p <= 1)
      }),
      { numRuns: 40 },
    )
    expect(words('', '').band).toBe('publish')
    expect(words('長い', '仕事です。'.repeat(6_000)).any).toBeGreaterThan(0)
  })
})

describe('reasons', () => {
  it('reasons point at words of the post', () => {
    let told = 0
    for (const post of fresh) {
      for (const { words: found } of detector.score(post).reasons) {
        for (const { text, start, end, weight } of found) {
          told += 1
          expect(wordsOf(post).slice(start, end)).toBe(text)
          expect(text).not.toContain('\n')
          expect(weight).toBeGreaterThan(0)
        }
        expect(found.map(({ weight }) => weight)).toEqual(found.map(({ weight }) => weight).sort((a, b) => b - a))
      }
    }
    expect(told).toBeGreaterThan(100)
  })

  it('reasons are given for every post that is not published', () => {
    for (const post of fresh) {
      const { any, reasons } = detector.score(post)
      if (any >= model.thresholds.queue) expect(reasons.length).toBeGreaterThan(0)
    }
  })

  it('reasons name the trick as it was written', () => {
    const { reasons } = words('データ入力', '月5万円です。詳しくは L I N E で。登録料は先に振り込んでください。')
    expect(reasons.flatMap(({ words: found }) => found.map(({ text }) => text)).join(' ')).toMatch(
      /L I N E|登録料|振り込んで/,
    )
  })
})
