import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { planImport, slugOf } from '../authoring/formats/plan-import.ts'
import { detectFormat, IMPORT_FORMATS, readExchange } from '../authoring/formats/read-exchange.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { type ExamTarget, readExamTarget, readLocale, readTopic } from './exam-target.ts'
import { replaceFile } from './fmt-command.ts'
import { countOutcomes, type ExchangeReport, lossJson, lossLines, lossSummary } from './format-losses.ts'
import { command, exchangeOptions, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

/** A package may hold this many bytes. */
const LARGEST_FILE = 200_000_000

export interface ImportOptions {
  readonly file: string | undefined
  readonly to: string | undefined
  readonly topic?: string | undefined
  readonly locale?: string | undefined
  readonly format?: string | undefined
  readonly dryRun: boolean
  readonly force: boolean
  readonly json: boolean
  readonly language: Language
}

/** `kentei import`: items of another system become bank files; a line for each thing that was lost. */
async function runImport(options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const { language } = options
  const { file, bytes } = await readInput(options, terminal)
  const format =
    options.format === undefined
      ? detectFormat(basename(file), bytes)
      : IMPORT_FORMATS.find((one) => one === options.format)
  if (!format)
    throw new UsageError((t) => t('usage.detectFormat', { file: basename(file), known: IMPORT_FORMATS.join('|') }))
  if (options.to === undefined) throw new UsageError((t) => t('usage.importTo'))
  const target = await readExamTarget(options.to, terminal)
  const locale = readLocale(options.locale, target)
  const topic = readTopic(options.topic)
  const read = readExchange(bytes, format, locale)
  if (!read.ok) {
    terminal.err(`kentei: ${basename(file)}: ${sentenceOf(read.problem.message, language)}`)
    return 1
  }
  const { writes, reports, losses } = planImport(read.value, { target, locale, topic, otherTopic: slugOf(file) })
  if (!options.dryRun) await write(writes, target, options.force)
  const named: ExchangeReport = {
    format,
    losses,
    items: reports,
    files: writes.map(({ path }) => relative(terminal.cwd, join(target.folder, path))),
  }
  if (options.json) terminal.out(lossJson(named, language))
  else for (const line of lossLines(named, language)) terminal.out(line)
  const where = options.dryRun ? textsOf(language)('cli.nothingWritten') : ` → ${named.files.join(', ')}`
  terminal.err(`${lossSummary(named, language)}${named.files.length === 0 ? '' : where}`)
  return countOutcomes(named)['left-out'] > 0 ? 1 : 0
}

async function readInput({ file }: ImportOptions, terminal: Terminal): Promise<{ file: string; bytes: Uint8Array }> {
  if (file === undefined) throw new UsageError((t) => t('usage.importFile'))
  const path = resolve(terminal.cwd, file)
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new UsageError((t) => t('usage.noFile', { path: file }))
  if (found.size > LARGEST_FILE)
    throw new UsageError((t) => t('usage.tooLarge', { path: file, megabytes: LARGEST_FILE / 1_000_000 }))
  return { file, bytes: await readFile(path) }
}

/** Nothing is written when anything of it exists already as something else, unless the user insists. */
async function write(writes: readonly SourceFile[], { folder }: ExamTarget, force: boolean): Promise<void> {
  const changed: SourceFile[] = []
  for (const one of writes) {
    const there = await readFile(join(folder, one.path)).catch(() => undefined)
    if (there && Buffer.from(one.content as Uint8Array).equals(there)) continue
    if (there && !force) throw new UsageError((t) => t('usage.importExists', { path: one.path }))
    changed.push(one)
  }
  for (const { path, content } of changed) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    if (typeof content === 'string') await replaceFile(join(folder, path), content)
    else await writeFile(join(folder, path), content)
  }
}

export const importCommand = command({
  describe: (t) => t('command.import'),
  mostArguments: 1,
  options: (t) => ({
    ...exchangeOptions(t),
    to: { type: 'string', description: t('option.import.to'), valueHint: 'folder' },
    format: { type: 'string', description: t('option.import.format'), valueHint: IMPORT_FORMATS.join('|') },
  }),
  run: ({ args, language, terminal }) => {
    const { to, topic, locale, format } = args
    const flags = { dryRun: args['dry-run'] === true, force: args.force === true, json: args.json === true }
    return runImport({ file: args._[0], to, topic, locale, format, ...flags, language }, terminal)
  },
})
