import { rm, symlink } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { RULE_PAGES } from '../../src/authoring/rule-pages.ts'
import { bankMd, examMd, SINGLE } from '../support/bank-fixture.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { path, read, write, kentei, out } = terminalOfEachTest()

beforeEach(async () => {
  await write('exams/demo/exam.md', examMd())
  await write('exams/demo/office.ja.md', bankMd(SINGLE))
})

describe('kentei explain', () => {
  it('prints a rule in both languages, with what to avoid and what to write', async () => {
    expect(await kentei('explain', 'option/checkbox')).toBe(0)
    expect(out.join('\n')).toMatch(
      /選択肢の印[\s\S]*## 避けたい書き方[\s\S]*- \[ｘ\] 赤いペン[\s\S]*## 直した書き方[\s\S]*- \[x\] 赤いペン/,
    )
    await kentei('explain', 'option/checkbox', '--lang', 'en')
    expect(out.join('\n')).toMatch(/Option marks[\s\S]*## Avoid[\s\S]*## Write/)
  })

  it('lists all rules, or those of a family', async () => {
    await kentei('explain')
    expect(out).toHaveLength(RULE_PAGES.length)
    await kentei('explain', 'pill')
    expect(out.map((line) => line.split(' ')[0])).toEqual(['pill/twice', 'pill/unknown', 'pill/unused'])
  })

  it('ends with 2 for a rule that does not exist', async () => {
    expect(await kentei('explain', 'option/chekbox')).toBe(2)
  })
})

const NUMBERS = (pills: string, options: readonly string[], rationale = '計算して求めます。') =>
  `\n## office-001 代金\n\n${pills}\n\n税込みの代金はどれですか。\n\n${options.map((option) => `- ${option}`).join('\n')}\n\n### 解説\n\n${rationale}\n`

describe('kentei check --fix', () => {
  const bank = () => read('exams/demo/office.ja.md')
  const fix = async (text: string): Promise<string> => {
    await write('exams/demo/office.ja.md', text)
    await kentei('check', '--fix')
    return bank()
  }

  it('changes nothing without being told to', async () => {
    const broken = bankMd(SINGLE.replace('- [x]', '- [ｘ]'))
    await write('exams/demo/office.ja.md', broken)
    await kentei('check')
    expect(await bank()).toBe(broken)
  })

  it.each([
    ['a full-width mark', (text: string) => text.replace('- [x] ', '- [ｘ] ')],
    ['full-width brackets and space', (text: string) => text.replace('- [x] ', '－［ｘ］　')],
    ['no space after the mark', (text: string) => text.replace('- [x] ', '-[x]')],
    ['a full-width space after "#"', (text: string) => text.replace('### 解説', '###　解説')],
    ['full-width "#"', (text: string) => text.replace('### 解説', '＃＃＃解説').replace('## office', '＃＃　office')],
    [
      'all of them at once',
      (text: string) => text.replace('- [x] ', '・[✓]').replaceAll('- [ ] ', '-　[　]　').replace('### ', '###'),
    ],
  ])('mends %s, and nothing else', async (_, damage) => {
    const sound = bankMd(`${SINGLE.replace('001', '002').replaceAll('見積書', '請求書')}${SINGLE}`)
    const damaged = damage(sound)
    expect(damaged).not.toBe(sound)
    expect(await fix(damaged)).toBe(sound)
    expect(await kentei('check')).toBe(0)
  })

  it('keeps line ends, a byte order mark and everything that is not wrong', async () => {
    const odd = `\ufeff${bankMd(SINGLE).replace('`単一` `難易度2`', '`難易度2`  `単一`').replaceAll('\n', '\r\n')}   `
    expect(await fix(odd.replace('- [x] ', '- [ｘ] '))).toBe(odd)
  })

  it('sorts numbers with their mark and keeps their order', async () => {
    expect(await fix(bankMd(NUMBERS('`単一` `難易度2`', ['[x] 1,100円', '[ ] 3,000円', '[ ] 200円'])))).toBe(
      bankMd(NUMBERS('`単一` `難易度2` `固定順`', ['[ ] 200円', '[x] 1,100円', '[ ] 3,000円'])),
    )
    expect(await fix(bankMd(NUMBERS('`単一`', ['[ ] 30', '[x] 20', '[ ] 10'])))).toBe(
      bankMd(NUMBERS('`単一` `固定順`', ['[ ] 30', '[x] 20', '[ ] 10'])),
    )
    expect(await fix(bankMd(NUMBERS('`単一` `固定順`', ['[ ] 30', '[x] 10', '[ ] 20'])))).toBe(
      bankMd(NUMBERS('`単一` `固定順`', ['[x] 10', '[ ] 20', '[ ] 30'])),
    )
  })

  it('writes ranges with the dash of their language', async () => {
    const ranged = (dash: string) => bankMd(SINGLE.replace('件名として', `10${dash}20本か30${dash}40本の件名として`))
    expect(await fix(ranged('~'))).toBe(ranged('〜'))
  })

  it('gives lists their mark', async () => {
    const short = (mark: string) =>
      bankMd(
        `\n## office-001\n\n\`短答\`\n\n動かない参照を何と呼びますか。\n\n### 正解\n\n${mark}絶対参照\n\n### 解説\n\nです。\n\n### 出典\n\n${mark}手引き\n`,
      )
    expect(await fix(short('・'))).toBe(short('- '))
    expect(await fix(short('-'))).toBe(short('- '))
  })

  it.each([
    ['a rationale that counts the options', NUMBERS('`単一`', ['[ ] 30', '[x] 10', '[ ] 20'], '二つ目が正しいです。')],
    ['a link in place of a mark', SINGLE.replace('- [x] ', '- [x](https://example.com/)')],
    ['struck-through text', SINGLE.replace('件名として', '~~件名~~として1~2本')],
    ['a range in code', SINGLE.replace('件名として', '`a` と 1~2 の件名として')],
    ['a heading that is no section', SINGLE.replace('### 解説', '###開設')],
    ['an answer below zero', '\n## office-001\n\n`短答`\n\n気温を書きなさい。\n\n### 正解\n\n-5度\n'],
  ])('leaves %s to the author', async (_, text) => {
    expect(await fix(bankMd(text))).toBe(bankMd(text))
  })

  it('does not sort what is live under its version, nor apart from its sibling', async () => {
    const unsorted = bankMd(NUMBERS('`単一`', ['[ ] 30', '[x] 10', '[ ] 20']))
    await write('exams/demo/office.ja.md', unsorted)
    expect(await kentei('lock')).toBe(0)
    expect(await fix(unsorted)).toBe(unsorted)
    await rm(path('exams/demo/items.lock.json'))
    await write('exams/demo/exam.md', examMd({ locales: '[ja, en]' }))
    await write(
      'exams/demo/office.en.md',
      bankMd(
        '\n## office-001\n\n`single`\n\nWhat is the price?\n\n- [ ] thirty\n- [x] ten\n- [ ] twenty\n\n### Rationale\n\nAdd.\n',
        { locale: 'en' },
      ),
    )
    expect(await fix(unsorted)).toBe(unsorted)
  })

  it('writes no file through a link', async () => {
    const broken = bankMd(SINGLE.replace('- [x]', '- [ｘ]'))
    await write('elsewhere.md', broken)
    await symlink(path('elsewhere.md'), path('office.ja.md'))
    await kentei('check', '--fix', 'office.ja.md')
    expect(await read('elsewhere.md')).toBe(broken)
  })
})
