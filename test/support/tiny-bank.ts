import { bankHash, itemHash, sha256 } from '../../src/authoring/content-hash.ts'
import type { Bank, ExamDefinition } from '../../src/item/bank.ts'
import type { Item, Key, Stem } from '../../src/item/item.ts'
import type { Choice } from '../../src/item/types/item-type.ts'
import { compiled } from './compiled.ts'

const choice = (text: string): Choice => ({ html: compiled(text), text })
const choices = (of: string, n: number) => Array.from({ length: n }, (_, i) => choice(`${of} choice ${i}`))

/** One stem and key of each type; `id` makes every stem unlike the others, so that an item is known by what is shown of it. */
const specimens: readonly ((id: string) => { stem: Stem; key: Key })[] = [
  (id) => ({
    stem: { type: 'single', html: compiled(`<p>${id}</p>`), choices: choices(id, 4), fixedOrder: false },
    key: { type: 'single', choice: 1 },
  }),
  (id) => ({
    stem: { type: 'multiple', html: compiled(`<p>${id}</p>`), choices: choices(id, 5), fixedOrder: false },
    key: { type: 'multiple', choices: [0, 3], partial: true },
  }),
  (id) => ({
    stem: { type: 'true-false', html: compiled(`<p>${id}</p>`), choices: choices(id, 2), fixedOrder: true },
    key: { type: 'true-false', choice: 0 },
  }),
  (id) => ({
    stem: { type: 'numeric', html: compiled(`<p>${id}</p>`) },
    key: { type: 'numeric', value: 13_200, tolerance: 0, unit: '円' },
  }),
  (id) => ({
    stem: { type: 'short', html: compiled(`<p>${id}</p>`) },
    key: { type: 'short', accepted: ['御中', 'onchu'] },
  }),
  (id) => ({
    stem: {
      type: 'cloze',
      html: compiled(
        `<p>${id}<span class="blank" data-blank="1"></span><span class="blank" data-blank="2"></span></p>`,
      ),
      blanks: [{ ref: '1' }, { ref: '2', choices: choices(id, 3) }],
    },
    key: { type: 'cloze', blanks: { '1': { accepted: ['x'] }, '2': { choice: 2 } } },
  }),
  (id) => ({
    stem: { type: 'order', html: compiled(`<p>${id}</p>`), choices: choices(id, 4) },
    key: { type: 'order', order: [2, 0, 3, 1] },
  }),
  (id) => ({
    stem: {
      type: 'match',
      html: compiled(`<p>${id}</p>`),
      left: choices(`${id} left`, 3),
      right: choices(`${id} right`, 4),
    },
    key: { type: 'match', pairs: [3, 0, 1] },
  }),
]

const LABELS = [...'ABCDE', ...'12345']

/** Of an item with other words: no number is ever published with other content. */
const numberOf = (words: string): number => 2 + Number.parseInt(sha256(words).slice(0, 6), 16)

function tinyItem(topic: string, number: number, words: string): Item {
  const id = `${topic}-${String(number).padStart(3, '0')}`
  const { stem, key } = (specimens[number % specimens.length] as (typeof specimens)[number])(`${words}${id}`)
  const wordings = { ja: { stem, secret: { key, rationale: `why ${id}`, references: [], notes: '' } } }
  const content = { type: stem.type, points: 1, wordings }
  return {
    id,
    topic,
    version: words === '' ? 1 : numberOf(words),
    status: 'live',
    difficulty: ((number % 5) + 1) as Item['difficulty'],
    enemies: [],
    ...content,
    hash: itemHash(content),
  }
}

export interface TinyBank {
  readonly exam?: Partial<ExamDefinition>
  /** Put before every stem: other words make another bank. */
  readonly words?: string
  /** Items per section. */
  readonly pool?: number
}

const TOPICS = ['office', 'writing'] as const

/**
 * A compiled bank small enough to reason about: two sections of four places each, sixteen items of every type per section,
 * 45 minutes, 70 % to pass, 14 days between attempts, four a year.
 */
export function tinyBank({ exam: change = {}, words = '', pool = 16 }: TinyBank = {}): Bank {
  const exam: ExamDefinition = {
    id: 'tiny',
    title: { ja: '小さな検定', en: 'Tiny exam' },
    level: 3,
    version: 1,
    locales: ['ja'],
    timeLimitSeconds: 2_700,
    passScore: 70,
    validFor: { years: 2, months: 0, days: 0 },
    retake: { wait: { years: 0, months: 0, days: 14 }, perYear: 4 },
    sections: TOPICS.map((topic) => ({ topic, title: { ja: topic }, draw: 4, quotas: [], minPool: 2 })),
    skills: [],
    rulesHtml: { ja: compiled('<p>よく読んでください。</p>') },
    ...change,
  }
  const items = TOPICS.flatMap((topic) => Array.from({ length: pool }, (_, number) => tinyItem(topic, number, words)))
  return { exam, items, hash: bankHash({ exam, items }) }
}

/** The same with an open question of every type: each option has a reason, and two mistakes are known where one types. */
export function bankWithQuestions(of: TinyBank = {}): Bank {
  const { exam, items } = tinyBank(of)
  const rationale = [
    'まとめの文です。',
    ...LABELS.map((label) => `- ${label}: 理由${label}`),
    '- 12,000円：誤り一',
    '- 様：誤り二',
  ]
  const questions = specimens.map((_, number): Item => {
    const item = tinyItem('practice', number, '練習 ')
    const { stem, secret } = item.wordings.ja as NonNullable<Item['wordings']['ja']>
    const wordings = { ja: { stem, secret: { ...secret, rationale: rationale.join('\n') } } }
    return { ...item, status: 'practice', skill: 's-1', wordings }
  })
  const content = {
    exam: { ...exam, skills: [{ id: 's-1', name: { ja: '確かめる力', en: 'Checking' } }] },
    items: [...items, ...questions],
  }
  return { ...content, hash: bankHash(content) }
}
