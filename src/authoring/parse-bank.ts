import * as z from 'zod'
import type { BankSource, ItemPlaces, ItemSource, PlaceIndex, RawItem } from './bank-source.ts'
import { type Diagnostic, error, type Report, reporterOf } from './diagnostic.ts'
import { readItem } from './read-item.ts'
import { readDefaults } from './read-pills.ts'
import { cutFrontmatter, type Frontmatter, readYaml } from './read-yaml.ts'
import { type Language, say } from './said.ts'
import { decodeSource, type SourceFile } from './source-file.ts'
import { splitDocument } from './split-document.ts'

const scalar = z.union([z.string(), z.number()])

/** The frontmatter of a bank file as authors write it. */
export const bankSchema = z.strictObject({
  exam: z.string().regex(/^[a-z][a-z0-9-]*$/),
  topic: z.string().regex(/^[a-z][a-z0-9-]*$/),
  locale: z.enum(['ja', 'en']),
  defaults: z
    .strictObject({
      points: scalar.optional(),
      time: scalar.optional(),
      difficulty: scalar.optional(),
      status: scalar.optional(),
      level: scalar.optional(),
      skill: scalar.optional(),
      lang: scalar.optional(),
      v: scalar.optional(),
      'review-by': scalar.optional(),
    })
    .default({}),
})

export interface ParsedBank {
  /** Absent when the frontmatter cannot be read. */
  readonly bank?: BankSource
  readonly places: PlaceIndex
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads one bank file. All its problems come back at once; nothing is thrown. */
export function parseBank(file: SourceFile, options: { readonly language?: Language } = {}): ParsedBank {
  const diagnostics: Diagnostic[] = []
  const language = options.language ?? 'ja'
  const report = reporterOf(file.path, language, diagnostics)
  const places = new Map<ItemSource, ItemPlaces>()
  const text = decodeSource(file, report)
  if (text === undefined) return { places, diagnostics }
  const lines = text.split('\n')
  const frontmatter = cutFrontmatter(lines)
  const meta = frontmatter && readMeta(frontmatter, language, report)
  if (!frontmatter)
    report(
      { line: 1, column: 1 },
      error('frontmatter/missing', say('finding.noFrontmatter'), say('advice.giveFrontmatter')),
    )
  const { preambleTo, items } = splitDocument(lines, frontmatter?.bodyFrom ?? 0, report)
  // without frontmatter the items are still read, for the sake of their diagnostics
  const topic = meta?.topic ?? topicOf(file.path)
  const read: (ItemSource | RawItem)[] = []
  for (const block of items) {
    const { item, places: itemPlaces } = readItem(lines, block, topic, report)
    read.push(item)
    if (item.kind === 'item' && itemPlaces) places.set(item, itemPlaces)
  }
  if (!frontmatter || !meta) return { places, diagnostics }
  return {
    bank: {
      frontmatter: frontmatter.yaml.trim(),
      ...meta,
      preamble: lines.slice(frontmatter.bodyFrom, preambleTo).join('\n').trim(),
      items: read,
    },
    places,
    diagnostics,
  }
}

/** `office` of `office.ja.md`. */
const topicOf = (path: string): string => /([^/]+?)(\.(ja|en))?\.md$/.exec(path)?.[1] ?? ''

function readMeta(
  frontmatter: Frontmatter,
  language: Language,
  report: Report,
): Pick<BankSource, 'exam' | 'topic' | 'locale' | 'defaults'> | undefined {
  const read = readYaml(frontmatter, bankSchema, language, report)
  if (!read) return undefined
  const { exam, topic, locale, defaults } = read.value
  const written = Object.fromEntries(
    Object.entries(defaults).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  )
  return {
    exam,
    topic,
    locale,
    defaults: readDefaults(written, (key) =>
      report(
        read.placeOf(['defaults', key]),
        error('frontmatter/value', say('finding.defaultUnreadable', { key }), say('advice.asInItems')),
      ),
    ),
  }
}
