import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bankHash, itemHash } from '../../src/authoring/content-hash.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Item } from '../../src/item/item.ts'
import { readBundle } from '../../src/web/read-bundle.ts'
import { shippedExam } from '../support/shipped-bank.ts'
import { tinyBank } from '../support/tiny-bank.ts'

const sealed = (bank: Pick<Bank, 'exam' | 'items'>): Bank => ({ ...bank, hash: bankHash(bank) })

/** The tiny bank with another stem in its first item, sealed with a hash that fits. */
function withStem(html: string): Bank {
  const bank = tinyBank()
  const [first, ...rest] = bank.items as readonly [Item, ...Item[]]
  const wordings = {
    ja: { ...(first.wordings.ja as NonNullable<typeof first.wordings.ja>), stem: { ...first.wordings.ja?.stem, html } },
  } as Item['wordings']
  return sealed({ exam: bank.exam, items: [{ ...first, wordings, hash: itemHash({ ...first, wordings }) }, ...rest] })
}

const refusal = async (body: unknown) => {
  const read = await readBundle(typeof body === 'string' ? body : JSON.stringify(body), undefined)
  return read.ok ? undefined : JSON.stringify(read.problem)
}

describe('a bundle that somebody hands in', () => {
  it.each(readdirSync('exams', { withFileTypes: true }).filter((entry) => entry.isDirectory()))(
    'is read whole when the compiler made it: $name',
    async ({ name }) => {
      expect(await refusal({ bank: await shippedExam(name), lint: [] })).toBeUndefined()
    },
  )

  it.each([
    '<script>alert(1)</script>',
    '<p onclick="x">a</p>',
    '<img src="https://tracker.example/x.png" alt="">',
    '<img src="data:image/svg+xml;base64,AAAA" alt="">',
    '<a href="javascript:alert(1)" rel="noopener noreferrer">a</a>',
    '<p style="x">a</p>',
    '<P>a</P>',
    '<p >a</p>',
    '<svg><p>a</p></svg>',
    '<!-- x -->',
    '</div></main><p>a</p>',
    '<p>a',
    '<p><strong>a</p></strong>',
    '<blockquote lang="ja"><p>a</p>',
    'a < b',
    '<',
  ])('is refused with markup that the compiler does not write: %s', async (html) => {
    expect(await refusal(withStem(html))).toMatch(/bank\.items\.0\.wordings\.ja\.stem.*markup/)
  })

  it.each([
    '<p>a &lt;script&gt;</p>',
    '<blockquote lang="ja"><p>a<br>b</p></blockquote>',
    '<table><thead><tr><th scope="col" data-align="right">a</th></tr></thead><tbody><tr><td data-align="right">1</td></tr></tbody></table>',
    '<ol start="3"><li>a<wbr>b</li></ol>',
  ])('keeps what the compiler does write: %s', async (html) => {
    expect(await refusal(withStem(html))).toBeUndefined()
  })

  it('is refused when its hash is not that of its content', async () => {
    const bank = tinyBank()
    expect(await refusal({ ...bank, exam: { ...bank.exam, passScore: 1 } })).toContain('is not the hash')
  })

  it('is refused when no paper can be drawn from it', async () => {
    const bank = tinyBank()
    expect(await refusal(sealed({ exam: bank.exam, items: bank.items.slice(0, 3) }))).toContain('cannot fill a paper')
  })

  it.each([
    ['not JSON', '{"bank":'],
    ['a list', '[]'],
    ['nothing', ''],
    ['no bank', '{}'],
    ['nested without end', `{"bank":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('is refused when it is %s', async (_, body) => {
    expect(await refusal(body)).toContain('malformed')
  })

  it('is refused with fields that nobody knows, so that nothing rides along unseen', async () => {
    const { exam, items } = tinyBank()
    const [section, ...sections] = exam.sections
    const [item, ...others] = items
    const strange = { extra: 1 }
    expect(await refusal({ bank: { ...tinyBank(), ...strange } })).toContain('bank')
    for (const [where, bank] of [
      ['bank.exam', { exam: { ...exam, ...strange }, items }],
      ['bank.exam.sections.0', { exam: { ...exam, sections: [{ ...section, ...strange }, ...sections] }, items }],
      ['bank.items.0', { exam, items: [{ ...item, ...strange }, ...others] }],
      ['bank.items.0.status', { exam, items: [{ ...item, status: 'shown' }, ...others] }],
    ] as const)
      expect(await refusal(sealed(bank as never)), where).toContain(`"${where}"`)
  })
})
