import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as z from 'zod'
import type { ExitCode } from '../platform/words/command-line.ts'
import { COUNTED, type Cost, measuredCosts } from './measured-costs.ts'
import { command, jsonOption, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

const price = z.strictObject({
  /** In the currency, for each `per`. */
  price: z.number().nonnegative(),
  per: z.number().positive(),
  /** What a month has of it for nothing. */
  free: z.number().nonnegative().default(0),
})

/** Prices of a vendor, as a file has them. */
const prices = z.strictObject({
  currency: z.string().min(1).max(12),
  /** For a month, whatever is used. */
  fixed: z.number().nonnegative().default(0),
  prices: z.partialRecord(z.enum(COUNTED), price),
})
type Prices = z.infer<typeof prices>

/** Minutes of a month of 365 / 12 days, in each of which a Worker's cron trigger runs. */
const MINUTES = 43_800
const MOST = 1_000_000_000

async function readPrices(path: string): Promise<Prices> {
  const refuse = (why: string): never => {
    throw new UsageError((t) => t('usage.cost.prices', { file: path, why }))
  }
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => refuse(error.code ?? 'error'))
  try {
    const { data, error } = prices.safeParse(JSON.parse(text))
    return data ?? refuse(error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  } catch (error) {
    return error instanceof SyntaxError ? refuse('JSON') : refuse((error as Error).message)
  }
}

function readCount(option: string, text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 0 && count <= MOST) return count
  throw new UsageError((t) => t('usage.cost.count', { option, most: MOST }))
}

/** What a month asks of a database. */
const costOfMonth = (exams: number, verifications: number): Cost =>
  Object.fromEntries(
    COUNTED.map((what) => [
      what,
      Math.ceil(
        exams * measuredCosts.exam[what] +
          verifications * measuredCosts.verification[what] +
          MINUTES * measuredCosts.minute[what],
      ),
    ]),
  ) as unknown as Cost

interface Line {
  readonly what: (typeof COUNTED)[number]
  readonly quantity: number
  /** Undefined where the file has no price for it. */
  readonly sum?: number
}

function linesOf(cost: Cost, told: Prices | undefined): Line[] {
  return COUNTED.map((what) => {
    const quantity = cost[what]
    const of = told?.prices[what]
    return { what, quantity, ...(of ? { sum: (Math.max(0, quantity - of.free) / of.per) * of.price } : {}) }
  })
}

/** `kentei cost`: what a month of exams asks of a database, and what that costs by a file of prices. */
export const costCommand = command({
  describe: (t) => t('command.cost'),
  mostArguments: 0,
  options: (t) => ({
    prices: { type: 'string', description: t('option.cost.prices'), valueHint: 'file' },
    exams: { type: 'string', description: t('option.cost.exams'), default: '1000', valueHint: 'number' },
    verifications: { type: 'string', description: t('option.cost.verifications'), default: '0', valueHint: 'number' },
    ...jsonOption(t),
  }),
  run: async ({ args: { prices: file, json, ...counts }, terminal, language }): Promise<ExitCode> => {
    const exams = readCount('exams', counts.exams)
    const verifications = readCount('verifications', counts.verifications)
    const told = file === undefined ? undefined : await readPrices(resolve(terminal.cwd, file))
    const lines = linesOf(costOfMonth(exams, verifications), told)
    const total = told && lines.reduce((sum, line) => sum + (line.sum ?? 0), told.fixed)
    if (json) {
      terminal.out(JSON.stringify({ exams, verifications, lines, ...(told ? { ...told, total } : {}) }, null, 2))
      return 0
    }
    const t = textsOf(language)
    terminal.out(t('cli.cost.month', { exams, verifications }))
    const currency = told?.currency ?? ''
    for (const { what, quantity, sum } of lines)
      terminal.out(
        t('cli.cost.line', {
          what,
          quantity,
          currency,
          priced: sum === undefined ? 'no' : 'yes',
          sum: (sum ?? 0).toFixed(2),
        }),
      )
    if (told && total !== undefined)
      terminal.out(t('cli.cost.total', { fixed: told.fixed.toFixed(2), total: total.toFixed(2), currency }))
    return 0
  },
})
