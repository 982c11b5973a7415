import { describe, expect, it } from 'vitest'
import { findLeaks, type Leakable } from '../../src/authoring/find-leaks.ts'

const item = (id: string, stem: string, ...parts: string[]): Leakable => ({ item: id, locale: 'ja', stem, parts })

const items = [
  item(
    'mail-001',
    '展示会の案内を、互いに面識のない取引先20社の担当者に1通のメールで送ります。どの会社に案内したかを知られない宛先の入れ方として、正しいものを1つ選びなさい。',
    '20社のアドレスを、Cc欄にまとめて入れる',
    '20社のアドレスを、Bcc欄にまとめて入れる',
    '20社のアドレスを、To欄に並べて入れる',
  ),
  item(
    'mail-002',
    '見積書を送るメールの件名として、最も適切なものを1つ選びなさい。',
    'お世話になっております',
    '【見積書送付】7月分オフィス用品',
    'ご確認ください',
    'Re: 先日の件',
  ),
  item(
    'calc-001',
    '税抜の単価と数量の表から、税込の請求額を求めます。1円未満を切り捨てるとき、合計は何円ですか。整数で答えなさい。',
  ),
  item(
    'safe-001',
    '預かった顧客名簿を、別の案件の応募資料に見本として載せたいと考えています。作業者の行動として最も適切なものを1つ選びなさい。',
    '氏名を消して載せる',
    '依頼者の許可なく載せない',
    '一部だけ載せる',
  ),
]

const foundIn = (text: string) => findLeaks(text, items).map(({ item: id, kind }) => `${id} ${kind}`)
const whole = ({ stem, parts }: Leakable) => [stem, ...parts].join('\n')

describe('leaks', () => {
  it('are found word for word, wherever in the text they stand', () => {
    const text = `こんにちは。\n\n試験の話です。\n${whole(items[0] as Leakable)}\nでは、また。`
    const [first] = findLeaks(text, items)
    expect(first).toMatchObject({ item: 'mail-001', kind: 'verbatim' })
    expect(first?.excerpt).toContain('展示会の案内を')
    expect(text.slice(first?.at)).toMatch(/^展示会/)
  })

  it('are found in other widths, line ends and punctuation', () => {
    const disguised = whole(items[1] as Leakable)
      .replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
      .replace(/、/g, ' , ')
      .replace(/(.{7})/g, '$1\n')
    expect(foundIn(disguised)).toContain('mail-002 verbatim')
  })

  it('are found with their options shuffled', () => {
    const { stem, parts } = items[0] as Leakable
    expect(foundIn([...parts].reverse().concat(stem).join('\n'))[0]).toMatch(/^mail-001/)
  })

  it('are found reworded', () => {
    expect(
      foundIn(
        'Q. 互いに面識のない取引先20社に、展示会の案内を1通のメールで送る。どこに案内したか知られない入れ方は？\nA 20社をCc欄にまとめて入れる\nB 20社をBcc欄にまとめて入れる\nC 20社をTo欄に並べて入れる',
      ),
    ).toContain('mail-001 reworded')
  })

  it('are suspected in a short note from memory', () => {
    expect(foundIn('昨日の試験。預かった顧客名簿を別案件の応募資料に見本で載せていいか、って問題。')).toEqual([
      'safe-001 recalled',
    ])
  })

  it('are not seen where there are none', () => {
    expect(
      foundIn('今日は天気がよいので、公園まで散歩に出かけました。帰りにパン屋で食パンを買い、夕飯の支度をしました。'),
    ).toEqual([])
    expect(foundIn('')).toEqual([])
  })

  it('lead to the item they come from, not to others on the same subject', () => {
    for (const one of items) expect(findLeaks(whole(one), items)[0]?.item).toBe(one.item)
    for (const one of items) expect(foundIn(whole(one)).filter((found) => !found.startsWith(one.item))).toEqual([])
  })

  it('are found in a long text that repeats itself', () => {
    const noise = '同じ文を何度も書きます。'.repeat(20_000)
    expect(foundIn(`${noise}\n${whole(items[3] as Leakable)}\n${noise}`)).toContain('safe-001 verbatim')
  })
})
