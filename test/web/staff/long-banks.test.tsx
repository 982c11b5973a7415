import { describe, expect, it } from 'vitest'
import { bankHash, itemHash } from '../../../src/authoring/content-hash.ts'
import type { ExposedItem } from '../../../src/flows/mark-leaked.ts'
import type { Bank } from '../../../src/item/bank.ts'
import { compareWords, newWordBudget, wordsOf } from '../../../src/item/compare-words.ts'
import type { Item } from '../../../src/item/item.ts'
import { compareBanks } from '../../../src/item/publishing/compare-banks.ts'
import { Comparison } from '../../../src/web/staff/bank/comparison.tsx'
import { HandInPage } from '../../../src/web/staff/desk/hand-in-page.tsx'
import { LeaksPage } from '../../../src/web/staff/leaks-page.tsx'
import { textsOf } from '../../../src/web/ui/message.ts'
import { noBrand } from '../../../src/world/brand.ts'
import { shippedExam } from '../../support/shipped-bank.ts'

const context = {
  locale: 'en' as const,
  tag: 'en' as const,
  offered: [],
  t: textsOf('en'),
  brand: noBrand,
  issuer: 'Kentei',
  path: '/',
}

describe('a bank of thousands of items', () => {
  it('gets two hundred forms for leaks, and is told how many items more there are', async () => {
    const [of] = (await shippedExam('business-admin')).items
    if (!of) throw new Error('an exam without items')
    const items = Array.from(
      { length: 5_000 },
      (_, n): ExposedItem => ({
        id: `item-${n}`,
        asks: { skill: '', difficulty: 1, of },
        status: 'live',
        use: { papers: 0, graded: 0, passed: 0 },
      }),
    )
    const exams = [{ exam: 'long', title: {}, skills: [], papers: 0, items }]
    const page = (q: string) => String(<LeaksPage context={context} exams={exams} scope={{ days: 30 }} q={q} />)
    expect(page('').match(/name="item"/g)).toHaveLength(200)
    expect(page('')).toContain('4,800 more items are not listed')
    expect(page('item-4321')).toContain('value="item-4321"')
  })
})

/** Another text of as many words, none of them in common. */
const rewritten = (text: string) =>
  text.replace(/[\p{L}\p{N}]/gu, (letter) => ((letter.codePointAt(0) ?? 0) % 2 ? '鶴' : '亀'))

/** The exam with so many items, each under an id of its own. */
function multiplied(bank: Bank, count: number, change: (item: Item) => Item): Bank {
  const items = Array.from({ length: count }, (_, n): Item => {
    const item = change({ ...(bank.items[n % bank.items.length] as Item), id: `item-${n}` })
    return { ...item, hash: itemHash(item) }
  })
  return { exam: bank.exam, items, hash: bankHash({ exam: bank.exam, items }) }
}

const withRationale = (item: Item, rewrite: (text: string) => string): Item => {
  const { ja } = item.wordings
  if (!ja) return item
  const secret = { ...ja.secret, rationale: rewrite(ja.secret.rationale) }
  return { ...item, wordings: { ...item.wordings, ja: { ...ja, secret } } } as Item
}

describe('a version in which every item of many reads otherwise', async () => {
  const bank = await shippedExam('business-admin')
  const [before, after] = [
    multiplied(bank, 250, (item) => item),
    multiplied(bank, 250, (item) => withRationale(item, rewritten)),
  ]
  const comparison = compareBanks(before, after)
  const pageOf = (page: number) => String(<Comparison context={context} of={comparison} isFirst={false} page={page} />)

  it('is shown to its approver on pages, each item on one of them', () => {
    expect(comparison.changed).toHaveLength(250)
    const pages = [1, 2, 3].map((page) =>
      [...pageOf(page).matchAll(/<span class="sub mono">(item-\d+)</g)].map(([, id]) => id),
    )
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 50])
    expect(new Set(pages.flat()).size).toBe(250)
    expect(pageOf(1)).toContain('href="/?page=2" rel="next"')
    expect(pageOf(2)).toContain('Page 2 of 3')
    expect(pageOf(99)).toBe(pageOf(3))
  })

  it('shows changes of keys on the first page', () => {
    const last = comparison.changed.at(-1)
    const keyed = { ...last, facts: [{ field: 'key', before: 'A', after: 'B' }] } as (typeof comparison.changed)[number]
    const of = { ...comparison, changed: [...comparison.changed.slice(0, -1), keyed] }
    expect(String(<Comparison context={context} of={of} isFirst={false} page={1} />)).toContain('>item-249<')
  })

  it('compares sixty thousand characters of a page word by word, and shows the rest whole', () => {
    const [budget, segmenter] = [newWordBudget(), wordsOf('ja')]
    const text = '見積書を送ります。'.repeat(100)
    const compared = Array.from({ length: 100 }, () =>
      compareWords(text, `${text}はい。`, { segmenter, budget, longest: 20_000 }),
    )
    expect(compared.filter(Boolean).length).toBe(Math.floor(60_000 / (2 * text.length + 3)))
    expect(compareWords('a', 'b', { segmenter, budget: newWordBudget(), longest: 20_000 })).toHaveLength(2)
  })
})

describe('a draft that is more than one version may hold', async () => {
  const bank = await shippedExam('business-admin')
  const change = {
    path: 'office.ja.md',
    item: 'office-001',
    title: 'Q',
    kind: 'changed',
    lines: [],
    isCut: false,
  } as const
  const handIn = (isTooLarge: boolean, changes: readonly (typeof change)[] = [change]) =>
    String(
      <HandInPage
        context={context}
        exam={{ id: 'long', title: 'Long' }}
        bank={bank}
        draft=""
        isChanged
        changes={changes}
        page={1}
        pictures={[]}
        hasCompiler
        isTooLarge={isTooLarge}
        used={[]}
        moved={[]}
      />,
    )

  it('is told so before anybody writes what for', () => {
    expect(handIn(true)).toMatch(/<button[^>]*type="button" aria-disabled="true"/)
    expect(handIn(true)).toContain('too large for one version')
    expect(handIn(false)).toMatch(/<button[^>]*type="submit"/)
  })

  it('shows a hundred changes on a page, and the way to the others', () => {
    const changes = Array.from({ length: 150 }, (_, n) => ({ ...change, item: `office-${n}` as 'office-001' }))
    expect(handIn(false, changes).match(/<details class="card handcard/g)).toHaveLength(100)
    expect(handIn(false, changes)).toContain('href="/?page=2" rel="next"')
  })
})
