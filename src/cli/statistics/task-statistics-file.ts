import * as z from 'zod'
import { quoteCell } from '../../authoring/formats/csv/row.ts'
import type { TaskStatistics } from '../../measurement/task-analysis.ts'
import { DRAWN_KINDS } from '../../task/task-kinds.ts'
import { decimal, estimate, HASH_PREFIX, shortHash } from './statistics-file.ts'

/** The file beside a bank that holds how its practical tasks did. */
export const TASK_STATISTICS_FILE = 'task-statistics.csv'

const COLUMNS = [
  'family',
  'kind',
  'checkpoint',
  'n',
  'mean',
  'sd',
  'above',
  'rest',
  'discrimination',
  'discrimination_low',
  'discrimination_high',
  'hash',
  'date',
] as const
type Column = (typeof COLUMNS)[number]

const points = (value: number | undefined): string =>
  value === undefined ? '' : (Math.round(value * 10) / 10).toFixed(1)

/** One line for each family, and one for each group of its checkpoints. Means are points of 100. */
export function printTaskStatistics(tasks: readonly TaskStatistics[], date: string): string {
  const lines = tasks.flatMap((task) => {
    const { family, kind, form, hash } = task
    const of = {
      family: quoteCell(family),
      kind: quoteCell(form === undefined ? kind : `${kind} ${form}`),
      hash: `${HASH_PREFIX}${shortHash(hash)}`,
      date,
    }
    const whole: Partial<Record<Column, string>> = {
      ...of,
      n: String(task.n),
      mean: points(task.mean),
      sd: points(task.sd),
      above: points(task.above),
      rest: task.shouldRest ? 'rest' : '',
    }
    const groups = task.checkpoints.map(
      ({ group, n, mean, discrimination: r }): Partial<Record<Column, string>> => ({
        ...of,
        checkpoint: quoteCell(group),
        n: String(n),
        mean: points(100 * mean),
        discrimination: r ? decimal(r.value) : '',
        discrimination_low: r ? decimal(r.low) : '',
        discrimination_high: r ? decimal(r.high) : '',
      }),
    )
    return [whole, ...groups].map((cells) => COLUMNS.map((column) => cells[column] ?? '').join(','))
  })
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`
}

/** What a running service tells of them. */
export const remoteTasks = z.array(
  z.object({
    family: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    kind: z.enum(DRAWN_KINDS),
    form: z.string().max(40).optional(),
    n: z.int().min(1),
    mean: z.number(),
    sd: z.number().optional(),
    above: z.number().optional(),
    shouldRest: z.boolean(),
    checkpoints: z.array(
      z.object({
        group: z.string().max(80),
        n: z.int().min(1),
        mean: z.number(),
        discrimination: estimate.optional(),
      }),
    ),
  }),
)
