import { beforeAll, describe, expect, it } from 'vitest'
import { bankMd, examMd } from '../support/bank-fixture.ts'
import { copiedHouse } from './copied-house.ts'

// A copy of the house to which a type of item and a kind of task are added. The type is a module in each of three rooms (in
// web/candidate a control and its island), the kind a folder in each of two and a module in a third; both a line for each in
// the lists of these rooms, and their sentences. Nothing else of the copy is changed. The compiler looks at both at once.

const TYPE_MODULES = {
  'item/types/toy.ts': 'toy-type/item.ts',
  'authoring/types/toy.ts': 'toy-type/authoring.ts',
  'web/candidate/types/toy.tsx': 'toy-type/control.tsx',
  'web/candidate/types/toy-island.ts': 'toy-type/island.ts',
}
const TYPE_LISTS = {
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

const KIND_MODULES = {
  'task/toy/present.ts': 'toy-kind/present.ts',
  'task/toy/toy.ts': 'toy-kind/task.ts',
  'authoring/tasks/toy.ts': 'toy-kind/authoring.ts',
  'web/candidate/tasks/toy/toy-work.tsx': 'toy-kind/work.tsx',
}
/** What is put behind what in the lists that name every kind. */
const KIND_LISTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'item/family.ts': [["| 'claims'", "| 'toy'"]],
  'task/present.ts': [
    [
      "import type { CompiledHtml } from '../item/markup/compiled-html.ts'\n",
      "import type { ToyMaterials } from './toy/present.ts'\n",
    ],
    ['  readonly claims: ClaimsMaterials\n', '  readonly toy: ToyMaterials\n'],
  ],
  'task/task-kinds.ts': [
    ["import { table } from './table/table.ts'\n", "import { toy } from './toy/toy.ts'\n"],
    ['table, sheet, draft, inbox, claims', ', toy'],
  ],
  'authoring/tasks/words.data.ts': [
    ["  claims: { ja: '確かめ', en: 'claims' },\n", "  toy: { ja: '足し算', en: 'sum' },\n"],
  ],
  'authoring/tasks/written-kinds.ts': [
    ["import { writtenTable } from './table.ts'\n", "import { writtenToy } from './toy.ts'\n"],
    ['  claims: writtenClaims,\n', '  toy: writtenToy,\n'],
  ],
  'web/candidate/tasks/task-controls.ts': [
    ["import { tableWork } from './table/table-work.tsx'\n", "import { toyWork } from './toy/toy-work.tsx'\n"],
    ['  claims: claimsWork,\n', '  toy: toyWork,\n'],
  ],
}
const FIRST = ['item/family.ts', 'task/present.ts', 'task/task-kinds.ts']

const FAMILY = `---
task: toy-sum
exam: office
kind: 足し算
locale: ja
minutes: 5
status: 下書き
v: 1
---

# 数を足す

## 依頼

足してください。

## 規則

- 半角で書く。

## 資料

{{一つ目}} と {{二つ目}}

### くじ

| 名前 | 候補 |
| --- | --- |
| 一つ目 | 整数 100〜199 |
| 二つ目 | 整数 200〜299 |
`

const house = copiedHouse()
/** Files with errors while only the rooms `item` and `task` know what is new. */
let missed: string[]
let errorsOfWhole: string[]

/** Puts the type into a list, behind the essay. */
async function addTypeTo(path: keyof typeof TYPE_LISTS): Promise<void> {
  const written = await house.read(`src/${path}`)
  const last = written.lastIndexOf('essay')
  const end = last + written.slice(last).search(/,?\s*\}/)
  const listed = `${written.slice(0, end)}, toy${written.slice(end)}`
  await house.write(`src/${path}`, `import { toy } from '${TYPE_LISTS[path]}'\n${listed}`)
}

async function addKindTo(path: string): Promise<void> {
  for (const [before, added] of KIND_LISTS[path] ?? []) await house.change(path, before, `${before}${added}`)
}

beforeAll(async () => {
  const modules = Object.entries({ ...TYPE_MODULES, ...KIND_MODULES })
  const isFirst = (path: string) => /^(item|task)\//.test(path)
  for (const [path, from] of modules) if (isFirst(path)) await house.addModule(path, from)
  await addTypeTo('item/item-types.ts')
  for (const path of FIRST) await addKindTo(path)
  missed = [...new Set((await house.compilerErrors()).map((line) => line.split('(')[0] ?? ''))]

  for (const [path, from] of modules) if (!isFirst(path)) await house.addModule(path, from)
  for (const path of Object.keys(TYPE_LISTS) as (keyof typeof TYPE_LISTS)[])
    if (path !== 'item/item-types.ts') await addTypeTo(path)
  for (const path of Object.keys(KIND_LISTS)) if (!FIRST.includes(path)) await addKindTo(path)
  await house.addSentences({
    bank: { 'item.toy': 'めもり' },
    attempt: { 'question.toy': 'いくつですか' },
    findings: { 'finding.toyNarrow': 'めもりが狭すぎます', 'finding.toyMissing': 'めもりがありません' },
    exchange: { 'exchange.toyBecameNumber': 'めもりは数値になります' },
    practical: { 'toy.sum': '足すと', 'practice.type.toy': 'めもり' },
    staff: { 'staff.kind.toy': '実技：足し算' },
    task: { 'note.toy.sum': '和：{of}か所のうち{done}か所で合っていました' },
  })
  errorsOfWhole = await house.compilerErrors()
})

it('a new type of item and a new kind of task are whole with their modules, their lines in lists, and their texts', () => {
  expect(errorsOfWhole).toEqual([])
})

it('a new type of item and a new kind of task keep to the rules of imports', async () => {
  const changed = [TYPE_MODULES, TYPE_LISTS, KIND_MODULES, KIND_LISTS].flatMap(Object.keys)
  expect(await house.importRules(changed)).toContain('no dependency violations found')
})

describe('a new type of item', () => {
  it('that the item room alone knows is missed by the lists of the other rooms, as the compiler says', () => {
    // the last two call the type by its name, which is a sentence
    const missing = [
      'authoring/written-types.ts',
      'web/candidate/control-types.ts',
      'web/staff/bank/item-page.tsx',
      'web/staff/bank/items-page.tsx',
    ]
    expect(missed).toEqual(expect.arrayContaining(missing.map((path) => `src/${path}`)))
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
    expect(walked.losses).toEqual({ csv: ['whole'], gift: ['changed'], moodle: ['changed'], qti: ['changed'] })
  })
})

describe('a new kind of task', () => {
  it('that the task room alone knows is missed by the lists of the other rooms, as the compiler says', () => {
    // the last two call the kind by its name, which is a sentence
    const missing = [
      ...Object.keys(KIND_LISTS).filter((path) => !FIRST.includes(path)),
      'web/staff/leaks-page.tsx',
      'web/staff/attempts/tasks-page.tsx',
    ]
    expect(missed).toEqual(expect.arrayContaining(missing.map((path) => `src/${path}`)))
  })

  it('goes from Markdown to instance, page, response, grade, note and gates', async () => {
    const walked = await house.walk('toy-kind/walk.ts', FAMILY)
    expect(walked).toMatchObject({
      findings: [],
      kind: 'toy',
      keyIsShown: false,
      score: 1,
      untouched: 0,
      explained: [{ label: 'sum', entered: walked.sum, right: [walked.sum] }],
      notes: ['和：1か所のうち1か所で合っていました'],
      holds: [true, true],
    })
    expect(walked.page).toContain(`name="t1.sum" value="${walked.sum}"`)
    expect(walked.page).toContain('足すと')
  })
})
