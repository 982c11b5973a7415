import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trialSeed } from '../../../src/authoring/tasks/check-draws.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import { drawInstance, drawTask, streamOf } from '../../../src/task/draw-task.ts'
import { gradeTask, notesOf } from '../../../src/task/grade-task.ts'
import { readEntries } from '../../../src/task/read-entries.ts'
import { tableBots } from '../../../src/task/table/bots.ts'
import type { TableBody } from '../../../src/task/table/family.ts'
import type { TableKey } from '../../../src/task/table/key.ts'
import type { TaskInstance } from '../../../src/task/task.ts'
import { compiledFamily } from '../../support/compiled.ts'

const family = compiledFamily(
  'table',
  readFileSync(new URL('../../support/member-list.ja.md', import.meta.url), 'utf8'),
) as TaskFamily<TableBody>
const draw = (trial: number, of: TaskFamily = family) =>
  drawTask(of, { locale: 'ja', seed: trialSeed(trial) }) as TaskInstance<TableKey>
const trial = fc.integer({ min: 0, max: 100_000 })
const bot = (name: string) => tableBots.find((one) => one.name === name) as (typeof tableBots)[number]
const play = (name: string, instance: TaskInstance<TableKey>) => bot(name).play(instance, streamOf(instance.seed, name))
const score = (instance: TaskInstance<TableKey>, entries: Readonly<Record<string, string>>) =>
  gradeTask(instance, entries).score

describe('a table', () => {
  it('is sealed with what is shown and what is right', async () => {
    const request = { locale: 'ja', seed: trialSeed(1) } as const
    const sealed = await drawInstance(family, request)
    expect(sealed).toEqual({ ...draw(1), hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await drawInstance(family, { ...request, seed: trialSeed(2) })).hash).not.toBe(sealed.hash)
  })

  it('the same seed gives the same table, another seed another one', () => {
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1).presented).not.toEqual(draw(2).presented)
  })

  it('somebody who does all of it right scores 1, somebody who does nothing 0, on every seed', () => {
    fc.assert(
      fc.property(trial, (seed) => {
        const instance = draw(seed)
        expect(score(instance, play('perfect', instance))).toBe(1)
        expect(score(instance, {})).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('what earns points does not move what is shown', () => {
    const other: TaskFamily<TableBody> = {
      ...family,
      body: { ...family.body, faults: family.body.faults.map((fault) => ({ ...fault, skill: 'dr-7', points: 9 })) },
    }
    fc.assert(
      fc.property(trial, (seed) => {
        expect(draw(seed, other).presented).toEqual(draw(seed).presented)
        expect(draw(seed, other).key).not.toEqual(draw(seed).key)
      }),
      { numRuns: 30 },
    )
  })

  it('one more right cell never lowers a score, one more damaged cell never raises it', () => {
    fc.assert(
      fc.property(trial, fc.integer({ min: 0, max: 500 }), (seed, pick) => {
        const instance = draw(seed)
        const right = Object.entries(play('perfect', instance))
        const some = Object.fromEntries(right.filter((_, i) => (i * 7 + pick) % 3 > 0))
        const [name, value] = right[pick % right.length] as [string, string]
        expect(score(instance, { ...some, [name]: value })).toBeGreaterThanOrEqual(score(instance, some))
        const good = instance.presented.fields.filter(
          (field) => !(field.name in instance.key.cells) && field.initial !== '',
        )
        const damaged = good[pick % good.length]?.name as string
        expect(score(instance, { ...some, [damaged]: 'x' })).toBeLessThanOrEqual(score(instance, some))
      }),
      { numRuns: 40 },
    )
  })

  it('every simulated candidate stays within the bounds that the kind sets', () => {
    const seeds = Array.from({ length: 40 }, (_, i) => draw(i))
    for (const { name, each, mean } of tableBots) {
      const scores = seeds.map((instance) => score(instance, play(name, instance)))
      const average = scores.reduce((sum, one) => sum + one, 0) / scores.length
      expect(Math.min(...scores), `${name}: the lowest`).toBeGreaterThanOrEqual(each?.least ?? 0)
      expect(Math.max(...scores), `${name}: the highest`).toBeLessThanOrEqual(each?.most ?? 1)
      expect(average, `${name}: the mean`).toBeLessThanOrEqual(mean?.most ?? 1)
    }
  })

  it('right answers to other papers earn next to nothing', () => {
    const instance = draw(500)
    const others = Array.from({ length: 10 }, (_, i) => play('perfect', draw(i)))
    expect(score(instance, Object.assign({}, ...others))).toBeLessThanOrEqual(0.05)
  })

  it('a pair that is named the wrong way round earns half', () => {
    const instance = draw(3)
    const pair = instance.key.pairs[0] as TableKey['pairs'][number]
    const credit = (entries: Readonly<Record<string, string>>) =>
      gradeTask(instance, entries).checkpoints.find(({ id }) => id === `duplicate:${pair.later}`)?.credit
    expect(credit({ [pair.later]: pair.earlierRow })).toBe(1)
    expect(credit({ [pair.later]: ` １${(pair.earlierRow).slice(1)}` })).toBe(1)
    expect(credit({ [pair.earlier]: pair.laterRow })).toBe(0.5)
    expect(gradeTask(instance, { [pair.earlier]: pair.laterRow }).losses).toEqual([])
  })

  it('a value that nobody can know is left alone and noted; guessing it costs more than any other damage', () => {
    const instance = draw(4)
    const [name, cell] = Object.entries(instance.key.cells).find(([, { as }]) => as === 'unknowable') as never as [
      string,
      { note: string },
    ]
    const guessed = gradeTask(instance, { [name]: '090-0123-4567', [cell.note]: '番号' })
    expect(guessed.losses).toEqual([{ reason: 'guessed', weight: 2, field: name }])
    const noted = gradeTask(instance, { [cell.note]: '電話番号の下4桁' })
    expect(noted.checkpoints.find(({ id }) => id.endsWith(`:${name}`))?.credit).toBe(1)
    expect(noted.losses).toEqual([])
  })

  it('three notes without need cost nothing, a fourth one half a point', () => {
    const instance = draw(5)
    const asked = new Set(
      Object.values(instance.key.cells).flatMap((cell) => (cell.as === 'unknowable' ? [cell.note] : [])),
    )
    const idle = instance.key.notes.filter((note) => !asked.has(note))
    const noting = (count: number) =>
      gradeTask(instance, Object.fromEntries(idle.slice(0, count).map((name) => [name, '?']))).losses
    expect(noting(3)).toEqual([])
    expect(noting(4)).toEqual([{ reason: 'idle-note', weight: 0.5, field: idle[3] }])
  })

  it('candidates are told counts by competency, and never where', () => {
    const instance = draw(6)
    const notes = notesOf(gradeTask(instance, play('perfect', instance)))
    expect(notes).toContainEqual({ group: 'duplicate', skill: 'dr-5', done: 4, of: 4 })
    expect(JSON.stringify(notes)).not.toMatch(/10\d\d/)
  })

  it('no number and no address of a table could be anybody’s', () => {
    fc.assert(
      fc.property(trial, (seed) => {
        for (const { initial } of draw(seed).presented.fields) {
          const phone = initial.normalize('NFKC').replace(/\D/g, '')
          if (/^0\d{9,10}$/.test(phone)) expect(phone).toMatch(/^0[36]0|^0[789]00/)
          if (initial.includes('@')) expect(initial).toMatch(/@example\.(jp|com|net|org)$/)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('entries that a page sends are read in one spelling', () => {
    const instance = draw(7)
    const [name] = Object.keys(instance.key.cells) as [string]
    const { fields } = instance.presented
    const initial = fields.find((field) => field.name === name)?.initial
    expect(readEntries(fields, { entries: { [name]: initial } })).toEqual({ ok: true, value: { entries: {} } })
    expect(readEntries(fields, { entries: { '9999.氏名': 'x' } }).ok).toBe(false)
  })
})

describe('a table of things', () => {
  const LISTS = `---
task: things
exam: office
kind: table
locale: ja
minutes: 18
rows: 30
status: draft
v: 1
---

# 品

## 依頼

依頼

## 規則

規則

### 列

| 列 | 中身 | 幅 | 入力 |
| --- | --- | --- | --- |
| 番号 | 連番 1 | 3 | 固定 |
| 品番 | 品番 A-/B-/C-/D-/E-000 | 6 | 自由 |
| 棚 | 名簿 東 / 西 | 6 | 自由 |
| 日 | 日付 2027-04-01〜2027-04-29 | 8 | 自由 |
| 重複 | 空 | 4 | 番号 |
| 確認 | 空 | 12 | 自由 |

### 誤り

| 誤り | 列 | 数 | 能力 | 点 |
| --- | --- | --- | --- | --- |
| 二重の申込み | 行 | 2 | dr-5 | 2 |
| 一覧にない値 | 棚 | 2 | dr-6 | 2 |
| 暦にない日付 | 日 | 2 | dr-6 | 2 |

### そのまま

| 値 | 列 | 数 |
| --- | --- | --- |
| 番号だけ同じ品番 | 品番 | 2 |
| 別の申込み | 棚 | 2 |

### ゆれ

| 値 | ゆれ |
| --- | --- |
| 棚 | 南 / 北 |
`
  const things = compiledFamily('table', LISTS) as TaskFamily<TableBody>
  const cellsOf = (instance: TaskInstance<TableKey>, column: string) =>
    new Map(
      instance.presented.fields
        .filter(({ name }) => name.endsWith(`.${column}`))
        .map(({ name, initial }) => [name.split('.')[0] as string, initial]),
    )

  it('no code stands twice, but in rows of one thing and of one that was put on two shelves', () => {
    fc.assert(
      fc.property(trial, (seed) => {
        const instance = draw(seed, things)
        const codes = cellsOf(instance, '品番')
        const shelves = cellsOf(instance, '棚')
        const byCode = Map.groupBy([...codes.keys()], (row) => codes.get(row) as string)
        const twice = [...byCode.values()].filter((rows) => rows.length > 1)
        expect(twice).toHaveLength(4)
        const pairs = instance.key.pairs.map(({ later, earlierRow }) => [earlierRow, later.split('.')[0]])
        for (const rows of twice)
          expect(shelves.get(rows[0] as string) === shelves.get(rows[1] as string)).toBe(
            pairs.some((pair) => pair.join() === rows.join()),
          )
      }),
      { numRuns: 30 },
    )
  })

  it('a spreadsheet loses the zeros before the digits of a code, and no other ones', () => {
    const fault = '| 先頭のゼロ落ち | 品番 | 4 | dr-2 | 1 |'
    const lossy = compiledFamily('table', LISTS.replace('| 二重の申込み |', `${fault}\n| 二重の申込み |`))
    for (let seed = 1; seed <= 30; seed++) {
      const instance = draw(seed, lossy)
      const codes = cellsOf(instance, '品番')
      const lost = Object.entries(instance.key.cells).filter(([, { group }]) => group === 'leading-zero')
      expect(lost).toHaveLength(4)
      for (const [name, cell] of lost) {
        const shown = codes.get(name.split('.')[0] as string) as string
        expect(cell.as === 'fault' && cell.right).toBe(`${shown.slice(0, 2)}${shown.slice(2).padStart(3, '0')}`)
      }
    }
  })

  it('two codes have the same digits behind other letters', () => {
    const digits = (seed: number) =>
      [...new Set(cellsOf(draw(seed, things), '品番').values())].map((code) => code.slice(2)).sort()
    for (const seed of [1, 2, 3]) expect(new Set(digits(seed)).size).toBeLessThanOrEqual(digits(seed).length - 2)
  })

  it('a value that is in no list is left alone and noted, and no row asks two things', () => {
    const instance = draw(1, things)
    const unlisted = Object.entries(instance.key.cells).filter(([, { group }]) => group === 'unlisted')
    expect(unlisted).toHaveLength(2)
    for (const [name, cell] of unlisted) {
      expect(cell.as).toBe('unknowable')
      expect(instance.presented.fields.find((field) => field.name === name)?.initial).toMatch(/^[南北]$/)
    }
    expect(new Set(Object.keys(instance.key.cells).map((name) => name.split('.')[0])).size).toBe(4)
  })
})
