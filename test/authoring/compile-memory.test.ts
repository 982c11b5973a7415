import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { type CompileMemory, openMemory } from '../../src/authoring/compile-memory.ts'
import { instant } from '../../src/kernel/instant.ts'
import { bankMd, examMd, NOW, SINGLE } from '../support/bank-fixture.ts'

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

  it('tries a practical task again when its file has changed, and says of it what a fresh compilation says', async () => {
    const path = 'tasks/fees-sheet.ja.md'
    const text = (await readFile(`exams/business-admin/${path}`, 'utf8')).replace(/^exam: .*$/m, 'exam: tiny')
    const own = openMemory()
    let trials = 0
    const counting: CompileMemory = {
      ...own,
      once: (name, from, make) =>
        own.once(name, from, () => {
          trials += name.startsWith('trial') ? 1 : 0
          return make()
        }),
    }
    const found = (content: string, remembered?: CompileMemory) =>
      compileExam(
        [
          { path: 'exam.md', content: examMd() },
          { path, content },
        ],
        {
          now: NOW,
          seeds: 1,
          ...(remembered ? { memory: remembered } : {}),
        },
      ).diagnostics
    const fresh = found(text)
    expect([found(text, counting), found(text, counting)]).toEqual([fresh, fresh])
    expect(trials).toBe(1)
    const longer = `${text}\n`
    expect(found(longer, counting)).toEqual(found(longer))
    expect(trials).toBe(2)
  })

  it('parses, merges and looks at nothing but the file that changed, and says what a fresh compilation says', () => {
    const own = openMemory()
    const made: string[] = []
    const counting: CompileMemory = {
      ...own,
      parse: (file, language) => {
        const parsed = own.parse(file, language)
        if (!seen.has(parsed)) made.push(`parse ${file.path}`)
        seen.add(parsed)
        return parsed
      },
      once: (name, from, make) =>
        own.once(name, from, () => {
          made.push(name)
          return make()
        }),
    }
    const seen = new Set<unknown>()
    const mail = SINGLE.replaceAll('office', 'mail').replaceAll('見積書', '請求書')
    const files = (office: string) => [
      { path: 'exam.md', content: examMd({ blueprint: '{ office: { draw: 1 }, mail: { draw: 1 } }' }) },
      { path: 'mail.ja.md', content: bankMd(mail, { topic: 'mail' }) },
      // a warning that stays must be said each time
      { path: 'office.ja.md', content: bankMd(office.replace('### 解説\n\n二つ目です。', '### メモ\n\n要確認')) },
    ]
    compileExam(files(SINGLE), { now: NOW, memory: counting })
    made.length = 0
    const again = compileExam(files(SINGLE), { now: NOW, memory: counting })
    expect(made).toEqual([])
    expect(again.diagnostics).toEqual(compileExam(files(SINGLE), { now: NOW }).diagnostics)
    expect(again.diagnostics.map(({ rule }) => rule)).toContain('rationale/missing')

    const changed = `\n\n${SINGLE.replace('いつも', 'いつでも')}`
    const after = compileExam(files(changed), { now: NOW, memory: counting })
    expect(made.filter((act) => act.startsWith('parse'))).toEqual(['parse office.ja.md'])
    expect(made.filter((act) => act === 'item' || act === 'findings')).toEqual(['item', 'findings'])
    const fresh = compileExam(files(changed), { now: NOW })
    expect(after.diagnostics).toEqual(fresh.diagnostics)
    expect(after.bank?.hash).toBe(fresh.bank?.hash)
  })
})
