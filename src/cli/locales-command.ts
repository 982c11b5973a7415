import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BankSource } from '../authoring/bank-source.ts'
import { beginBank, beginTranslation } from '../authoring/compare-locales.ts'
import { type OpenPoint, reviewLocales } from '../authoring/review-locales.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import type { Locale } from '../item/item.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { type CheckedFolder, checkFolder, examFolders, folderPrefix } from './check-folder.ts'
import { replaceFile } from './fmt-command.ts'
import { command, jsonOption, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

export interface LocalesOptions {
  readonly folders: readonly string[]
  /** The locale whose missing items are to be begun. */
  readonly start: string | undefined
  readonly json: boolean
  readonly language: Language
}

interface Tally {
  readonly topic: string
  readonly locale: Locale
  readonly missing: number
  readonly begun: number
  readonly stale: number
  readonly differing: number
}

/** Topics and locales with anything open, and how much; what cannot be read counts as missing. */
function tallies(points: readonly OpenPoint[]): Tally[] {
  return [...Map.groupBy(points, ({ topic, locale }) => `${topic}\n${locale}`).values()].map((group): Tally => {
    const { topic, locale } = group[0] as OpenPoint
    const count = (...kinds: readonly OpenPoint['what'][]) => group.filter(({ what }) => kinds.includes(what)).length
    return {
      topic,
      locale,
      missing: count('missing', 'unreadable'),
      begun: count('begun'),
      stale: count('stale'),
      differing: count('type', 'points', 'status', 'key', 'variables'),
    }
  })
}

/** One line per point: what is aligned is ASCII, sentences come last. */
function table(points: readonly OpenPoint[], locales: readonly Locale[], prefix: string, language: Language): string[] {
  const rows = points.map(({ item, what, message, places }) => ({
    cells: [
      item,
      what,
      ...locales.map((locale) => {
        const place = places[locale]
        return place ? `${prefix}${place.path}:${place.line}` : '–'
      }),
    ],
    message: sentenceOf(message, language),
  }))
  const header = ['item', 'what', ...locales]
  const widths = header.map((name, i) => Math.max(name.length, ...rows.map(({ cells }) => (cells[i] as string).length)))
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padEnd(widths[i] as number)).join('  ')
  return [line(header).trimEnd(), ...rows.map(({ cells, message }) => `${line(cells)}  ${message}`)]
}

/** `kentei locales`: what is missing, begun, stale or different between the languages of an exam. Exit 1 while anything is open. */
async function runLocales({ folders, start, json, language }: LocalesOptions, terminal: Terminal): Promise<ExitCode> {
  if (start !== undefined && start !== 'ja' && start !== 'en')
    throw new UsageError((t) => t('usage.jaOrEn', { option: '--start', written: start }))
  const named = await examFolders(folders, terminal)
  const reviewed = []
  for (const folder of named) {
    const checked = await checkFolder(folder, { now: terminal.now(), language })
    const { exam } = checked.compiled
    if (!exam)
      throw new UsageError((t) => t('usage.unreadable', { path: `${folderPrefix(folder, [], terminal)}exam.md` }))
    const points = reviewLocales(checked.compiled, checked.files)
    if (start === undefined) reviewed.push({ exam: exam.id, locales: exam.locales, folder, points })
    else await startMissing(checked, points, start, terminal)
  }
  if (start !== undefined) return 0
  const t = textsOf(language)
  const open = reviewed.flatMap(({ points }) => points).length
  if (json)
    terminal.out(
      JSON.stringify(
        reviewed.map(({ exam, locales, points }) => ({
          exam,
          locales,
          summary: tallies(points),
          open: points.map((point) => ({ ...point, message: sentenceOf(point.message, language) })),
        })),
        null,
        2,
      ),
    )
  else
    for (const { locales, folder, points } of reviewed.filter(({ points }) => points.length > 0))
      for (const line of table(points, locales, folderPrefix(folder, named, terminal), language)) terminal.out(line)
  for (const { exam, points } of reviewed) {
    terminal.err(
      points.length === 0 ? t('cli.locales.agree', { exam }) : t('cli.locales.open', { exam, count: points.length }),
    )
    for (const { topic, locale, missing, begun, stale, differing } of tallies(points))
      terminal.err(`  ${t('cli.locales.tally', { topic, locale, missing, begun, stale, differing })}`)
  }
  return open > 0 ? 1 : 0
}

/** Adds what is missing to the files of a locale, as drafts at their end; files that are not there are begun. */
async function startMissing(
  checked: CheckedFolder,
  points: readonly OpenPoint[],
  locale: Locale,
  terminal: Terminal,
): Promise<void> {
  const { exam, items, files } = checked.compiled
  if (!exam?.locales.includes(locale))
    throw new UsageError((t) => t('usage.noLocale', { exam: String(exam?.id), locale }))
  const missing = points.filter((point) => point.what === 'missing' && point.locale === locale && point.item !== 'exam')
  const banks = new Map(files.map(({ path, parsed }) => [path, parsed.bank]))
  for (const [topic, group] of Map.groupBy(missing, (point) => point.topic)) {
    const path = `${topic}.${locale}.md`
    const variants = group.flatMap(
      ({ item }) => items.find(({ variants: [first] }) => first?.source.id === item)?.variants[0] ?? [],
    )
    const sibling = variants[0]?.bank as BankSource
    const there = checked.files.find((file) => file.path === path)
    const bank = banks.get(path)
    if (there && !bank) throw new UsageError((t) => t('usage.unreadable', { path }))
    const title = exam.sections.find((section) => section.topic === topic)?.title[locale] ?? topic
    const before = there ? await readFile(join(checked.folder, path), 'utf8') : beginBank(sibling, locale, title)
    const added = variants.map((variant) =>
      beginTranslation(variant.source, variant.bank, { locale, defaults: (bank ?? sibling).defaults }),
    )
    const end = before.includes('\r\n') ? '\r\n' : '\n'
    await replaceFile(
      join(checked.folder, path),
      `${before.trimEnd()}${`\n\n${added.join('\n\n')}\n`.replaceAll('\n', end)}`,
    )
    terminal.out(
      `${folderPrefix(checked.folder, [], terminal)}${basename(path)}: ${group.map(({ item }) => item).join(', ')}`,
    )
  }
  terminal.err(`${exam.id}: ${missing.length}`)
}

export const localesCommand = command({
  describe: (t) => t('command.locales'),
  options: (t) => ({
    start: { type: 'string', description: t('option.locales.start'), valueHint: 'ja|en' },
    ...jsonOption(t),
  }),
  run: ({ args, language, terminal }) =>
    runLocales({ folders: args._, start: args.start, json: args.json === true, language }, terminal),
})
