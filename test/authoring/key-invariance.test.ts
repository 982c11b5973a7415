import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerSource, BankSource, ItemSource } from '../../src/authoring/bank-source.ts'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { parseBank } from '../../src/authoring/parse-bank.ts'
import { printBank } from '../../src/authoring/print-bank.ts'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import { presentForm } from '../../src/form/present-form.ts'
import type { Bank } from '../../src/item/bank.ts'
import { bankMd, examMd, NOW } from '../support/bank-fixture.ts'
import { itemsArbitrary } from './arbitrary-items.ts'

/** Another key for the same public text; `turn` picks which. */
function anotherKey(answer: AnswerSource, turn: number, type: string): AnswerSource {
  switch (answer.form) {
    case 'options': {
      const right = turn % answer.options.length
      return {
        form: 'options',
        options: answer.options.map(({ text }, i) => ({
          text,
          correct: type === 'multiple' ? ((turn + 1) >> i) % 2 === 1 || i === right : i === right,
        })),
      }
    }
    case 'rows':
      return { form: 'rows', rows: rotated(answer.rows, turn) }
    case 'table': {
      const rights = rotated(
        answer.rows.map(([, right]) => right),
        turn,
      )
      return { ...answer, rows: answer.rows.map(([left], i) => [left, rights[i] as string] as const) }
    }
    case 'numeric':
      return { ...answer, value: Number(answer.value) + turn + 1, tolerance: turn, unit: '個' }
    case 'accepted':
      return { form: 'accepted', accepted: [`別解${turn}`] }
    case 'blanks':
      return answer
    case 'essay':
      return {
        ...answer,
        model: `別解${turn}`,
        criteria: answer.criteria.map((criterion) => ({ ...criterion, points: criterion.points + turn })),
      }
  }
}

const rotated = <T>(list: readonly T[], by: number): T[] => list.map((_, i) => list[(i + by) % list.length] as T)

/** Another answer for every blank: free ones get new text, picks another choice of the stem. */
function anotherBlanks(item: ItemSource, turn: number): ItemSource {
  if (item.answer.form !== 'blanks') return item
  const choices = new Map(
    [...item.stem.matchAll(/\[\[(\d+): ([^\]]*)\]\]/g)].map((match) => [
      match[1] as string,
      (match[2] as string).split(' | '),
    ]),
  )
  return {
    ...item,
    answer: {
      form: 'blanks',
      blanks: item.answer.blanks.map(({ ref }) => ({
        ref,
        accepted: [rotated(choices.get(ref) ?? [`別解${turn}`], turn)[0] as string],
      })),
    },
  }
}

const withOtherSecrets = (item: ItemSource, turn: number): ItemSource =>
  anotherBlanks(
    {
      ...item,
      title: `別の題名${turn}`,
      rationale: `別の解説${turn}`,
      references: [`別の出典${turn}`],
      notes: `別のメモ${turn}`,
      answer: anotherKey(item.answer, turn, item.pills.type),
    },
    turn,
  )

function compile(items: readonly ItemSource[], draw: number): { bank: Bank; text: string } {
  const source: BankSource = { ...(parseBank({ path: 'office.ja.md', content: bankMd('') }).bank as BankSource), items }
  const text = printBank(source)
  const {
    exam,
    items: compiled,
    diagnostics,
  } = compileExam(
    [
      { path: 'exam.md', content: examMd({ blueprint: `{ office: { draw: ${draw} } }` }) },
      { path: 'office.ja.md', content: text },
    ],
    { now: NOW, lint: false },
  )
  if (!exam || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics))
  return { bank: { exam, items: compiled.map(({ item }) => item as NonNullable<typeof item>), hash: 'any' }, text }
}

/** Everything a candidate could receive: the stems, and whole papers for several seeds. */
function candidatePayload(bank: Bank): string {
  const papers = ['0', '7', 'f'].map((digit) =>
    presentForm(assembleForm(bank, { locale: 'ja', seed: digit.repeat(32), exposure: NO_EXPOSURE }), bank),
  )
  return JSON.stringify([bank.items.map((item) => item.wordings.ja?.stem), papers])
}

// essays stand on no paper
const liveItems = itemsArbitrary
  .map((items) => items.filter(({ pills }) => pills.type !== 'essay'))
  .filter((items) => items.length > 0)
  .map((items) => items.map((item): ItemSource => ({ ...item, pills: { ...item.pills, status: 'live', enemies: [] } })))

describe('what candidates receive', () => {
  it('stays the same to the byte whatever key or secret text changes', () => {
    fc.assert(
      fc.property(liveItems, fc.nat({ max: 60 }), (items, turn) => {
        const before = compile(items, items.length)
        const after = compile(
          items.map((item) => withOtherSecrets(item, turn)),
          items.length,
        )
        expect(after.text).not.toBe(before.text)
        expect(candidatePayload(after.bank)).toBe(candidatePayload(before.bank))
      }),
      { numRuns: 300 },
    )
  })

  it('holds no secret text, no hash and no author id', () => {
    fc.assert(
      fc.property(liveItems, (items) => {
        const marked = items.map(
          (item): ItemSource => ({
            ...item,
            title: 'SECRET題',
            rationale: 'SECRET解説',
            references: ['SECRET出典'],
            notes: 'SECRETメモ',
          }),
        )
        const { bank } = compile(marked, marked.length)
        const papers = JSON.stringify(
          presentForm(assembleForm(bank, { locale: 'ja', seed: '1'.repeat(32), exposure: NO_EXPOSURE }), bank),
        )
        expect(papers).not.toContain('SECRET')
        expect(papers).not.toMatch(/office-\d|[0-9a-f]{64}/)
      }),
      { numRuns: 50 },
    )
  })
})
