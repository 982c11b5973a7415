import { describe, expect, it } from 'vitest'
import { openComputedDates } from '../../../src/task/inbox/computed.ts'
import { foldWording, readText } from '../../../src/task/inbox/read-text.ts'

describe('a mail as it is read', () => {
  it.each([
    ['ご返金致します', '返金いたします'],
    ['お答え出来かねます', '答えできかねます'],
    ['ご覧頂きたく', '覧いただきたく'],
    ['御社にお送り下さい', '御社に送りください'],
  ])('%s is %s', (written, plain) => {
    expect(foldWording(written)).toBe(foldWording(plain))
  })

  it('words that only look like another spelling stay as they are', () => {
    for (const word of ['一致します', '出来事', '頂点', '下流', '御社', 'おそらく'])
      expect(readText(word).folded).toBe(word)
  })

  it('a short date stands behind a colon too, and is no part of a time', () => {
    expect([...readText('出荷日：7/15').dates]).toEqual(['7/15'])
    expect([...readText('10:7/15').dates]).toEqual([])
  })
})

describe('a date that somebody worked out', () => {
  const comes = (date: string, given: string, answer: string) =>
    openComputedDates([readText(given)], readText(answer))(date)

  it('lies as far from a given one as the mail or its answer says', () => {
    expect(comes('2/8', '2月9日の14時以降で。', '前日の2月8日にお送りします。')).toBe(true)
    expect(comes('10/3', '今日は10月5日です。2日前から足がむくんで。', '10月3日からだそうです。')).toBe(true)
    expect(comes('1/31', '今日は2月1日です。昨日いただいたメールに。', '1月31日のメールに。')).toBe(true)
    expect(comes('12/1', '今日は11月30日です。明日の正午までに。', '12月1日の正午まで。')).toBe(true)
  })

  it('is invented where nobody says so, or where it lies elsewhere', () => {
    expect(comes('2/8', '2月9日の14時以降で。', '2月8日にお送りします。')).toBe(false)
    expect(comes('2/7', '2月9日の14時以降で。', '前日の2月7日にお送りします。')).toBe(false)
    expect(comes('10/7', '今日は10月5日です。2日前から足がむくんで。', '10月7日です。')).toBe(false)
  })
})
