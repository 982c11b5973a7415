import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { bankMd, compileItems, examMd, filesOf, NOW, rulesOf, SINGLE } from '../support/bank-fixture.ts'
import { cases } from '../support/cases.ts'
import { processorMs } from '../support/processor-time.ts'

/** Compiles and says how long it took, in milliseconds. */
function timed(content: string | Uint8Array) {
  const started = processorMs()
  const compiled = compileExam(
    [
      { path: 'exam.md', content: examMd() },
      { path: 'office.ja.md', content },
    ],
    { now: NOW },
  )
  return { ...compiled, rules: rulesOf(compiled.diagnostics), took: processorMs() - started }
}

const inStem = (text: string) => bankMd(SINGLE.replace('件名として最も', `${text}\n\n件名として最も`))
const MEGA = 5_000_000

describe('hostile files', () => {
  it.each([
    ['one line', 'あ'.repeat(MEGA)],
    ['one item', bankMd(SINGLE + 'あ'.repeat(MEGA))],
    ['short lines', bankMd(SINGLE + 'a\n'.repeat(MEGA / 2))],
    ['open fences', bankMd(SINGLE + '```a\n'.repeat(MEGA / 5))],
    ['headings', bankMd('## x\n'.repeat(MEGA / 50))],
    ['frontmatter', `---\n${'a: b\n'.repeat(MEGA / 5)}---\n`],
    ['wrong marks', bankMd(SINGLE + '- [ｘ] a\n'.repeat(100_000))],
    ['hash marks', bankMd(SINGLE + '#'.repeat(MEGA))],
    ['spaces', bankMd(SINGLE.replace('どれですか。', `どれですか。${' '.repeat(MEGA)}x`))],
    ['backticks', bankMd(`\n## office-001\n\n${'`a` '.repeat(MEGA / 4)}\n`)],
  ])('5 MB of %s give a diagnostic in seconds', (_, content) => {
    const { rules, bank, took } = timed(content)
    expect(bank).toBeUndefined()
    expect(rules.length).toBeGreaterThan(0)
    expect(rules.length).toBeLessThan(6_000)
    expect(took).toBeLessThan(30_000)
  })

  it('tens of thousands of items compile in linear time', () => {
    const many = (n: number) =>
      bankMd(
        Array.from({ length: n }, (_, i) =>
          SINGLE.replace('office-001', `office-${i + 1}`).replace(
            '件名として',
            `${(i * 7919) % 99_991}番の件名として${i}`,
          ),
        ).join(''),
      )
    const most = cases(50_000, 2.5)
    timed(many(2_000))
    const small = timed(many(most / 10))
    const large = timed(many(most))
    expect(small.items).toHaveLength(most / 10)
    expect(large.items).toHaveLength(most)
    // quadratic work would take a hundred times as long
    expect(large.took / small.took).toBeLessThan(25)
  })

  it('20,000 equal items do not make duplicate search slow', () => {
    const { took, rules } = timed(
      bankMd(Array.from({ length: 20_000 }, (_, i) => SINGLE.replace('office-001', `office-${i + 1}`)).join('')),
    )
    expect(rules).toContain('item/duplicate')
    expect(took).toBeLessThan(60_000)
  })

  it.each([
    ['quotes', '>'.repeat(10_000)],
    ['spaced quotes', '> '.repeat(10_000)],
    ['lists on one line', '- '.repeat(10_000)],
    ['lists by indent', Array.from({ length: 500 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')],
    ['brackets', '['.repeat(10_000)],
    ['stars', '*a '.repeat(10_000)],
    ['underscores', '_a*'.repeat(8_000)],
    ['links', '[a]('.repeat(5_000)],
    ['image marks', '![a]('.repeat(5_000)],
    ['tildes', '~a'.repeat(10_000)],
    ['tags', '<a '.repeat(10_000)],
    ['entities', '&#x'.repeat(10_000)],
    ['backticks', '`a'.repeat(10_000)],
  ])('10,000 deep %s give a diagnostic at once', (_, text) => {
    const { rules, bank, took } = timed(inStem(text))
    expect(bank).toBeUndefined()
    expect(
      rules.some(
        (rule) =>
          rule.startsWith('limits/') ||
          rule.startsWith('markup/') ||
          rule.startsWith('option/') ||
          rule.startsWith('ja/'),
      ),
    ).toBe(true)
    expect(took).toBeLessThan(10_000)
  })

  it.each(['[', '*a ', '_a*', '[a](', '~a', '<a ', '`a', '![', '**a*', '\\', '&lt'])(
    'many short lines of "%s" stay fast',
    (mark) => {
      const line = mark.repeat(Math.floor(190 / mark.length))
      const { took } = timed(inStem(Array.from({ length: 180 }, () => line).join('\n')))
      expect(took).toBeLessThan(10_000)
    },
  )

  it('refuses NUL, zero-width and bidirectional characters where they stand', () => {
    const { diagnostics } = compileItems(SINGLE.replace('見積書送付', '見\u0000積\u200b書\u202e送付'))
    expect(diagnostics.filter(({ rule }) => rule === 'text/control').map(({ line, column }) => [line, column])).toEqual(
      [
        [17, 9],
        [17, 11],
        [17, 13],
      ],
    )
  })

  it('refuses the private characters that blanks stand on', () => {
    const { bank, diagnostics } = compileItems(SINGLE.replace('見積書送付', '\ue0001\ue001'))
    expect(bank).toBeUndefined()
    expect(rulesOf(diagnostics)).toContain('text/control')
  })

  it('refuses invalid UTF-8 with its line', () => {
    const bytes = Buffer.concat([Buffer.from(bankMd('')), Buffer.from([0x82, 0xa0, 0x0a])])
    expect(timed(bytes).diagnostics).toContainEqual(expect.objectContaining({ rule: 'text/encoding', line: 9 }))
  })

  it('reads CRLF and a byte order mark like LF', () => {
    const plain = compileItems(SINGLE)
    const files = filesOf(SINGLE).map(({ path, content }) => ({
      path,
      content: Buffer.from(`\ufeff${String(content).replaceAll('\n', '\r\n')}`),
    }))
    expect(compileExam(files, { now: NOW }).bank?.hash).toBe(plain.bank?.hash)
    expect(plain.bank).toBeDefined()
  })

  it('refuses duplicate ids, naming the first', () => {
    const { diagnostics } = compileItems(SINGLE + SINGLE)
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ rule: 'item/duplicate-id', message: expect.stringContaining('10 行目') }),
    )
  })

  it.each([
    ['an alias', 'id: &a demo\ntitle: { ja: *a }'],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
    ],
    ['__proto__', '__proto__: { polluted: true }\nid: demo'],
    ['constructor', 'constructor: { prototype: { polluted: true } }'],
    ['deep flow', `a: ${'['.repeat(10_000)}`],
    ['deep blocks', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['deep dashes', `${'- '.repeat(5_000)}a`],
    ['a tag', 'id: !!js/function "x"'],
    ['broken YAML', 'id: [\ntitle: }'],
    ['equal keys', 'id: a\nid: b'],
  ])('answers %s in YAML with a diagnostic', (_, yaml) => {
    for (const path of ['exam.md', 'office.ja.md']) {
      const { diagnostics, bank } = compileExam([{ path, content: `---\n${yaml}\n---\n` }], { now: NOW })
      expect(bank).toBeUndefined()
      expect(diagnostics.filter(({ file }) => file === path).length).toBeGreaterThan(0)
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('says where a value of exam.md is wrong', () => {
    const { diagnostics } = compileExam(
      [{ path: 'exam.md', content: examMd({ pass: '170%', blueprint: '{ office: { draw: 0, colour: red } }' }) }],
      { now: NOW },
    )
    expect(diagnostics.map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual(
      expect.arrayContaining(['frontmatter/value 8:7']),
    )
    expect(diagnostics.filter(({ rule }) => rule === 'frontmatter/value').length).toBeGreaterThanOrEqual(2)
  })
})
