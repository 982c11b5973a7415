import { readdir } from 'node:fs/promises'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, describe, expect, it } from 'vitest'
import { bankMd, examMd, SINGLE } from '../support/bank-fixture.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { path, read, write, kentei, out, err } = terminalOfEachTest()

const GIFT = '::一::首都はどこですか。{=東京 ~大阪#港町です。}\n\n丸いですか。{T}\n\n説明だけです。\n'

beforeEach(async () => {
  await write('demo/exam.md', examMd())
  await write('demo/office.ja.md', bankMd(SINGLE))
})

describe('kentei import', () => {
  it('writes a bank file that check finds sound, and tells of every item what it lost', async () => {
    await write('capitals.gift', GIFT)
    expect(await kentei('import', 'capitals.gift', '--to', 'demo', '--topic', 'geo')).toBe(1)
    expect(out).toEqual([
      expect.stringMatching(/^geo-001 \(1行目 “一”\) 変更 feedback /),
      expect.stringMatching(/^5行目 “説明だけです。” 除外 unsupported /),
    ])
    expect(err).toEqual(['3問：そのまま 1、変更 1、除外 1 → demo/geo.ja.md'])
    expect(await read('demo/geo.ja.md')).toContain(
      '## geo-001 一\n\n`単一` `下書き`\n\n首都はどこですか。\n\n- [x] 東京\n- [ ] 大阪',
    )
    expect(await kentei('check', 'demo')).toBe(0)
  })

  it('writes nothing with --dry-run, and over nothing without --force', async () => {
    await write('office.gift', GIFT)
    const before = await read('demo/office.ja.md')
    expect(await kentei('import', 'office.gift', '--to', 'demo', '--topic', 'office', '--dry-run')).toBe(1)
    expect(await read('demo/office.ja.md')).toBe(before)
    expect(await kentei('import', 'office.gift', '--to', 'demo', '--topic', 'office')).toBe(2)
    expect(err.join()).toContain('--force')
    expect(await read('demo/office.ja.md')).toBe(before)
    expect(await kentei('import', 'office.gift', '--to', 'demo', '--topic', 'office', '--force')).toBe(1)
    expect(await read('demo/office.ja.md')).toContain('## office-001 件名')
    expect(await read('demo/office.ja.md')).toContain('## office-002 一')
    const once = await read('demo/office.ja.md')
    await kentei('import', 'office.gift', '--to', 'demo', '--topic', 'office', '--force')
    expect(await read('demo/office.ja.md')).toBe(once)
  })

  it('gives the report as JSON, in the language asked for', async () => {
    await write('x.gift', GIFT)
    expect(await kentei('import', 'x.gift', '--to', 'demo', '--json', '--lang', 'en', '--locale', 'en')).toBe(1)
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      format: 'gift',
      files: ['demo/x.en.md'],
      counts: { whole: 1, changed: 1, 'left-out': 1 },
      items: [
        {
          id: 'x-001',
          outcome: 'changed',
          losses: [{ code: 'feedback', message: expect.stringMatching(/^the answers/) }],
        },
        { id: 'x-002', outcome: 'whole', losses: [] },
        { outcome: 'left-out', losses: [{ code: 'unsupported' }] },
      ],
    })
  })

  it('tells formats by their content, whatever the name', async () => {
    const xml =
      '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="a" title="A"><qti-item-body/></qti-assessment-item>'
    for (const [name, content, format] of [
      ['a.txt', GIFT, 'gift'],
      ['b.txt', '## 問\n\n- [x] a\n- [ ] b\n', 'markdown'],
      ['c.txt', '問題文,正解\n問,東京\n', 'csv'],
      ['d.bin', zipSync({ 'a.xml': strToU8(xml) }), 'qti'],
      ['e.dat', xml, 'qti'],
    ] as const) {
      await write(name, content)
      await kentei('import', name, '--to', 'demo', '--dry-run', '--json')
      expect(JSON.parse(out.join('\n')).format).toBe(format)
    }
  })

  it('ends with 1 for a file that it cannot read, and says in both languages what to do', async () => {
    await write('sjis.csv', Uint8Array.from([0x96, 0xe2, 0x91, 0xe8, 0x95, 0xb6, 0x2c, 0x90, 0xb3, 0x89, 0xf0, 0x0a]))
    expect(await kentei('import', 'sjis.csv', '--to', 'demo')).toBe(1)
    expect(err.join()).toContain('CSV UTF-8')
    expect(err.join()).toContain('名前を付けて保存')
    await kentei('import', 'sjis.csv', '--to', 'demo', '--lang', 'en')
    expect(err.join()).toContain('Save As')
    expect(await readdir(path('demo'))).toEqual(['exam.md', 'office.ja.md'])
  })

  it('ends with 2 for what it does not understand', async () => {
    await write('x.gift', GIFT)
    await write('y.bin', new Uint8Array([1, 2, 3]))
    for (const args of [
      ['x.gift'],
      ['--to', 'demo'],
      ['gone.gift', '--to', 'demo'],
      ['x.gift', '--to', 'nowhere'],
      ['x.gift', '--to', 'demo', '--topic', '../x'],
      ['x.gift', '--to', 'demo', '--locale', 'fr'],
      ['x.gift', '--to', 'demo', '--format', 'word'],
      ['y.bin', '--to', 'demo'],
      ['x.gift', 'x.gift', '--to', 'demo'],
      ['x.gift', '--to', 'demo', '--ropic', 'a'],
    ])
      expect(await kentei('import', ...args)).toBe(2)
    expect(await readdir(path('demo'))).toEqual(['exam.md', 'office.ja.md'])
  })
})

describe('kentei export', () => {
  it.each(['csv', 'gift', 'qti'])('to %s brings the same bank back into an empty exam', async (format) => {
    expect(await kentei('export', 'demo', '--format', format, '--to', 'bank.out')).toBe(0)
    await write('other/exam.md', examMd())
    expect(await kentei('import', 'bank.out', '--to', 'other', '--format', format)).toBe(0)
    const back = await read('other/office.ja.md')
    expect(back).toContain('## office-001 件名\n\n`単一` `1点` `難易度2` `60秒` `公開` `v1`')
    expect(back.slice(back.indexOf('件名として'))).toBe(
      (await read('demo/office.ja.md')).slice((await read('demo/office.ja.md')).indexOf('件名として')),
    )
    expect(await kentei('check', 'other')).toBe(0)
  })

  it('writes Moodle XML, over nothing without --force, and nothing with --dry-run', async () => {
    expect(await kentei('export', 'demo', '--format', 'moodle', '--to', 'bank.xml', '--dry-run')).toBe(0)
    expect(await readdir(path())).toEqual(['demo'])
    expect(await kentei('export', 'demo', '--format', 'moodle', '--to', 'bank.xml')).toBe(0)
    expect(await read('bank.xml')).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<quiz>/)
    expect(await kentei('export', 'demo', '--format', 'moodle', '--to', 'bank.xml')).toBe(2)
    expect(await kentei('export', 'demo', '--format', 'moodle', '--to', 'bank.xml', '--force')).toBe(0)
  })

  it('names items that are in error, and ends with 1', async () => {
    await write('demo/office.ja.md', bankMd(`${SINGLE}\n## office-002 壊れた問題\n\n\`謎\`\n\n本文\n`))
    expect(await kentei('export', 'demo', '--format', 'csv', '--to', 'a.csv', '--json')).toBe(1)
    expect(JSON.parse(out.join('\n')).items).toMatchObject([
      { id: 'office-001', outcome: 'whole' },
      { source: 'office.ja.md ## office-002 壊れた問題', outcome: 'left-out' },
    ])
  })

  it('ends with 2 for what it does not understand', async () => {
    for (const args of [
      ['demo', '--to', 'x'],
      ['demo', '--format', 'word', '--to', 'x'],
      ['demo', '--format', 'csv'],
      ['--format', 'csv', '--to', 'x'],
      ['nowhere', '--format', 'csv', '--to', 'x'],
      ['demo', '--format', 'csv', '--to', 'x', '--locale', 'en'],
      ['demo', '--format', 'csv', '--to', 'x', '--topic', 'none'],
    ])
      expect(await kentei('export', ...args)).toBe(2)
    expect(await readdir(path())).toEqual(['demo'])
  })
})
