import type { Locale } from '../../item/item.ts'
import type { Result } from '../../kernel/result.ts'
import { readCsv } from './csv/read-csv.ts'
import type { ImportFormat } from './detect-format.ts'
import type { Imported, ImportProblem } from './exchange.ts'
import { readGift } from './gift/read-gift.ts'
import { readHeadings } from './heading/read-headings.ts'
import { readQti } from './qti/read-package.ts'

/** Reads a file of another system. What cannot be read is a refusal; what cannot be taken whole stands in the losses. */
export function readExchange(bytes: Uint8Array, format: ImportFormat, locale: Locale): Result<Imported, ImportProblem> {
  switch (format) {
    case 'csv':
      return readCsv(bytes, { locale })
    case 'gift':
      return readGift(bytes, { locale })
    case 'markdown':
      return readHeadings(bytes, { locale })
    case 'qti':
      return readQti(bytes, { locale })
    default:
      return format satisfies never
  }
}
