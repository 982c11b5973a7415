import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BankSource } from '../../src/authoring/bank-source.ts'
import { parseBank } from '../../src/authoring/parse-bank.ts'
import { printBank } from '../../src/authoring/print-bank.ts'
import { bankMd } from '../support/bank-fixture.ts'
import { cases } from '../support/cases.ts'
import { itemsArbitrary } from './arbitrary-items.ts'

const parse = (content: string) => parseBank({ path: 'office.ja.md', content })

describe('printing a bank', () => {
  it('gives back an equal tree for any items, in both languages, and is idempotent', () => {
    fc.assert(
      fc.property(itemsArbitrary, fc.constantFrom('ja', 'en'), (items, locale) => {
        const bank: BankSource = { ...(parse(bankMd('', { locale })).bank as BankSource), items }
        const printed = printBank(bank)
        const again = parse(printed)
        expect(again.diagnostics).toEqual([])
        expect(again.bank).toEqual(bank)
        expect(printBank(again.bank as BankSource)).toBe(printed)
      }),
      { numRuns: cases(300) },
    )
  })

  it.each(globSync(['exams/*/*.ja.md', 'exams/*/*.en.md']).filter((path) => !basename(path).startsWith('exam.')))(
    'keeps %s',
    (path) => {
      const { bank } = parse(readFileSync(path, 'utf8'))
      const printed = printBank(bank as BankSource)
      expect(parse(printed).bank).toEqual(bank)
      expect(printBank(parse(printed).bank as BankSource)).toBe(printed)
    },
  )

  it('loses nothing of an item that it cannot read', () => {
    const odd =
      '## office-001 作文\n\n`作文`　`10点`\n\n書いてください。\n\n### 採点基準\n\n| a | b |\n| - | - |\n\n### 変な見出し\n\n<!-- 秘密 -->'
    const { bank } = parse(bankMd(`\n${odd}\n`))
    expect(bank?.items).toEqual([{ kind: 'raw', text: odd }])
    expect(printBank(bank as BankSource)).toContain(odd)
  })

  it('keeps options of several lines, escaped pipes and multi-line references', () => {
    const text = bankMd(
      '\n## office-001\n\n`組合せ`\n\n組を作ってください。\n\n| a | b |\n| --- | --- |\n| x \\| y | 1 |\n| z | `p\\|q` |\n',
    )
    const { bank } = parse(text)
    expect(printBank(bank as BankSource)).toContain('| x \\| y | 1 |\n| z | `p\\|q` |')
    const options = parse(
      bankMd('\n## office-001\n\n`単一`\n\nどれですか。\n\n- [x] 一行目\n  二行目\n\n  > 引用\n- [ ] 別\n- [ ] 他\n'),
    ).bank as BankSource
    expect(parse(printBank(options)).bank).toEqual(options)
  })
})
