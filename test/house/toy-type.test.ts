import { describe, expect, it } from 'vitest'
import { bankMd, examMd } from '../support/bank-fixture.ts'
import { copiedHouse } from './copied-house.ts'

// A copy of the house to which a type of item is added: a module in each of three rooms (in web/candidate a control and its
// island), a line for each in the lists of these rooms, and its sentences. Nothing else of the copy is changed.

const MODULES = {
  'item/types/toy.ts': 'item.ts',
  'authoring/types/toy.ts': 'authoring.ts',
  'web/candidate/types/toy.tsx': 'control.tsx',
  'web/candidate/types/toy-island.ts': 'island.ts',
}
const LISTS = {
  'item/item-types.ts': './types/toy.ts',
  'authoring/written-types.ts': './types/toy.ts',
  'web/candidate/control-types.ts': './types/toy.tsx',
  'web/candidate/island-types.ts': './types/toy-island.ts',
}

const ITEM =
  '\n## office-001 めもり\n\n`めもり` `2点`\n\n棚に箱はいくつありますか。めもりで答えなさい。\n\n### 正解\n\n7 of 0-10\n\n### 解説\n\n数えました。\n'
const FILES = [
  { path: 'exam.md', content: examMd() },
  { path: 'office.ja.md', content: bankMd(ITEM) },
]

const house = copiedHouse()

const addModule = (path: keyof typeof MODULES) => house.addModule(path, `toy-type/${MODULES[path]}`)

/** Puts the type into a list, behind the essay. */
async function addToList(path: keyof typeof LISTS): Promise<void> {
  const written = await house.read(`src/${path}`)
  const last = written.lastIndexOf('essay')
  const end = last + written.slice(last).search(/,?\s*\}/)
  const listed = `${written.slice(0, end)}, toy${written.slice(end)}`
  await house.write(`src/${path}`, `import { toy } from '${LISTS[path]}'\n${listed}`)
}

describe('a new type of item', () => {
  it('that the item room alone knows is missed by the lists of the other rooms, as the compiler says', async () => {
    await addModule('item/types/toy.ts')
    await addToList('item/item-types.ts')
    const files = (await house.compilerErrors()).map((line) => line.split('(')[0])
    // the last two call the type by its name, which is a sentence
    const missing = [
      'authoring/written-types.ts',
      'web/candidate/control-types.ts',
      'web/staff/bank/item-page.tsx',
      'web/staff/bank/items-page.tsx',
    ]
    expect(files).toEqual(expect.arrayContaining(missing.map((path) => `src/${path}`)))
  })

  it('is whole with a module in each of three rooms, its lines in their lists, and its texts', async () => {
    for (const path of Object.keys(MODULES) as (keyof typeof MODULES)[]) await addModule(path)
    for (const path of Object.keys(LISTS) as (keyof typeof LISTS)[])
      if (path !== 'item/item-types.ts') await addToList(path)
    await house.addSentences({
      bank: { 'item.toy': 'めもり' },
      attempt: { 'question.toy': 'いくつですか' },
      findings: { 'finding.toyNarrow': 'めもりが狭すぎます', 'finding.toyMissing': 'めもりがありません' },
      exchange: { 'exchange.toyBecameNumber': 'めもりは数値になります' },
    })
    expect(await house.compilerErrors()).toEqual([])
  })

  it('keeps to the rules of imports', async () => {
    const changed = [...Object.keys(MODULES), ...Object.keys(LISTS)]
    expect(await house.importRules(changed)).toContain('no dependency violations found')
  })

  it('goes from Markdown to bank, paper, page, response, score and report', async () => {
    const walked = await house.walk('toy-type/walk.ts', FILES)

    expect(walked).toMatchObject({
      handedIn: true,
      issues: [],
      stem: { type: 'toy', from: 0, to: 10 },
      key: { type: 'toy', mark: 7 },
      errorsOfDraft: [],
    })
    expect(walked.printed).toBe(bankMd(ITEM))
    expect(walked.facts).toEqual(expect.arrayContaining(['type: toy', 'layout: 0–10', 'key: mark 7']))

    expect(walked.shown).toMatchObject({ ref: 'q1', type: 'toy', from: 0, to: 10 })
    expect(JSON.stringify(walked.shown)).not.toContain('7')
    expect(walked.page).toContain('<input type="range" name="q1" min="0" max="10" value="6"/>')
    expect(walked.page).toContain('いくつですか')
    expect(walked.posted).toEqual({ saves: [{ item: 'q1', revision: 1, response: { mark: '6' } }], problems: {} })
    expect(walked.sent).toMatchObject({ item: { type: 'toy', from: 0, to: 10 }, response: { mark: '6' } })
    expect(walked.refused).toEqual({ ok: false, problem: 'expected {mark: a whole number}' })
    expect(walked.island).toEqual([{ mark: '6' }, true])

    expect(walked.fromBank).toEqual({ mark: '7' })
    expect(walked.credit).toEqual([0.75])
    expect(walked.report).toEqual({ passed: true, score: 75, passScore: 70 })
    expect(walked.picks).toEqual(['6'])
    expect(walked.broughtBack).toEqual([{ form: 'scale', from: 0, to: 10, mark: 7 }])
    expect(walked.losses).toEqual({ csv: ['whole'], gift: ['changed'], moodle: ['whole'], qti: ['changed'] })
  })
})
