import { describe, expect, it } from 'vitest'
import { withoutDenials } from '../../../../src/sandbox/detector/read/without-denials.ts'

const rest = (body: string): string | undefined => withoutDenials({ body })?.body.replaceAll('\n', ' ').trim()

describe('a post without what it denies', () => {
  it.each<[string, string, string]>([
    ['a clause', '登録料をいただくことはありません。週に3日です。', '。週に3日です。'],
    ['a list of nouns', 'お名前、ご住所、口座を伺うことはございません。週に3日です。', '。週に3日です。'],
    ['one clause of two', '登録料を先にお振り込みください、返金はありません。', '登録料を先にお振り込みください、 。'],
    [
      'the items of a list',
      '伺わないこと\n・ご住所\n・口座\n\n応募で伺うこと\n・経験',
      'こと    応募で伺うこと ・経験',
    ],
    ['English up to a comma', 'No fee is taken, we do not ask for cards.', ', we do'],
  ])('a post without what it denies has lost %s', (_, body, left) => {
    expect(rest(body)?.replace(/\s+/g, ' ')).toBe(left.replace(/\s+/g, ' '))
  })

  it.each([
    ['an invitation', '一緒に稼いでみませんか。登録料は9,800円です。'],
    ['what follows a heading that asks for something', 'ご応募のまえに\n・登録料9,800円をお振り込みください'],
    ['nothing', '登録料を先にお振り込みください。'],
  ])('a post that denies nothing stays: %s', (_, body) => {
    expect(rest(body)).toBeUndefined()
  })

  it('a list below a refusal that is about something else stays', () => {
    expect(rest('冷やかしはご遠慮ください\n・登録料9,800円をお振り込みください')).toContain('登録料9,800円')
    expect(rest('経験は問いません\n・登録料9,800円をお振り込みください')).toContain('登録料9,800円')
  })

  it('a denial reaches back over a clause and not over a text without full stops', () => {
    const list = '登録料9,800円をお振り込みください・'.repeat(5)
    expect(rest(`${list}経験は不要`)).toContain(list.slice(0, 40))
  })

  it('a denial in letters of another width or with signs between is one', () => {
    expect(rest('登録料をいただくことはあ・り・ま・せ・ん。週に3日です。')).toBe('。週に3日です。')
  })
})
