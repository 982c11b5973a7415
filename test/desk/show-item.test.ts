import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { imagesOf } from '../../src/authoring/embed-image.ts'
import { beginSibling } from '../../src/desk/begin-sibling.ts'
import { cutPart, headOf, joinPart } from '../../src/desk/find-part.ts'
import { readPart, showItem } from '../../src/desk/show-item.ts'
import { showSheets } from '../../src/desk/show-sheets.tsx'
import { showTask } from '../../src/desk/show-task.tsx'
import { itemHeadings } from '../../src/item/source/items-in-file.ts'

const path = 'office.ja.md'
const file = await readFile('test/authoring/office.ja.md', 'utf8')
const ids = itemHeadings(file).map(({ id }) => id)
const image = imagesOf([])
const shown = (text: string, draw?: number) => {
  const part = readPart({ path, head: headOf(file), text }, image)
  return part && showItem(part, { ...(draw === undefined ? {} : { draw }), number: 1, total: 9 })
}

describe('a part of a file', () => {
  it.each(ids)('%s joins to its file again', (id) => {
    const part = cutPart(file, id)
    expect(part.text.startsWith(`## ${id}`)).toBe(true)
    expect(joinPart(part, part.text)).toBe(file)
    expect(file.split('\n')[part.linesAbove]).toBe(part.text.split('\n')[0])
  })
})

describe('the view of a candidate', () => {
  it('is the same to the byte whatever is said behind the first heading of an item, and whichever option is right', () => {
    for (const id of ids) {
      const { text } = cutPart(file, id)
      const before = shown(text, 3)
      if (!before) continue
      const [open = '', ...secret] = text.split(/^(?=### )/m)
      const other = secret.map((section) =>
        /^### (解説|メモ)/.test(section) ? `${section.trimEnd()}もう一つの理由。\n\n` : section,
      )
      expect(shown([open, ...other].join(''), 3)).toEqual(before)
      if (!/^`単一`/m.test(open)) continue
      const marks = [...open.matchAll(/^- \[([ x])\]/gm)].map(([, mark]) => mark)
      let at = -1
      const moved = open.replace(/^- \[[ x]\]/gm, () => {
        at += 1
        return `- [${marks.at(at - 1)}]`
      })
      expect(shown([moved, ...secret].join(''), 3), id).toEqual(before)
    }
  })

  it('of a parametric item shows other numbers on other papers, and the same on the same', () => {
    const text = `## office-099 税込の額\n\n\`数値\`\n\n税抜 {{price}} 円の品の、税込の額は何円ですか。\n\n### 変数\n\n- price: 8,000〜16,000 刻み 500\n\n### 正解\n\n{{ price * 1.1 }} ± 0 円\n\n### 解説\n\n税率は 10% です。`
    const papers = [0, 1, 2, 3, 4].map((draw) => shown(text, draw))
    expect(new Set(papers.map((paper) => JSON.stringify(paper?.values))).size).toBeGreaterThan(1)
    expect(shown(text, 2)).toEqual(papers[2])
    expect(JSON.stringify(papers)).not.toContain('{{')
  })

  it('of an item with an error is not there', () => {
    expect(shown('## office-001 題\n\n`単一`\n\n<b>x</b>')).toBeUndefined()
  })
})

it('a translation is begun behind the item that stands above it, with the same key', () => {
  const [first, second] = ids as [string, string]
  const sibling = beginSibling(first, { path, text: file, sibling: undefined })
  expect(sibling?.path).toBe('office.en.md')
  const both = beginSibling(second, { path, text: file, sibling: sibling?.text })
  expect(itemHeadings(both?.text ?? '').map(({ id }) => id)).toEqual([first, second])
  expect(both?.text).toContain('`draft`')
})

it('a task is shown on five seeds, with what a simulated candidate makes of it', async () => {
  const files = [{ path: 'tasks/member-list.ja.md', content: await readFile('test/support/member-list.ja.md', 'utf8') }]
  const asked = { family: 'member-list', language: 'ja', image } as const
  const plain = showTask(files, { ...asked, look: { from: 1 } })
  expect(plain?.html.match(/<section/g)?.length).toBeGreaterThanOrEqual(5)
  expect(plain?.bots).toContainEqual({ name: 'perfect', title: expect.stringMatching(/すべて正しい/) })
  expect(plain?.score).toBeUndefined()
  expect(showTask(files, { ...asked, look: { from: 1, bot: 'perfect' } })?.score).toMatch(/1\.00/)
})

it('study sheets are shown as everybody reads them: those of a file, or the one of a skill', async () => {
  const sheets = 'exams/business-admin/sheets/messages.ja.md'
  const written = { path: 'sheets/messages.ja.md', text: await readFile(sheets, 'utf8') }
  const skills = itemHeadings(written.text).map(({ id }) => id)
  const all = showSheets(written, { image })
  expect(all.match(/<article/g)).toHaveLength(skills.length)
  const one = showSheets(written, { skill: 'ms-7', image })
  expect(all).toContain(/<h1[^>]*>[^<]*<\/h1>/.exec(one)?.[0])
  expect(one.match(/<article/g)).toHaveLength(1)
  expect(showSheets({ ...written, text: '## ms-7 題\n\n教えるだけ。\n' }, { image })).toBe('')
})
