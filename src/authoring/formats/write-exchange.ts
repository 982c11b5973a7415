import type { ItemSource } from '../bank-source.ts'
import { writeCsv } from './csv/write-csv.ts'
import type { ExportFormat } from './detect-format.ts'
import type { ExportContext, Exported } from './exchange.ts'
import { writeGift } from './gift/write-gift.ts'
import { writeMoodle } from './moodle/write-moodle.ts'
import { writeQti } from './qti/write-package.ts'
import { readBack } from './read-back.ts'

/** Writes items, their defaults written out, for another system. What can be read back is, and every difference is named. */
export function writeExchange(items: readonly ItemSource[], format: ExportFormat, context: ExportContext): Exported {
  switch (format) {
    case 'csv':
      return readBack(items, writeCsv(items), 'csv', context)
    case 'gift':
      return readBack(items, writeGift(items, context), 'gift', context)
    case 'moodle':
      return writeMoodle(items, context)
    case 'qti':
      return readBack(items, writeQti(items, context), 'qti', context)
    default:
      return format satisfies never
  }
}
