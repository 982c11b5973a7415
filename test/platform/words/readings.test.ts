import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readReadings, withReadings } from '../../../src/node/readings.ts'
import { rubyHtml, withoutReadings } from '../../../src/platform/words/readings.ts'

const folder = await mkdtemp(join(tmpdir(), 'readings-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
await writeFile(join(folder, 'readings.txt'), '時《とき》 時間《じかん》\n始《はじ》め\n')
const readings = await readReadings(folder)
const marked = (text: string) => withReadings(text, readings)
const ruby = (word: string, reading: string) => `<ruby>${word}<rp>（<rt aria-hidden=true>${reading}<rp>）</ruby>`
const line = (html: string) => `<ruby-line>${html}</ruby-line>`

describe('readings of words', () => {
  it('are those of the longest word of the list', () => {
    expect(rubyHtml(marked('時間と時'))).toBe(line(`${ruby('時間', 'じかん')}と<wbr>${ruby('時', 'とき')}`))
  })

  it('stand above the kanji of a word, not above its kana', () => {
    expect(rubyHtml(marked('始めます'))).toBe(line(`${ruby('始', 'はじ')}めます`))
  })

  it('let a line end before a word that a particle leads to, not within words', () => {
    expect(rubyHtml(marked('次に始める、時間と時')).split('<wbr>')).toHaveLength(3)
    expect(rubyHtml(marked('お時間、作り始め'))).not.toContain('<wbr>')
  })

  it('are those that the text itself gives, before those of the list', () => {
    expect(rubyHtml(marked('時《じ》と3日《みっか》'))).toBe(line(`${ruby('時', 'じ')}と3${ruby('日', 'みっか')}`))
  })

  it('are none in a folder without a list, and its texts stay as they are', async () => {
    const none = await readReadings(join(folder, 'none'))
    expect(withReadings('時間《じかん》', none)).toBe('時間《じかん》')
  })
})

describe('a page with readings', () => {
  it('has them in brackets where scripts and choices show a text', () => {
    const page = `<p data-texts="${marked('時間')}">a</p><option value="1">${marked('時間')}</option>`
    expect(rubyHtml(page)).toBe('<p data-texts="時間（じかん）">a</p><option value="1">時間（じかん）</option>')
  })

  it('leaves them out of its title, of drawings and of what is heard', () => {
    const page = ['<title>', '</title><a aria-label="', '">1</a><svg><text>', '</text></svg>'].join(marked('時間'))
    expect(rubyHtml(page)).toBe('<title>時間</title><a aria-label="時間">1</a><svg><text>時間</text></svg>')
  })

  it('leaves them out of a drawing that holds another', () => {
    const drawing = (text: string) => `<svg><svg><path/></svg><text x="1">${text}</text><circle/></svg>`
    expect(rubyHtml(drawing(marked('時間')))).toBe(drawing('時間'))
  })

  it('shows what people write in the brackets of readings as they wrote it', () => {
    const page = `<p>受験《じゅけん》</p><textarea>受験《じゅけん》</textarea><b>${marked('時間')}</b>`
    expect(rubyHtml(page)).toBe(
      `<p>受験《じゅけん》</p><textarea>受験《じゅけん》</textarea><b>${line(ruby('時間', 'じかん'))}</b>`,
    )
  })

  it('is another than its plain text, which has the words alone', () => {
    expect(withoutReadings(marked('時間を始める'))).toBe('時間を始める')
  })
})
