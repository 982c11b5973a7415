import { parse as parseElsewhere } from 'gift-pegjs'
import { readCsv } from '../../src/authoring/formats/csv/read-csv.ts'
import type { Imported, ImportProblem } from '../../src/authoring/formats/exchange.ts'
import { parseGift } from '../../src/authoring/formats/gift/parse-gift.ts'
import { readGift } from '../../src/authoring/formats/gift/read-gift.ts'
import { placeItems } from '../../src/authoring/formats/place-items.ts'
import { readQti } from '../../src/authoring/formats/qti/read-package.ts'
import { writeExchange } from '../../src/authoring/formats/write-exchange.ts'
import { parseBank } from '../../src/authoring/parse-bank.ts'
import { sentenceOf } from '../../src/authoring/said.ts'
import type { Result } from '../../src/kernel/result.ts'
import { generateExam } from './generated-exam.ts'
import { inTurn, type Measure, rounded, timed } from './measure.ts'

const QUESTIONS = 5_000
const ROUNDS = 5

/** A bank as teachers write it: choices with comments, weights, numbers, pairs, missing words. */
function giftOf(questions: number): string {
  const kinds = [
    (n: number) =>
      `::Q${n}::Which city has ${n} bridges?{\n\t~Osaka#A port.\n\t=Venice#Yes\\: islands.\n\t~%50%Kyoto\n\t~Nara\n}`,
    (n: number) => `// question ${n}\n::Q${n}::[markdown]How many are **${n}** and two? {#${n + 2}:0.5}`,
    (n: number) => `::Q${n}:: The river of town ${n} is {=long =very long}.`,
    (n: number) => `::Q${n}:: Pairs of ${n} {\n\t=Canada -> Ottawa\n\t=Italy -> Rome\n\t=Japan -> Tokyo\n}`,
    (n: number) => `[html]<p>Town ${n} lies <b>north</b> of the river.</p>{TRUE#No, look again.#Right.}`,
  ] as const
  return Array.from({ length: questions }, (_, i) => (kinds[i % kinds.length] as (typeof kinds)[0])(i)).join('\n\n')
}

function count(read: Result<Imported, ImportProblem>): number {
  if (!read.ok) throw new Error(sentenceOf(read.problem.message, 'en'))
  const { topics, reports } = placeItems(read.value, {
    locale: 'ja',
    topics: ['topica'],
    otherTopic: 'topica',
    taken: new Set(),
    known: [],
    assets: [],
  })
  const items = [...topics.values()].flat().length
  if (items < reports.length) throw new Error(`${reports.length - items} of ${reports.length} left out`)
  return items
}

/** Parsing GIFT against npm's parser over the same text, and whole imports, to items that are known to compile. */
export async function measureFormats(): Promise<Measure[]> {
  const text = giftOf(QUESTIONS)
  if (parseElsewhere(text).length !== QUESTIONS || parseGift(text).length !== QUESTIONS)
    throw new Error('the parsers see other questions')
  const { ratio, a, b } = await inTurn(
    ROUNDS,
    () => timed(() => parseElsewhere(text)),
    () => timed(() => parseGift(text)),
  )
  const name = QUESTIONS.toLocaleString('en')
  const banks = generateExam(QUESTIONS).flatMap((file) => parseBank(file).bank ?? [])
  const items = banks.flatMap((bank) => bank.items.flatMap((item) => (item.kind === 'item' ? [item] : [])))
  const context = { examId: 'bench', locale: 'ja', assets: [] } as const
  const csv = writeExchange(items, 'csv', context).content
  const qti = writeExchange(items, 'qti', context).content
  const bytes = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content
  return [
    {
      name: `parseGift of ${name} questions ÷ gift-pegjs`,
      value: ratio,
      unit: '×',
      most: 1,
      detail: `${rounded(b)} ÷ ${rounded(a)} ms`,
    },
    {
      name: `importing them, to items that compile`,
      value: await timed(() => count(readGift(bytes(text), { locale: 'ja' }))),
      unit: 'ms',
    },
    {
      name: `importing ${name} items from CSV`,
      value: await timed(() => count(readCsv(bytes(csv), { locale: 'ja' }))),
      unit: 'ms',
    },
    {
      name: `importing ${name} items from a QTI package`,
      value: await timed(() => count(readQti(bytes(qti), { locale: 'ja' }))),
      unit: 'ms',
    },
  ]
}
