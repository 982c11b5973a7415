import { beforeEach, describe, expect, it } from 'vitest'
import { bankMd, examMd } from '../support/bank-fixture.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { read, write, kentei, out, err } = terminalOfEachTest()
const text = (name: string) => read(`exams/demo/${name}`)
const things = ['はさみ', '定規', '手帳', '電卓']
const tools = ['scissors', 'a ruler', 'a diary', 'a calculator']
const ja = (n: number, pills = '', rest = '') =>
  `\n## office-00${n} 道具\n\n\`単一\`${pills}\n\n${things[n - 1]}をしまう棚はどれですか。\n\n- [x] ${n}番の棚\n- [ ] 窓の下の箱\n- [ ] 受付の引き出し\n- [ ] 廊下の戸棚\n\n### 解説\n\n${n}番の棚です。\n${rest}`
const en = (n: number, pills = '') =>
  `\n## office-00${n} Tools\n\n\`single\`${pills}\n\nWhere do you put ${tools[n - 1]} away?\n\n- [x] shelf ${n}\n- [ ] the box by the window\n- [ ] the drawer at the desk\n- [ ] the cupboard outside\n\n### Rationale\n\nOn shelf ${n}.\n`
const writeExam = async (japanese: string, english: string, exam = '{ office: { draw: 1, min_pool: 3x } }') => {
  await write('exams/demo/exam.md', examMd({ locales: '[ja, en]', blueprint: exam }))
  await write('exams/demo/office.ja.md', bankMd(japanese))
  await write('exams/demo/office.en.md', bankMd(english, { locale: 'en' }))
}
const four = (last = '') =>
  writeExam(
    [1, 2, 3].map((n) => ja(n)).join('') + ja(4, last),
    [1, 2, 3].map((n) => en(n)).join('') + en(4, last && ' `dormant`'),
  )

beforeEach(async () => {
  await write('exams/demo/exam.en.md', 'Read this.\n')
  await four()
  await kentei('lock')
})

describe('kentei retire', () => {
  it('writes status, reason and day into every language and the lock, and nothing else', async () => {
    const [japanese, english] = [await text('office.ja.md'), await text('office.en.md')]
    expect(await kentei('retire', 'exams/demo', 'office-002', '--why', '棚がなくなった')).toBe(0)
    expect(out).toEqual(['exams/demo/office.ja.md', 'exams/demo/office.en.md'])
    const retiredJa = japanese
      .replace('office-002 道具\n\n`単一`', 'office-002 道具\n\n`単一` `廃止`')
      .replace('2番の棚です。\n', '2番の棚です。\n\n### メモ\n\n- 2026-11-24 廃止：棚がなくなった\n')
    const retiredEn = english
      .replace('office-002 Tools\n\n`single`', 'office-002 Tools\n\n`single` `retired`')
      .replace('On shelf 2.\n', 'On shelf 2.\n\n### Notes\n\n- 2026-11-24 retired: 棚がなくなった\n')
    expect(await text('office.ja.md')).toBe(retiredJa)
    expect(await text('office.en.md')).toBe(retiredEn)
    expect(JSON.parse(await text('items.lock.json')).items['office-002']).toMatchObject([
      { what: 'new' },
      { what: 'retired', status: 'retired', on: '2026-11-24', v: 1 },
    ])
    expect(await kentei('check')).toBe(0)
    expect(await kentei('fmt', '--check')).toBe(0)
    expect(await kentei('retire', 'exams/demo', 'office-002', '--why', 'またか')).toBe(2)
  })

  it('goes on with notes that are there, and takes the place of a written status', async () => {
    await writeExam(
      [1, 2, 3].map((n) => ja(n)).join('') + ja(4, ' `公開` `v1`', '\n### メモ\n\n- 初めの覚え書き\n'),
      [1, 2, 3, 4].map((n) => en(n)).join(''),
    )
    expect(await kentei('retire', 'exams/demo', 'office-004', '--why', '古い')).toBe(0)
    const now = await text('office.ja.md')
    expect(now).toContain('`単一` `廃止` `v1`\n')
    expect(now).toContain('### メモ\n\n- 初めの覚え書き\n- 2026-11-24 廃止：古い\n')
  })

  it('refuses where the pool gets too small, and says by how much; --force goes on down to what one paper needs', async () => {
    const before = await text('office.ja.md')
    expect(await kentei('retire', 'exams/demo', 'office-001', 'office-002', '--why', 'x', '--lang', 'en')).toBe(1)
    expect(out[0]).toBe(
      'office (ja, difficulty 1–5) has 2 live items; drawing 1 needs 3 (1 too few); no dormant item fits',
    )
    expect(await text('office.ja.md')).toBe(before)
    expect(await kentei('retire', 'exams/demo', 'office-001', 'office-002', '--why', 'x', '--force')).toBe(0)
    expect(await kentei('retire', 'exams/demo', 'office-003', 'office-004', '--why', 'x', '--force')).toBe(1)
    expect(out.join('\n')).toContain('pool/too-small')
    expect(await text('office.ja.md')).toContain('office-003 道具\n\n`単一`\n')
  })

  it('wakes a dormant item in the same step when told to, and names those that fit', async () => {
    await four(' `控え`')
    await kentei('lock')
    expect(await kentei('retire', 'exams/demo', 'office-001', '--why', 'x')).toBe(1)
    expect(out[0]).toContain('--wake office-004')
    expect(await kentei('retire', 'exams/demo', 'office-001', '--why', '漏えい', '--wake', 'office-004')).toBe(0)
    expect(await text('office.en.md')).toMatch(/office-004 Tools\n\n`single` `live`\n[\s\S]*- 2026-11-24 live: 漏えい/)
    expect(JSON.parse(await text('items.lock.json')).items['office-004'].at(-1)).toMatchObject({
      what: 'woken',
      status: 'live',
    })
  })

  it.each([
    [['exams/demo', 'office-001'], '--why'],
    [['exams/demo', '--why', 'x'], 'kentei retire <exam folder>'],
    [['exams/demo', 'office-009', '--why', 'x'], 'no item office-009'],
    [['exams/demo', 'office-001', '--why', 'a\nb'], 'one line'],
    [['exams/demo', 'office-001', '--why', 'x', '--wake', 'office-002'], 'not dormant'],
  ])('does not understand %s', async (args, message) => {
    expect(await kentei('retire', '--lang=en', ...args)).toBe(2)
    expect(err.join('\n')).toContain(message)
  })

  it('writes no reason that the notes must not hold', async () => {
    const before = await text('office.ja.md')
    expect(await kentei('retire', 'exams/demo', 'office-001', '--why', '<script>alert(1)</script>')).toBe(1)
    expect(await text('office.ja.md')).toBe(before)
  })

  it('keeps the line ends of a file', async () => {
    await write('exams/demo/office.ja.md', (await text('office.ja.md')).replaceAll('\n', '\r\n'))
    expect(await kentei('retire', 'exams/demo', 'office-002', '--why', '古い')).toBe(0)
    expect((await text('office.ja.md')).replaceAll('\r\n', '')).not.toContain('\n')
  })
})

describe('kentei history', () => {
  it('shows an item’s life newest first, and what is written now', async () => {
    await write('exams/demo/office.ja.md', (await text('office.ja.md')).replace('1番の棚\n', '1段目の棚\n'))
    expect(await kentei('history', 'exams/demo', 'office-001', '--lang', 'en')).toBe(0)
    expect(out.slice(0, 4)).toEqual([
      'exams/demo/office.ja.md:10  v1  公開  道具',
      'exams/demo/office.en.md:10  v1  live  Tools',
      '  ja: other than recorded',
      '  en: as recorded',
    ])
    for (const [name, pill] of [
      ['office.ja.md', '単一'],
      ['office.en.md', 'single'],
    ] as const)
      await write(`exams/demo/${name}`, (await text(name)).replace(`\`${pill}\``, `\`${pill}\` \`v2\``))
    expect(await kentei('lock')).toBe(0)
    await kentei('retire', 'exams/demo', 'office-001', '--why', 'x')
    await kentei('history', 'exams/demo', 'office-001', '--lang', 'en')
    const [retired, reworded, first] = out.slice(4)
    expect(retired).toMatch(/^2026-11-24 {2}v2 {2}ja [0-9a-f]{8} {3}en [0-9a-f]{8} {3}retired/)
    expect(reworded).toMatch(/^2026-11-24 {2}v2 {2}ja [0-9a-f]{8}\* {2}en [0-9a-f]{8} {3}reworded, live$/)
    expect(first).toMatch(/published, live$/)
    await kentei('history', 'exams/demo', 'office-001', '--json')
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      item: 'office-001',
      history: [{ what: 'retired' }, { what: 'reworded' }, { what: 'new' }],
    })
  })

  it('ends with 2 for an item that never was', async () => {
    expect(await kentei('history', 'exams/demo', 'office-077')).toBe(2)
    expect(await kentei('history', 'exams/demo')).toBe(2)
  })
})
