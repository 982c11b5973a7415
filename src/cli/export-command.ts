import { stat, writeFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { type ItemReport, loss } from '../authoring/formats/exchange.ts'
import { withDefaults } from '../authoring/formats/pill-words.ts'
import { EXPORT_FORMATS } from '../authoring/formats/read-exchange.ts'
import { writeExchange } from '../authoring/formats/write-exchange.ts'
import { type Language, say } from '../authoring/said.ts'
import type { Locale } from '../item/item.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { type ExamTarget, readExamTarget, readLocale, readTopic } from './exam-target.ts'
import { countOutcomes, type ExchangeReport, lossJson, lossLines, lossSummary } from './format-losses.ts'
import { command, exchangeOptions, type Terminal, UsageError } from './terminal.ts'

export interface ExportOptions {
  readonly folder: string | undefined
  readonly to: string | undefined
  readonly topic?: string | undefined
  readonly locale?: string | undefined
  readonly format?: string | undefined
  readonly dryRun: boolean
  readonly force: boolean
  readonly json: boolean
  readonly language: Language
}

/** `kentei export`: the items of an exam in one language as a file for another system; a line for each thing it does not carry. */
async function runExport(options: ExportOptions, terminal: Terminal): Promise<ExitCode> {
  const { language } = options
  const { folder, to, topic } = options
  const format = EXPORT_FORMATS.find((one) => one === options.format)
  if (!format) throw new UsageError((t) => t('usage.oneOf', { option: '--format', known: EXPORT_FORMATS.join(', ') }))
  if (folder === undefined) throw new UsageError((t) => t('usage.examFolder'))
  if (to === undefined && !options.dryRun) throw new UsageError((t) => t('usage.exportTo'))
  const target = await readExamTarget(folder, terminal)
  const locale = readLocale(options.locale, target)
  const path = to === undefined ? undefined : resolve(terminal.cwd, to)
  if (
    to !== undefined &&
    path !== undefined &&
    !options.force &&
    !options.dryRun &&
    (await stat(path).catch(() => undefined))
  )
    throw new UsageError((t) => t('usage.exportExists', { path: to }))
  const { items, unreadable } = itemsOf(target, locale, readTopic(topic))
  if (items.length + unreadable.length === 0)
    throw new UsageError((t) =>
      topic === undefined
        ? t('usage.noItems', { folder, locale })
        : t('usage.noItemsOfTopic', { folder, locale, topic }),
    )
  const exported = writeExchange(items, format, { examId: target.examId, locale, assets: target.assets })
  if (path !== undefined && !options.dryRun) await writeFile(path, exported.content)
  const files = path === undefined || options.dryRun ? [] : [relative(terminal.cwd, path)]
  const report: ExchangeReport = { format, files, losses: exported.losses, items: [...exported.reports, ...unreadable] }
  if (options.json) terminal.out(lossJson(report, language))
  else for (const line of lossLines(report, language)) terminal.out(line)
  terminal.err(`${lossSummary(report, language)}${files.length === 0 ? '' : ` → ${files[0]}`}`)
  return countOutcomes(report)['left-out'] > 0 ? 1 : 0
}

/** The items of a language with their files' defaults written out. */
function itemsOf({ banks }: ExamTarget, locale: Locale, topic: string | undefined) {
  const chosen = [...banks].filter(
    ([, bank]) => bank.locale === locale && (topic === undefined || bank.topic === topic),
  )
  const items = chosen.flatMap(([, bank]) =>
    bank.items.flatMap((item) => (item.kind === 'item' ? [withDefaults(item, bank.defaults)] : [])),
  )
  const unreadable = chosen.flatMap(([path, bank]) =>
    bank.items.flatMap((item): ItemReport[] =>
      item.kind === 'raw'
        ? [{ source: `${path} ${item.text.split('\n', 1)[0]}`, outcome: 'left-out', losses: [UNREADABLE] }]
        : [],
    ),
  )
  return { items, unreadable }
}

const UNREADABLE = loss('invalid', say('exchange.itemUnreadable'))

export const exportCommand = command({
  describe: (t) => t('command.export'),
  mostArguments: 1,
  options: (t) => ({
    ...exchangeOptions(t),
    to: { type: 'string', description: t('option.export.to'), valueHint: 'file' },
    format: { type: 'string', description: t('option.export.format'), valueHint: EXPORT_FORMATS.join('|') },
  }),
  run: ({ args, language, terminal }) => {
    const { to, topic, locale, format } = args
    const flags = { dryRun: args['dry-run'] === true, force: args.force === true, json: args.json === true }
    return runExport({ folder: args._[0], to, topic, locale, format, ...flags, language }, terminal)
  },
})
