import type { Bank, BlueprintSection } from '../../src/item/bank.ts'
import type { Item, Key, Stem } from '../../src/item/item.ts'
import type { Choice } from '../../src/item/types/item-type.ts'
import { compiled } from './compiled.ts'

export const choice = (text: string): Choice => ({ html: compiled(text), text })
const choices = (n: number) => Array.from({ length: n }, (_, i) => choice(`choice ${i}`))

/** One stem and key of each type. */
export const samples: readonly { readonly stem: Stem; readonly key: Key }[] = [
  {
    stem: { type: 'single', html: compiled('s'), choices: choices(4), fixedOrder: false },
    key: { type: 'single', choice: 1 },
  },
  {
    stem: { type: 'multiple', html: compiled('m'), choices: choices(5), fixedOrder: false },
    key: { type: 'multiple', choices: [0, 3], partial: true },
  },
  {
    stem: { type: 'true-false', html: compiled('t'), choices: choices(2), fixedOrder: true },
    key: { type: 'true-false', choice: 0 },
  },
  { stem: { type: 'numeric', html: compiled('n') }, key: { type: 'numeric', value: 12, tolerance: 0, unit: '' } },
  { stem: { type: 'short', html: compiled('h') }, key: { type: 'short', accepted: ['answer'] } },
  {
    stem: { type: 'cloze', html: compiled('c'), blanks: [{ ref: '1' }, { ref: '2', choices: choices(3) }] },
    key: { type: 'cloze', blanks: { '1': { accepted: ['x'] }, '2': { choice: 2 } } },
  },
  { stem: { type: 'order', html: compiled('o'), choices: choices(4) }, key: { type: 'order', order: [2, 0, 3, 1] } },
  {
    stem: { type: 'match', html: compiled('p'), left: choices(3), right: choices(4) },
    key: { type: 'match', pairs: [3, 0, 1] },
  },
]

/** An item of topic `topic`; type, difficulty and skill follow from its number. */
export function sampleItem(topic: string, number: number, change: Partial<Item> = {}): Item {
  const { stem, key } = samples[number % samples.length] as (typeof samples)[number]
  return {
    id: `${topic}-${String(number).padStart(3, '0')}`,
    topic,
    version: 1,
    type: stem.type,
    status: 'live',
    points: 1,
    difficulty: ((number % 5) + 1) as Item['difficulty'],
    skill: `${topic}-skill-${number % 6}`,
    enemies: [],
    wordings: { ja: { stem, secret: { key, rationale: '', references: [], notes: '' } } },
    hash: `hash-${topic}-${number}`,
    ...change,
  }
}

export const section = (topic: string, draw: number, change: Partial<BlueprintSection> = {}): BlueprintSection => ({
  topic,
  title: { ja: topic },
  draw,
  quotas: [],
  minPool: 2,
  ...change,
})

export function sampleBank(
  change: { sections?: readonly BlueprintSection[]; items?: readonly Item[]; exam?: Partial<Bank['exam']> } = {},
): Bank {
  const sections = change.sections ?? [section('a', 4), section('b', 4)]
  return {
    exam: {
      id: 'sample',
      title: { ja: '見本検定' },
      level: 3,
      version: 1,
      locales: ['ja'],
      timeLimitSeconds: 2_700,
      passScore: 70,
      validFor: { years: 2, months: 0, days: 0 },
      retake: { wait: { years: 0, months: 0, days: 14 }, perYear: 4 },
      sections,
      skills: [],
      rulesHtml: { ja: compiled('') },
      ...change.exam,
    },
    items: change.items ?? sections.flatMap(({ topic }) => Array.from({ length: 24 }, (_, i) => sampleItem(topic, i))),
    hash: 'b'.repeat(64),
  }
}
