import { describe, expect, it } from 'vitest'
import { copiedHouse } from './copied-house.ts'

// A copy of the house to which a kind of task is added: a folder in each of two rooms and a module in a third, a line for each
// in the lists of these rooms, its name, and its sentences. Nothing else of the copy is changed.

const house = copiedHouse()
const MODULES = {
  'task/toy/present.ts': 'toy-kind/present.ts',
  'task/toy/toy.ts': 'toy-kind/task.ts',
  'authoring/tasks/toy.ts': 'toy-kind/authoring.ts',
  'web/candidate/tasks/toy/toy-work.tsx': 'toy-kind/work.tsx',
}
/** What is put behind what in the lists that name every kind. */
const LISTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
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

async function addTo(path: string): Promise<void> {
  for (const [before, added] of LISTS[path] ?? []) await house.change(path, before, `${before}${added}`)
}

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

describe('a new kind of task', () => {
  it('that the task room alone knows is missed by the lists of the other rooms, as the compiler says', async () => {
    for (const path of ['task/toy/present.ts', 'task/toy/toy.ts'] as const) await house.addModule(path, MODULES[path])
    for (const path of FIRST) await addTo(path)
    const files = (await house.compilerErrors()).map((line) => line.split('(')[0])
    // the last two call the kind by its name, which is a sentence
    const missing = [
      ...Object.keys(LISTS).filter((path) => !FIRST.includes(path)),
      'web/staff/leaks-page.tsx',
      'web/staff/tasks-page.tsx',
    ]
    expect([...new Set(files)].sort()).toEqual(missing.map((path) => `src/${path}`).sort())
  })

  it('is whole with its modules in three rooms, its lines in their lists, and its texts', async () => {
    for (const [path, from] of Object.entries(MODULES)) await house.addModule(path, from)
    for (const path of Object.keys(LISTS)) if (!FIRST.includes(path)) await addTo(path)
    await house.addSentences({
      practical: { 'toy.sum': '足すと' },
      staff: { 'staff.kind.toy': '実技：足し算' },
      task: { 'note.toy.sum': '和：{of}か所のうち{done}か所で合っていました' },
    })
    expect(await house.compilerErrors()).toEqual([])
  })

  it('keeps to the rules of imports', async () => {
    expect(await house.importRules([...Object.keys(MODULES), ...Object.keys(LISTS)])).toContain(
      'no dependency violations found',
    )
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
