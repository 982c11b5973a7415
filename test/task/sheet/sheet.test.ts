import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trialSeed } from '../../../src/authoring/tasks/check-draws.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import { drawTask, streamOf } from '../../../src/task/draw-task.ts'
import { gradeTask, notesOf } from '../../../src/task/grade-task.ts'
import { type Entries, type PresentedTask, spell } from '../../../src/task/present.ts'
import { readEntries } from '../../../src/task/read-entries.ts'
import { sheetBots } from '../../../src/task/sheet/bots.ts'
import type { SheetBody } from '../../../src/task/sheet/family.ts'
import { rightValues, type SheetKey } from '../../../src/task/sheet/key.ts'
import { shownText } from '../../../src/task/sheet/present.ts'
import type { TaskInstance } from '../../../src/task/task.ts'
import { compiledFamily } from '../../support/compiled.ts'

type SheetInstance = TaskInstance<SheetKey>
const family = compiledFamily(
  'sheet',
  readFileSync(new URL('../../support/sales-sheet.ja.md', import.meta.url), 'utf8'),
) as TaskFamily<SheetBody>
const draw = (trial: number, of: TaskFamily = family) =>
  drawTask(of, { locale: 'ja', seed: trialSeed(trial) }) as SheetInstance
const shown = ({ presented }: SheetInstance) => presented as PresentedTask<'sheet'>
const trial = fc.integer({ min: 0, max: 100_000 })
const play = (name: string, instance: SheetInstance): Entries =>
  (sheetBots.find((one) => one.name === name) as (typeof sheetBots)[number]).play(
    instance,
    streamOf(instance.seed, name),
  )
const score = (instance: SheetInstance, entries: Entries) => gradeTask(instance, entries).score
/** Credit of one question, from 1, for a formula that is made from its model. */
const credit = (instance: SheetInstance, number: number, write: (model: string) => string) => {
  const { field, model } = instance.key.questions[number - 1] as SheetKey['questions'][number]
  return gradeTask(instance, { [field]: write(model) }).checkpoints[number - 1]?.credit
}

describe('a sheet for formulas', () => {
  it('the same seed gives the same sheet, another seed another one', () => {
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1).presented).not.toEqual(draw(2).presented)
  })

  it('model formulas score 1 and an empty sheet 0, on every seed', () => {
    fc.assert(
      fc.property(trial, (seed) => {
        const instance = draw(seed)
        expect(score(instance, play('perfect', instance))).toBe(1)
        expect(score(instance, {})).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  it('neither models nor points move what is shown', () => {
    const other: TaskFamily<SheetBody> = {
      ...family,
      body: {
        ...family.body,
        questions: family.body.questions.map((question) => ({ ...question, formula: '=A5', skill: 'ss-9', points: 7 })),
        changes: family.body.changes.slice(0, 1),
      },
    }
    fc.assert(
      fc.property(trial, (seed) => {
        expect(draw(seed, other).presented).toEqual(draw(seed).presented)
        expect(draw(seed, other).key).not.toEqual(draw(seed).key)
      }),
      { numRuns: 20 },
    )
  })

  it('columns and the first row are drawn, and what is said of cells moves along', () => {
    const layouts = Array.from({ length: 12 }, (_, i) => draw(i))
    const heads = layouts.map((instance) => JSON.stringify(instance.key.texts))
    expect(new Set(heads).size).toBeGreaterThan(8)
    for (const instance of layouts) {
      const { cells, questions } = shown(instance).materials
      const [from, to] = (questions[0]?.range ?? '').split(':').map((address) => Number(address.slice(1))) as [
        number,
        number,
      ]
      const right = (questions[0]?.range.charCodeAt(0) ?? 0) - 'F'.charCodeAt(0)
      expect([0, 1, 2]).toContain(right)
      expect(to - from).toBe(23)
      expect(from).toBeGreaterThanOrEqual(5)
      expect(from).toBeLessThanOrEqual(8)
      expect(cells.B2).toBe(0.1)
      const [prices = '', codes = ''] = [13, 12].map((column) => String.fromCharCode(64 + column + right))
      expect(cells[`${codes}${from}`]).toBe('K-01')
      expect(instance.presented.briefHtml.replaceAll('<wbr>', '')).toContain(`表は${from}行目から${to}行目まで`)
      expect(instance.presented.rulesHtml.replaceAll('<wbr>', '')).toContain(
        `単価表（${codes}${from}:${prices}${from + 4}）`,
      )
    }
  })

  it('every simulated candidate stays within the bounds that the kind sets', () => {
    const seeds = Array.from({ length: 25 }, (_, i) => draw(i))
    for (const { name, each } of sheetBots) {
      const scores = seeds.map((instance) => score(instance, play(name, instance)))
      expect(Math.min(...scores), `${name}: the lowest`).toBeGreaterThanOrEqual(each?.least ?? 0)
      expect(Math.max(...scores), `${name}: the highest`).toBeLessThanOrEqual(each?.most ?? 1)
    }
  })

  it('right formulas of three other papers earn at most a tenth on average', () => {
    const instances = Array.from({ length: 30 }, (_, i) => draw(i + 400))
    const scores = instances.map((instance, i) => {
      const others = [1, 2, 3].map((k) => play('perfect', instances[(i + k) % 30] as SheetInstance))
      return Math.max(...others.map((entries) => score(instance, entries)))
    })
    expect(scores.reduce((sum, one) => sum + one, 0) / 30).toBeLessThanOrEqual(0.1)
  })

  it('a typed constant, a dropped dollar and a result without a reference earn nothing', () => {
    for (const instance of [draw(1), draw(2), draw(3)]) {
      expect(credit(instance, 1, (model) => model.replaceAll('$', ''))).toBe(0)
      expect(credit(instance, 4, (model) => model.replace('$B$2', '0.1'))).toBe(0)
      expect(
        credit(instance, 5, () =>
          String(rightValues(instance.key.sheets[0] as never, instance.key.questions[4]?.range ?? '')[0]),
        ),
      ).toBe(0)
      expect(credit(instance, 5, () => '=10+20')).toBe(0)
    }
  })

  it('the boundary on the wrong side and another rounding earn half at most', () => {
    for (const instance of [draw(1), draw(2), draw(3)]) {
      const flipped = credit(instance, 3, (model) =>
        model.includes('>=') ? model.replace('>=', '>') : model.replace('>', '>='),
      )
      expect(flipped).toBeLessThanOrEqual(0.5)
      expect(credit(instance, 4, (model) => model.replace(/ROUND(DOWN)?/, 'ROUNDUP'))).toBeLessThanOrEqual(0.5)
      expect(credit(instance, 1, (model) => model.replace('FALSE', 'TRUE'))).toBeLessThanOrEqual(0.5)
    }
  })

  it('a mistake costs once: a question that reads another one finds what is right there', () => {
    const instance = draw(6)
    const right = play('perfect', instance)
    const { checkpoints } = gradeTask(instance, { ...right, q1: '=1' })
    expect(checkpoints.map(({ credit }) => credit)).toEqual([0, 1, 1, 1, 1, 1, 1, 1])
  })

  it('one more right formula never lowers a score, one that is spoiled never raises it', () => {
    fc.assert(
      fc.property(trial, fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 7 }), (seed, chosen, one) => {
        const instance = draw(seed)
        const all = Object.entries(play('perfect', instance))
        const some = Object.fromEntries(all.filter((_, i) => chosen & (1 << i)))
        const [name, model] = all[one] as [string, string]
        expect(score(instance, { ...some, [name]: model })).toBeGreaterThanOrEqual(score(instance, some))
        expect(score(instance, { ...some, [name]: '=1/0' })).toBeLessThanOrEqual(score(instance, some))
      }),
      { numRuns: 15 },
    )
  })

  it('hostile formulas earn nothing and are given up at once', () => {
    const instance = draw(9)
    const range = instance.key.questions[0]?.range ?? ''
    const hostile = [
      `=${'('.repeat(290)}A1${')'.repeat(290)}`,
      `=${'('.repeat(10_000)}`,
      `=SUM(${range})`,
      '=SUMPRODUCT((A:F>1)*1)',
      '=REPT("x",32767)&REPT("x",32767)',
      '=SUMPRODUCT((A1:Z99=TRANSPOSE(A1:Z99))*1)',
      `=${'-'.repeat(500)}A1`,
      '=COUNTIF(A1:Z999,"*a*b*c*d*e*f*")+SUMPRODUCT(LEN(A1:Z99))',
    ]
    for (const formula of hostile) {
      const entries = Object.fromEntries(instance.key.questions.map(({ field }) => [field, formula]))
      expect(score(instance, entries), formula.slice(0, 40)).toBe(0)
    }
  })

  it('fields take one line of 600 characters, in one spelling', () => {
    const { fields } = draw(7).presented
    expect(readEntries(fields, { entries: { q1: '＝ＳＵＭ（Ａ１）' } }).ok).toBe(true)
    expect(readEntries(fields, { entries: { q1: `=${'('.repeat(10_000)}` } }).ok).toBe(false)
    expect(readEntries(fields, { entries: { q9: '=A1' } }).ok).toBe(false)
    expect(spell('=A1')).toBe('=A1')
  })

  it('candidates are told counts by competency', () => {
    const instance = draw(8)
    expect(notesOf(gradeTask(instance, play('perfect', instance)))).toContainEqual({
      group: 'ss-3',
      skill: 'ss-3',
      done: 3,
      of: 3,
    })
  })
})

describe('a value on a sheet', () => {
  it.each([
    [1234567.5, undefined, '1,234,567.5'],
    [1 / 3, undefined, '0.33333333333'],
    [0.1 + 0.2, undefined, '0.3'],
    [-1200, undefined, '-1,200'],
    [46327, 'date', '2026/11/01'],
    [0.375, 'time', '9:00'],
    [1.5, 'time', '36:00'],
    [0.083, 'percent', '8.3%'],
    [0.1, 'percent', '10%'],
    ['K-01', undefined, 'K-01'],
    [{ error: '#N/A' }, undefined, '#N/A'],
    [null, undefined, ''],
  ] as const)('%j as %s is shown as %s', (value, format, text) => {
    expect(shownText(value, format)).toBe(text)
  })
})
