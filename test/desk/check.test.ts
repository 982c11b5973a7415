import { createHash, hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkFolder } from '../../src/cli/check-folder.ts'
import * as browser from '../../src/desk/browser-hash.ts'
import { openChecker } from '../../src/desk/open-checker.ts'
import { instant } from '../../src/kernel/instant.ts'

const NOW = instant(Date.parse('2026-11-24T00:00:00Z'))
const shipped = 'exams/web-writer'
/** Where slips are looked for: each look is at the whole of a bank, and a large one takes seconds. */
const slipped = process.env.CASES === 'all' ? shipped : 'test/support/tiny-exam'

it('the hash of a browser is that of Node', () => {
  for (const text of ['', 'あ', 'x'.repeat(1_000)]) {
    expect(browser.hash('sha256', text, 'hex')).toBe(hash('sha256', text, 'hex'))
    const [mine, theirs] = [browser.createHash('sha256'), createHash('sha256')]
    expect(mine.update(text).update('b').digest('hex')).toBe(theirs.update(text).update('b').digest('hex'))
  }
})

/** A slip of each sort that an author may make in a bank, and what it is found as. */
const slips: readonly (readonly [string, RegExp | string, string])[] = [
  ['item/type', /^`(?:単一|複数|正誤)`/m, '`たんいつ`'],
  ['option/checkbox', /^- \[x\] /m, '- [x]　'],
  ['heading/unknown', /^### 解説$/m, '### かいせつ'],
  ['ja/fullwidth-marker', /^### 解説$/m, '＃＃＃ 解説'],
  ['markup/html', /^### 解説$/m, '<b>強い</b>\n\n### 解説'],
  ['frontmatter/value', /^locale: ja$/m, 'locale: fr'],
]

describe('the check of the desk', () => {
  const opened = async (folder: string) => {
    const { files, diagnostics } = await checkFolder(folder, { now: NOW, language: 'ja', seeds: 0 })
    const checker = openChecker('ja')
    for (const { path, content } of files) checker.put(path, Buffer.from(content as Uint8Array).toString())
    return { files, diagnostics, checker }
  }

  it('finds what the command line finds', async () => {
    const { checker, diagnostics } = await opened(shipped)
    // no task is open, so that none is tried
    expect(checker.look(NOW)).toEqual(diagnostics)
  })

  it('finds each slip, also when only the slip is sent again, and nothing more once it is put right', async () => {
    const { files, diagnostics, checker } = await opened(slipped)
    expect(checker.look(NOW)).toEqual(diagnostics)
    const path = 'writing-basics.ja.md'
    const bank = files.find((file) => file.path.endsWith('.ja.md') && !file.path.includes('/'))
    const text = Buffer.from(bank?.content as Uint8Array).toString()
    // a look at the whole bank after each
    for (const [rule, written, slip] of slips) {
      const broken = text.replace(written, slip)
      expect(broken, rule).not.toBe(text)
      checker.put(bank?.path ?? path, broken)
      const kept = checker.look(NOW)
      const fresh = openChecker('ja')
      for (const file of files) fresh.put(file.path, file === bank ? broken : file.content)
      expect(kept).toEqual(fresh.look(NOW))
      expect(kept.length).toBeGreaterThan(diagnostics.length)
    }
    checker.put(bank?.path ?? path, text)
    expect(checker.look(NOW)).toEqual(diagnostics)
  })
})
