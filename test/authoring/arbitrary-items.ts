import * as fc from 'fast-check'
import type { AnswerSource, ItemSource, Pills } from '../../src/authoring/bank-source.ts'
import type { ItemStatus, ItemType } from '../../src/item/item.ts'

/** Phrases that mean nothing to Markdown, so that any of them can stand anywhere. */
const phrase = fc
  .array(
    fc.constantFrom(
      '見積書',
      '請求',
      'を送る',
      'は',
      '確認',
      'Excel',
      '十二',
      'する',
      '、',
      'データ',
      'の件',
      'ください',
      '納期',
      ' ',
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((words) => words.join('').replace(/ +/g, ' ').trim())
  .filter((text) => text !== '' && !/^[、 ]/.test(text))

export const paragraphs = fc
  .array(phrase, { minLength: 1, maxLength: 3 })
  .map((lines) => lines.map((line) => `本文${line}`).join('\n\n'))

const distinct = (least: number, most: number, of = phrase) =>
  fc.uniqueArray(of, {
    minLength: least,
    maxLength: most,
    selector: (text) => text.normalize('NFKC').replace(/\s/g, ''),
  })

/** A comma would part two answers. */
const answer = phrase.map((text) => text.replaceAll('、', '・'))

const number = fc.integer({ min: 0, max: 9_999_999 }).map((n) => n / 100)

const answers: Readonly<Record<ItemType, fc.Arbitrary<{ stem: string; answer: AnswerSource }>>> = {
  single: options((n) => fc.nat({ max: n - 1 }).map((right) => [right])),
  multiple: options((n) => fc.subarray([...Array(n).keys()], { minLength: 1 })),
  'true-false': fc.record({ stem: paragraphs, right: fc.nat({ max: 1 }) }).map(({ stem, right }) => ({
    stem,
    answer: { form: 'options', options: ['正しい', '誤り'].map((text, i) => ({ text, correct: i === right })) },
  })),
  numeric: fc
    .record({ stem: paragraphs, value: number, tolerance: number, unit: fc.constantFrom('円', '', '件', '%', 'm2') })
    .map(({ stem, ...rest }) => ({ stem, answer: { form: 'numeric', ...rest } })),
  short: fc
    .record({ stem: paragraphs, accepted: distinct(1, 4, answer) })
    .map(({ stem, accepted }) => ({ stem, answer: { form: 'accepted', accepted } })),
  cloze: fc
    .array(
      fc.oneof(
        distinct(1, 3, answer).map((accepted) => ({ accepted })),
        fc.record({ choices: distinct(2, 4), pick: fc.nat() }),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((blanks) => ({
      stem: blanks
        .map((blank, i) =>
          'choices' in blank ? `空欄[[${i + 1}: ${blank.choices.join(' | ')}]]です。` : `空欄[[${i + 1}]]です。`,
        )
        .join(''),
      answer: {
        form: 'blanks',
        blanks: blanks.map((blank, i) => ({
          ref: String(i + 1),
          accepted: 'choices' in blank ? [blank.choices[blank.pick % blank.choices.length] as string] : blank.accepted,
        })),
      },
    })),
  order: fc
    .record({ stem: paragraphs, rows: distinct(2, 6) })
    .map(({ stem, rows }) => ({ stem, answer: { form: 'rows', rows } })),
  essay: fc
    .record({
      stem: paragraphs,
      names: distinct(1, 3),
      points: fc.integer({ min: 1, max: 9 }),
      min: fc.integer({ min: 1, max: 300 }),
      model: paragraphs,
    })
    .map(({ stem, names, points, min, model }) => ({
      stem,
      answer: {
        form: 'essay',
        min,
        max: min + 100,
        model,
        criteria: names.map((name) => ({
          name,
          points,
          levels: [2, 1, 0].map((level) => ({ level, descriptor: `${name}${level}` })),
        })),
      },
    })),
  match: fc.record({ stem: paragraphs, left: distinct(2, 5), right: distinct(5, 7) }).map(({ stem, left, right }) => ({
    stem,
    answer: {
      form: 'table',
      header: ['左', '右'] as const,
      rows: right.map((cell, i) => [left[i] ?? '', cell] as const),
    },
  })),
}

function options(rights: (n: number) => fc.Arbitrary<number[]>): fc.Arbitrary<{ stem: string; answer: AnswerSource }> {
  return fc.record({ stem: paragraphs, texts: distinct(3, 6) }).chain(({ stem, texts }) =>
    rights(texts.length).map((right) => ({
      stem,
      answer: { form: 'options' as const, options: texts.map((text, i) => ({ text, correct: right.includes(i) })) },
    })),
  )
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const pillsOf = (type: ItemType): fc.Arbitrary<Pills> =>
  fc
    .record({
      points: maybe(fc.integer({ min: 1, max: 20 })),
      seconds: maybe(fc.integer({ min: 1, max: 1_800 })),
      difficulty: maybe(fc.constantFrom(1, 2, 3, 4, 5) as fc.Arbitrary<1 | 2 | 3 | 4 | 5>),
      version: maybe(fc.integer({ min: 1, max: 99 })),
      status: maybe(
        fc.constantFrom(
          'live',
          'dormant',
          'draft',
          'pilot',
          'retired',
          'honeypot',
          'practice',
        ) as fc.Arbitrary<ItemStatus>,
      ),
      skill: maybe(fc.constantFrom('bc-1', 'ms-2')),
      level: maybe(
        fc.constantFrom('knowledge', 'application', 'judgement') as fc.Arbitrary<
          'knowledge' | 'application' | 'judgement'
        >,
      ),
      reviewBy: maybe(fc.constantFrom('2027-03-31', '2028-02-29')),
      enemies: fc.subarray(['office-900', 'office-901']),
      lang: maybe(fc.constantFrom('translate', 'ja-stimulus')),
      partial: type === 'multiple' ? fc.boolean() : fc.constant(false),
      fixed: fc.boolean(),
    })
    .map((pills) => ({
      type,
      ...(Object.fromEntries(Object.entries(pills).filter(([, value]) => value !== undefined)) as unknown as Omit<
        Pills,
        'type'
      >),
    }))

/** Any well-formed item, with a number of its own in place of `n`. */
export const itemArbitrary = (n: number): fc.Arbitrary<ItemSource> =>
  fc
    .constantFrom(...(Object.keys(answers) as ItemType[]))
    .chain((type) =>
      fc.record({
        content: answers[type],
        pills: pillsOf(type),
        title: fc.oneof(phrase, fc.constant('')),
        rationale: fc.oneof(paragraphs, fc.constant('')),
        references: fc.array(phrase, { maxLength: 3 }),
        notes: fc.oneof(paragraphs, fc.constant('')),
      }),
    )
    .map(
      ({ content, ...rest }): ItemSource => ({
        kind: 'item',
        id: `office-${String(n).padStart(3, '0')}`,
        variables: [],
        ...content,
        ...rest,
      }),
    )

export const itemsArbitrary: fc.Arbitrary<ItemSource[]> = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => itemArbitrary(i + 1))))
