import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import * as z from 'zod'
import { quoteCell } from '../../authoring/formats/csv/row.ts'
import { type Said, say } from '../../authoring/said.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { ItemStatistics } from '../../measurement/item-analysis.ts'
import { type ItemFlag, itemFlags } from '../../measurement/item-flags.ts'

/** The file beside a bank that holds how its items did. */
export const STATISTICS_FILE = 'statistics.csv'

/** What the file keeps of an item's statistics, and the day of the newest paper among them, `YYYY-MM-DD`. */
export type StatisticsRow = Omit<ItemStatistics, 'options'> & {
  readonly picks: readonly { readonly id: string; readonly picks: number }[]
  /** The first digits of the content hash. */
  readonly hash: string
  readonly date: string
}

const COLUMNS = [
  'item',
  'locale',
  'n',
  'facility',
  'facility_low',
  'facility_high',
  'discrimination',
  'discrimination_low',
  'discrimination_high',
  'unanswered',
  'seconds',
  'picks',
  'flags',
  'hash',
  'date',
] as const
type Column = (typeof COLUMNS)[number]

/** Digits of a hash that are kept. With their prefix no spreadsheet takes them for a number. */
const HASH_DIGITS = 16
export const HASH_PREFIX = 'sha256:'

export const shortHash = (hash: string): string => hash.slice(0, HASH_DIGITS)

/** Three decimals, and no minus before zero. */
export const decimal = (value: number): string => (Math.round(value * 1_000) / 1_000 + 0).toFixed(3)

/**
 * One line for each item version and language, in the order given: equal statistics are equal bytes. Words are guarded
 * against spreadsheets that would run them; numbers stay numbers.
 */
export function printStatistics(items: readonly ItemStatistics[], date: string): string {
  const lines = items.map((one) => {
    const { facility, discrimination: r } = one
    const cells: Readonly<Record<Column, string>> = {
      item: quoteCell(`${one.item}@${one.version}`),
      locale: one.locale,
      n: String(one.n),
      facility: decimal(facility.value),
      facility_low: decimal(facility.low),
      facility_high: decimal(facility.high),
      discrimination: r ? decimal(r.value) : '',
      discrimination_low: r ? decimal(r.low) : '',
      discrimination_high: r ? decimal(r.high) : '',
      unanswered: decimal(one.unanswered),
      seconds: one.medianSeconds === undefined ? '' : one.medianSeconds.toFixed(1),
      picks: quoteCell(one.options.map(({ id, picks }) => `${id}=${picks}`).join(' ')),
      flags: one.flags.join(' '),
      hash: `${HASH_PREFIX}${shortHash(one.hash)}`,
      date,
    }
    return COLUMNS.map((column) => cells[column]).join(',')
  })
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`
}

const number = (low: number, high: number) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(low).max(high))
const maybe = <T extends z.ZodType<unknown, string>>(schema: T) =>
  z.union([z.literal('').transform(() => undefined), schema])
const words = <T extends z.ZodType<unknown, string>>(schema: T) =>
  z
    .string()
    .transform((text) => text.split(' ').filter((word) => word !== ''))
    .pipe(z.array(schema))

const row = z.object({
  item: z
    .string()
    .regex(/^[a-z][a-z0-9-]*-\d+@\d+$/)
    .transform((text) => text.split('@') as [string, string]),
  locale: z.enum(['ja', 'en']),
  n: number(1, 1e9).pipe(z.int()),
  facility: number(0, 1),
  facility_low: number(0, 1),
  facility_high: number(0, 1),
  discrimination: maybe(number(-1, 1)),
  discrimination_low: maybe(number(-1, 1)),
  discrimination_high: maybe(number(-1, 1)),
  unanswered: number(0, 1),
  seconds: maybe(number(0, 1e6)),
  picks: words(z.string().regex(/^\d+(\.\d+)?=\d+$/)),
  flags: words(z.enum(itemFlags)),
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{16}$/)
    .transform((text) => text.slice(HASH_PREFIX.length)),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})

function rowOf({
  item: [item, version],
  facility,
  facility_low,
  facility_high,
  discrimination,
  discrimination_low,
  discrimination_high,
  seconds,
  picks,
  ...same
}: z.infer<typeof row>): StatisticsRow {
  const interval =
    discrimination_low === undefined || discrimination_high === undefined
      ? undefined
      : { low: discrimination_low, high: discrimination_high }
  return {
    ...same,
    item,
    version: Number(version),
    facility: { value: facility, low: facility_low, high: facility_high },
    ...(discrimination !== undefined && interval ? { discrimination: { value: discrimination, ...interval } } : {}),
    ...(seconds === undefined ? {} : { medianSeconds: seconds }),
    picks: picks.map((pick) => {
      const [id = '', count] = pick.split('=')
      return { id, picks: Number(count) }
    }),
  }
}

/** What is wrong with a statistics file, and on which line, from 1. */
export interface DamagedStatistics {
  readonly line: number
  readonly message: Said
}

/** Reads a statistics file, all of it or nothing: half a table would look like items without statistics. */
export function readStatistics(text: string): Result<readonly StatisticsRow[], DamagedStatistics> {
  let table: string[][]
  try {
    table = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true })
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown
    return fail({ line: typeof thrown.lines === 'number' ? thrown.lines : 1, message: say('finding.quoteOpen') })
  }
  const [header = [], ...lines] = table
  const missing = COLUMNS.find((column) => !header.includes(column))
  if (missing !== undefined) return fail({ line: 1, message: say('finding.noColumn', { column: missing }) })
  const rows: StatisticsRow[] = []
  for (const [i, cells] of lines.entries()) {
    const read = row.safeParse(Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ''])))
    if (!read.success) {
      const column = String(read.error.issues[0]?.path[0] ?? '?')
      return fail({ line: i + 2, message: say('finding.valueUnreadable', { column }) })
    }
    rows.push(rowOf(read.data))
  }
  return ok(rows)
}

/** The form in which a service tells statistics to the command line. */
export const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() })
export const remoteStatistics = z.object({
  papers: z.int().min(0),
  isTruncated: z.boolean(),
  newest: z.iso.datetime().optional(),
  items: z.array(
    z.object({
      item: z.string().regex(/^[a-z][a-z0-9-]*-\d+$/),
      version: z.int(),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      locale: z.enum(['ja', 'en']),
      n: z.int().min(1),
      facility: estimate,
      discrimination: estimate.optional(),
      options: z.array(
        z.object({
          id: z.string().regex(/^\d+(\.\d+)?$/),
          picks: z.int(),
          share: z.number(),
          upper: z.number().optional(),
          lower: z.number().optional(),
        }),
      ),
      unanswered: z.number(),
      medianSeconds: z.number().optional(),
      flags: z.array(z.enum(itemFlags)) satisfies z.ZodType<ItemFlag[]>,
    }),
  ),
})

/** What an exam folder knows of how its items did. */
export interface FolderStatistics {
  readonly rows: readonly StatisticsRow[]
  /** Why the file says nothing, where it is there and damaged. */
  readonly problem?: Said
}

export async function readFolderStatistics(folder: string): Promise<FolderStatistics> {
  const text = await readFile(join(folder, STATISTICS_FILE), 'utf8').catch((problem: NodeJS.ErrnoException) => {
    if (problem.code === 'ENOENT') return undefined
    throw problem
  })
  if (text === undefined) return { rows: [] }
  const read = readStatistics(text)
  if (read.ok) return { rows: read.value }
  const { line, message } = read.problem
  return { rows: [], problem: say('finding.statisticsDamaged', { file: STATISTICS_FILE, line, problem: message }) }
}
