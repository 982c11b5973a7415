import type { Locale } from '../../item/item.ts'
import type { Result } from '../../kernel/result.ts'
import { readCsv } from './csv/read-csv.ts'
import type { Imported, ImportProblem } from './exchange.ts'
import { readGift } from './gift/read-gift.ts'
import { readHeadings } from './heading/read-headings.ts'
import { readMoodle } from './moodle/read-moodle.ts'
import { readQti } from './qti/read-package.ts'

/** Formats that are read. */
export const IMPORT_FORMATS = ['csv', 'gift', 'markdown', 'moodle', 'qti'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

/** Formats that are written. */
export const EXPORT_FORMATS = ['gift', 'qti', 'csv', 'moodle'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const EXTENSIONS: Readonly<Record<string, ImportFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  gift: 'gift',
  md: 'markdown',
  markdown: 'markdown',
  zip: 'qti',
  xml: 'qti',
}

const MARKUP = /^\ufeff?\s*<(\?xml|!DOCTYPE|(qti-)?assessment|quiz\b|questestinterop\b)/i
const FIRST_ELEMENT = /<([a-z][\w-]*)/i

/** What a file is, by its first bytes, then its name, then what its text looks like. */
export function detectFormat(name: string, bytes: Uint8Array): ImportFormat | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, 60_000))
  if (MARKUP.test(head) && FIRST_ELEMENT.exec(head)?.[1] === 'quiz') return 'moodle'
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006') || MARKUP.test(head)) return 'qti'
  const byName = EXTENSIONS[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '']
  if (byName) return byName
  if (/^ {0,3}[-*+] \[[ xX]\]/m.test(head)) return 'markdown'
  if (/\{[^}]*\}/.test(head)) return 'gift'
  return /^[^\n]*[,;\t]/.test(head) ? 'csv' : undefined
}

/** Reads a file of another system. What cannot be read is a refusal; what cannot be taken whole stands in the losses. */
export function readExchange(bytes: Uint8Array, format: ImportFormat, locale: Locale): Result<Imported, ImportProblem> {
  switch (format) {
    case 'csv':
      return readCsv(bytes, { locale })
    case 'gift':
      return readGift(bytes, { locale })
    case 'markdown':
      return readHeadings(bytes, { locale })
    case 'moodle':
      return readMoodle(bytes, { locale })
    case 'qti':
      return readQti(bytes, { locale })
    default:
      return format satisfies never
  }
}
