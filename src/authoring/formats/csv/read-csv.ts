import { CsvError, parse } from 'csv-parse/sync'
import type { Locale } from '../../../item/item.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { unguardCell } from '../../../platform/words/guard-cell.ts'
import { say } from '../../said.ts'
import { decodeText } from '../decode-text.ts'
import { type Imported, type ImportProblem, problem } from '../exchange.ts'
import { type ReadRow, readRow } from './read-row.ts'
import { type Counting, type Meaning, placeOf, readHeading, splitKey } from './row.ts'
import { COLUMNS } from './words.data.ts'

/** A table may have this many rows, and a row this many characters. */
const MOST_ROWS = 100_000
const LONGEST_ROW = 200_000
const MOST_COLUMNS = 300

/** Reads a table of items: our own, or one with a column for the question, for each option and for the right one. */
export function readCsv(bytes: Uint8Array, { locale }: { readonly locale: Locale }): Result<Imported, ImportProblem> {
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const parsed = parseRows(decoded.value.text)
  if (!parsed.ok) return parsed
  const [header = [], ...rows] = parsed.value
  const meanings = header.map(readHeading)
  if (
    header.length > MOST_COLUMNS ||
    !meanings.some((meaning) => meaning && 'field' in meaning && meaning.field === 'stem')
  )
    return fail(problem('not-this-format', say('exchange.noStemColumn')))
  const isOwn = COLUMNS.every((column, i) => header[i] === column)
  const read: ReadRow = { header, meanings, isOwn, counting: isOwn ? 'from-1' : countingOf(meanings, rows), locale }
  const entries = rows.flatMap((cells, i) =>
    cells.every((cell) => cell.trim() === '') ? [] : [readRow(read, cells.map(unguardCell), i + 2)],
  )
  return ok({ entries, losses: decoded.value.losses, assets: [] })
}

/**
 * What the keys of a table say: all of them are numbers or letters and at least one is no option's text, then none of
 * them is; with a 0 among them they count from 0, as programs do.
 */
function countingOf(meanings: readonly (Meaning | undefined)[], rows: readonly (readonly string[])[]): Counting {
  const column = meanings.findIndex((meaning) => meaning && 'field' in meaning && meaning.field === 'correct')
  const keyed = rows.flatMap((cells) => (cells[column]?.trim() ? [{ cells, key: cells[column].trim() }] : []))
  const isPlace = (word: string) => word === '0' || placeOf(word) > 0
  const isText = ({ cells, key }: { cells: readonly string[]; key: string }) =>
    meanings.some((meaning, i) => meaning && 'option' in meaning && cells[i]?.trim() === key)
  if (!keyed.every(({ key }) => splitKey(key).every(isPlace)) || keyed.every(isText)) return 'unknown'
  return keyed.some(({ key }) => splitKey(key).includes('0')) ? 'from-0' : 'from-1'
}

function parseRows(text: string): Result<string[][], ImportProblem> {
  const firstLine = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'))
  try {
    return ok(
      parse(text, {
        delimiter: delimiterOf(firstLine),
        bom: true,
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: LONGEST_ROW,
        to: MOST_ROWS + 1,
      }),
    )
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown
    const line = typeof thrown.lines === 'number' ? thrown.lines : 1
    return fail(
      problem(thrown.code === 'CSV_MAX_RECORD_SIZE' ? 'too-large' : 'broken', say('exchange.csvBroken', { line })),
    )
  }
}

/** Spreadsheets of some countries part cells with semicolons; a copied table has tabs. */
const delimiterOf = (line: string): string =>
  [',', ';', '\t'].reduce((best, one) => (line.split(one).length > line.split(best).length ? one : best))
