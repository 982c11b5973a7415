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

  it('compares practice with the exam as a fresh compilation does, whichever of the two files is saved', () => {
    const own = openMemory()
    const practice = SINGLE.replaceAll('office', 'practice').replace('二つ目です。', '')
    const check = (live: string, open: string) => {
      const files = [
        { path: 'exam.md', content: examMd() },
        { path: 'office.ja.md', content: bankMd(live) },
        {
          path: 'practice.ja.md',
          content: bankMd(open, { topic: 'practice', defaults: '{ points: 1, time: 60s, status: practice, v: 1 }' }),
        },
      ]
      const { diagnostics } = compileExam(files, { now: NOW, memory: own })
      expect(diagnostics).toEqual(compileExam(files, { now: NOW }).diagnostics)
      return diagnostics.flatMap(({ rule, message }) => (rule === 'practice/near-live' ? [message] : []))
    }
    const other = SINGLE.replaceAll(/[ぁ-ん]{2,}/g, 'ほかのこと').replaceAll('見積書', '議事録の書き方')
    const [near] = check(SINGLE, practice)
    expect(near).toContain('office-001')
    expect(check(other, practice)).toEqual([])
    expect(check(`${other}${SINGLE.replaceAll('office-001', 'office-002')}`, practice)).toEqual([
      near?.replace('office-001', 'office-002'),
    ])
    expect(check(SINGLE, other.replaceAll('office', 'practice'))).toEqual([])
    expect(check(SINGLE, practice)).toEqual([near])
  })

  it('leaves a practical task alone while its files and their images stay, and says again what is wrong with it', async () => {
    const own = openMemory()
    const path = 'tasks/fees-sheet.ja.md'
    const text = await readFile(`exams/business-admin/${path}`, 'utf8')
    const check = (content: string, ...images: { path: string; content: Uint8Array }[]) => {
      const files = [{ path: 'exam.md', content: examMd() }, { path, content }, ...images]
      const { tasks, diagnostics } = compileExam(files, { now: NOW, memory: own })
      const fresh = compileExam(files, { now: NOW })
      expect({ tasks, diagnostics }).toEqual({ tasks: fresh.tasks, diagnostics: fresh.diagnostics })
      return { task: tasks[0], rules: diagnostics.map(({ rule }) => rule) }
    }
    const before = check(text)
    expect(before.rules).toContain('exam/mismatch')
    expect(check(text).task).toBe(before.task)
    expect(check(`${text}\n`).task).not.toBe(before.task)

    const pictured = text.replace(/^## 依頼\n/m, (heading) => `${heading}\n![図](assets/one.png)\n`)
    expect(pictured).not.toBe(text)
    const image = (last: number) => ({
      path: 'assets/one.png',
      content: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, last),
    })
    const { task, rules } = check(pictured, image(1))
    expect(check(pictured, image(1)).task).toBe(task)
    expect(check(pictured, image(2)).task).not.toBe(task)
    expect(check(pictured).rules.length).toBe(rules.length + 1)
  })
})
