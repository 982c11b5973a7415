import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { openMemory } from '../../src/authoring/compile-memory.ts'
import { instant } from '../../src/kernel/instant.ts'
import { bankMd, examMd, NOW, SINGLE } from './bank-fixture.ts'

const memory = openMemory()
const compile = (text: string, remembers = true) =>
  compileExam(
    [
      { path: 'exam.md', content: examMd() },
      { path: 'office.ja.md', content: bankMd(text) },
    ],
    { now: instant(NOW), ...(remembers ? { memory } : {}) },
  )

describe('a compilation that remembers the one before', () => {
  it('gives the same wording for the same text, and what a fresh compilation gives after a change', () => {
    const before = compile(SINGLE)
    const again = compile(SINGLE)
    expect(again.items[0]?.variants[0]?.wording).toBe(before.items[0]?.variants[0]?.wording)
    const changed = SINGLE.replace('いつも', 'いつでも')
    expect(compile(changed).bank?.hash).toBe(compile(changed, false).bank?.hash)
    expect(compile(changed).bank?.hash).not.toBe(before.bank?.hash)
  })

  it('says again what is wrong with an item that stays as it is', () => {
    const wrong = SINGLE.replace('いつも', '![図](assets/none.png)')
    const fresh = compile(wrong, false).diagnostics
    expect(fresh.length).toBeGreaterThan(0)
    expect(compile(wrong).diagnostics).toEqual(fresh)
    expect(compile(wrong).diagnostics).toEqual(fresh)
  })
})
