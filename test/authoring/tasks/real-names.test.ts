import { describe, expect, it } from 'vitest'
import { findRealNames, isCorporateNumber } from '../../../src/authoring/tasks/real-names.ts'

const found = (text: string) => findRealNames(text).map(({ as, text: what }) => `${as} ${what}`)

describe('in a task', () => {
  it.each([
    ['a telephone number', '03-5555-1234', 'phone 03-5555-1234'],
    ['one of a town', '0467-22-1234', 'phone 0467-22-1234'],
    ['one in brackets', '電話 045(212)3456 まで', 'phone 045(212)3456'],
    ['one in full width', '０９０－１２３４－５６７８', 'phone 090-1234-5678'],
    ['one without hyphens', '09012345678', 'phone 09012345678'],
    ['one from abroad', '+81-3-5555-1234', 'phone +81-3-5555-1234'],
    ['a free one', '0120-444-113', 'phone 0120-444-113'],
    ['a mail address', 'otsuki@shinki.co.jp', 'address otsuki@shinki.co.jp'],
    ['the address of a page', 'https://shinki.com/renew', 'address https://shinki.com'],
    ['a host alone', 'shinki.jp をご覧ください', 'address shinki.jp'],
    ['a host that only looks kept', 'a@example.io', 'address a@example.io'],
    ['a corporate number', '法人番号 7000012050002', 'registration 7000012050002'],
    ['an issuer of invoices', '登録番号 Ｔ7000012050002', 'registration T7000012050002'],
    ['one in groups', 'T7-0000-1205-0002', 'registration T7-0000-1205-0002'],
    ['a firm with its sign behind', '取引先の山田製作所株式会社へ', 'firm 山田製作所株式会社'],
    ['a firm with its sign before', '株式会社山田製作所様', 'firm 株式会社山田製作所様'],
    ['a firm with a short sign', '㈱ヤマダ', 'firm (株)ヤマダ'],
    ['a firm in hiragana', '株式会社さくら', 'firm 株式会社さくら'],
    ['a firm within tags', '山田<wbr>製作所<wbr>株式会社', 'firm 山田製作所株式会社'],
    ['an English firm', 'Yamada Co., Ltd.', 'firm Yamada Co., Ltd.'],
    ['a firm that everybody knows', '荷物はヤマト運輸で届きます', 'firm ヤマト運輸'],
  ])('%s that could be somebody’s is found', (_, text, what) => {
    expect(found(text)).toContain(what)
  })

  it.each([
    ['03-0123-4567'],
    ['090-0123-4567、0120-012-345'],
    ['2026-11-02 から 01-12-2026 まで、品番 0123-456'],
    ['a@example.com、b@mall.example.jp、c@office.example.co.jp、d@shop.test'],
    ['https://login.storage-support.example.org/ と 案内.pdf'],
    ['1234567890123、T1234567890123、9784000000000'],
    ['小鳩架空製菓株式会社と株式会社れんげ架空農園、(有)こだま架空製麺'],
    ['「株式会社」も「有限会社」も略さない。ある株式会社の社員です'],
    ['前株の株式会社と、後株の会社。株式会社などの法人'],
    ['リコーダーを吹く。ソニーズ。トヨタマ'],
  ])('nothing is found in %s', (text) => {
    expect(found(text)).toEqual([])
  })
})

it('thirteen digits are a corporate number when the first one checks the others', () => {
  // the National Tax Agency and the Digital Agency
  for (const number of ['7000012050002', '8000012010038']) expect(isCorporateNumber(number), number).toBe(true)
  for (const number of ['7000012050003', '1000012050002', '700001205000']) expect(isCorporateNumber(number)).toBe(false)
})
