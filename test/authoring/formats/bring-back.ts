import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ItemSource } from '../../../src/authoring/bank-source.ts'
import type { Imported, ImportedItem, ImportProblem, ItemReport } from '../../../src/authoring/formats/exchange.ts'
import { withDefaults } from '../../../src/authoring/formats/pill-words.ts'
import { placeItems } from '../../../src/authoring/formats/place-items.ts'
import { parseBank } from '../../../src/authoring/parse-bank.ts'
import { sentenceOf } from '../../../src/authoring/said.ts'
import type { Locale } from '../../../src/item/item.ts'
import type { Result } from '../../../src/kernel/result.ts'

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What an importer read, which must have read it. */
export function imported(read: Result<Imported, ImportProblem>): Imported {
  if (!read.ok) throw new Error(sentenceOf(read.problem.message, 'en'))
  return read.value
}

/** Items of a file as they come to stand in a bank of the topic `office`, with what became of each entry. */
export function placed(
  read: Result<Imported, ImportProblem>,
  { locale = 'ja', topic }: { locale?: Locale; topic?: string } = {},
): { items: readonly ItemSource[]; reports: readonly ItemReport[] } {
  const topics = ['office']
  const { topics: byTopic, reports } = placeItems(imported(read), {
    locale,
    topics,
    otherTopic: 'office',
    taken: new Set(),
    known: [],
    assets: [],
    ...(topic ? { topic } : {}),
  })
  return { items: [...byTopic.values()].flat(), reports }
}

export const draftsOf = (read: Result<Imported, ImportProblem>): ImportedItem[] =>
  imported(read).entries.filter((entry) => entry.kind === 'item')

/** The banks of the project with their defaults written out, one test each. */
export const REAL_BANKS = globSync(['exams/*/*.ja.md', 'exams/*/*.en.md']).filter(
  (path) => !basename(path).startsWith('exam.'),
)

export function realBank(path: string): { items: ItemSource[]; locale: Locale; topic: string } {
  const { bank } = parseBank({ path, content: readFileSync(path, 'utf8') })
  if (!bank) throw new Error(path)
  return {
    items: bank.items.flatMap((item) => (item.kind === 'item' ? [withDefaults(item, bank.defaults)] : [])),
    locale: bank.locale,
    topic: bank.topic,
  }
}
