import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bank } from '../../../src/item/bank.ts'
import { readableHtml } from '../../../src/item/markup/html-text.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'
import { MOST_PAGE_BYTES, MOST_STYLE_BYTES, pageWeight, styleWeight } from '../../support/page-weight.ts'
import { shippedExam } from '../../support/shipped-bank.ts'

let w: FixedWorld
let bank: Bank
beforeAll(async () => {
  bank = await shippedExam('business-admin')
  w = await fixedWorld({ bank })
})
afterAll(() => w.close())

const HERE = '/exams/business-admin'
const ask = (path: string, lang = 'ja') =>
  w.app.request(`https://kentei.example${HERE}${path}`, { headers: { accept: 'text/html', cookie: `lang=${lang}` } })
const read = async (path: string, lang?: string) => (await ask(path, lang)).text()
const plain = (html: string) => html.replaceAll('<wbr>', '')

describe('study sheets', () => {
  it.each(['ja', 'en'] as const)('are listed by area for everybody, each with its address: %s', async (lang) => {
    const text = await read('/sheets', lang)
    const links = [...text.matchAll(/href="\/exams\/business-admin\/sheets\/([^"]+)">([^<]+)</g)]
    expect(links.map(([, skill, title]) => [skill, title])).toEqual(
      bank.studySheets?.map(({ skill, wordings }) => [skill, wordings[lang]?.title.replaceAll("'", '&#39;')]),
    )
    expect([...text.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id)).toEqual(
      bank.exam.sections.map(({ topic }) => topic),
    )
  })

  it('say all that was published, in the language of the reader, with the answer folded and no script', async () => {
    const sheet = bank.studySheets?.find(({ skill }) => skill === 'bc-5')
    for (const lang of ['ja', 'en'] as const) {
      const text = await read('/sheets/bc-5', lang)
      for (const html of Object.values(sheet?.wordings[lang]?.html ?? {})) expect(plain(text)).toContain(plain(html))
      const [fold] = /<details>.*?<\/details>/s.exec(text) ?? ['']
      expect(fold).toContain(sheet?.wordings[lang]?.html.answer)
      expect(text).toContain(`<html lang="${lang}"`)
      expect(text).not.toMatch(/<script|<details[^>]* open|undefined|\[object/)
    }
  })

  it('lead back to the exam and its list, to the one before, the one after, and to practice', async () => {
    const text = await read('/sheets/br-1')
    const skills = bank.studySheets?.map(({ skill }) => skill) ?? []
    const at = skills.indexOf('br-1')
    expect(text).toMatch(/rel="prev"/)
    for (const path of ['', '/sheets', '/practice', `/sheets/${skills[at - 1]}`, `/sheets/${skills[at + 1]}`])
      expect(text).toContain(`href="${HERE}${path}"`)
    expect(await read(`/sheets/${skills[0]}`)).not.toContain('rel="prev"')
    expect(await read(`/sheets/${skills.at(-1)}`)).not.toContain('rel="next"')
  })

  it('are not found where there is none', async () => {
    for (const path of ['/sheets/none', '/sheets/bc-5%27', '/sheets/BC-5']) expect((await ask(path)).status).toBe(404)
    const without = await fixedWorld()
    const at = (path: string) => without.app.request(`https://kentei.example${path}`)
    expect((await at('/exams/tiny/sheets')).status).toBe(404)
    expect(await (await at('/exams/tiny')).text()).not.toContain('/sheets')
    await without.close()
  })

  it('are reached from the page of the exam and from practice', async () => {
    expect(await read('')).toContain(`href="${HERE}/sheets"`)
    expect(await read('/practice')).toContain(`href="${HERE}/sheets"`)
  })

  it('weigh no more than a page for everybody may, with one sheet of styles, and may be kept', async () => {
    const heaviest = bank.studySheets?.toSorted(
      (a, b) =>
        readableHtml(b.wordings.ja?.html.example ?? ('' as never)).length -
        readableHtml(a.wordings.ja?.html.example ?? ('' as never)).length,
    )[0]?.skill
    for (const path of ['/sheets', `/sheets/${heaviest}`]) {
      const get = async (asked: string) =>
        asked === path ? ask(path) : w.app.request(`https://kentei.example${asked}`)
      const { sheets, bytes } = await styleWeight(get, path)
      expect([path, sheets.length, bytes <= MOST_STYLE_BYTES]).toEqual([path, 1, true])
      expect(await pageWeight(get, path)).toBeLessThanOrEqual(MOST_PAGE_BYTES)
    }
    const { headers } = await ask('/sheets')
    expect([headers.get('cache-control'), headers.get('vary')]).toEqual([
      'private, no-cache',
      expect.stringContaining('Cookie'),
    ])
  })
})
