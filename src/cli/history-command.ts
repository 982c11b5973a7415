import { relative } from 'node:path'
import type { CompiledItem } from '../authoring/compare-locales.ts'
import { settledPills } from '../authoring/compare-locales.ts'
import { historyOf, type LocaleState, type LockEntry, localeStates } from '../authoring/item-lock.ts'
import type { Language } from '../authoring/said.ts'
import type { Locale } from '../item/item.ts'
import { STATUS_WORDS } from '../item/source/status-words.data.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders, folderPrefix } from './check-folder.ts'
import { lockIn } from './lock-command.ts'
import { command, jsonOption, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

export interface HistoryOptions {
  readonly folder: string | undefined
  readonly item: string | undefined
  readonly json: boolean
  readonly language: Language
}

/** A version in one line: day, number, the beginning of each hash (a star where it changed), and what happened. */
function entryLine(entry: LockEntry, before: LockEntry | undefined, language: Language): string {
  const hashes = (['ja', 'en'] as const).flatMap((locale) => {
    const hash = entry.hash[locale]
    return hash === undefined
      ? []
      : [`${locale} ${hash.slice(0, 8)}${before && before.hash[locale] !== hash ? '*' : ' '}`]
  })
  const t = textsOf(language)
  const words = [
    entry.what && t(`cli.history.event.${entry.what}`),
    entry.status && STATUS_WORDS[entry.status][language],
  ].filter((word) => word !== undefined)
  return [(entry.on ?? '–').padEnd(10), `v${entry.v}`, ...hashes, words.join(t('between.dot'))].join('  ').trimEnd()
}

/** How the item stands in the files now. */
function draftOf(one: CompiledItem | undefined, history: readonly LockEntry[]) {
  const files = (one?.variants ?? []).map(({ locale, path, places, source, bank }) => {
    const { status, version } = settledPills(source.pills, bank.defaults)
    return { locale, path, line: places.heading.line, title: source.title, status, version }
  })
  return { files, states: one?.item ? localeStates(one.item, history) : {} }
}

/** `kentei history`: an item's life, newest first, and how what is written now stands to it. */
async function runHistory({ folder, item: id, json, language }: HistoryOptions, terminal: Terminal): Promise<ExitCode> {
  if (folder === undefined || id === undefined) throw new UsageError((t) => t('usage.history'))
  const [place = ''] = await examFolders([folder], terminal)
  const checked = await checkFolder(place, { now: terminal.now(), language })
  const lock = lockIn(checked)
  if (!lock)
    throw new UsageError((t) => t('usage.unreadable', { path: `${relative(terminal.cwd, place)}/items.lock.json` }))
  const history = historyOf(lock, id)
  const { files, states: now } = draftOf(
    checked.compiled.items.find(({ variants }) => variants[0]?.source.id === id),
    history,
  )
  if (files.length === 0 && history.length === 0)
    throw new UsageError((t) => t('usage.neverItem', { id, exam: checked.compiled.exam?.id ?? folder }))
  if (json) {
    terminal.out(JSON.stringify({ item: id, files, states: now, history: [...history].reverse() }, null, 2))
    return 0
  }
  const t = textsOf(language)
  const prefix = folderPrefix(place, [], terminal)
  for (const { locale, path, line, title, status, version } of files)
    terminal.out(`${prefix}${path}:${line}  v${version}  ${STATUS_WORDS[status][locale]}  ${title}`)
  if (files.length === 0) terminal.out(t('cli.history.inNoFile', { id }))
  for (const [locale, state] of Object.entries(now) as [Locale, LocaleState][])
    terminal.out(`  ${locale}: ${t(`cli.history.state.${state}`)}`)
  if (history.length === 0) terminal.out(t('cli.history.unrecorded'))
  for (const [i, entry] of [...history.entries()].reverse()) terminal.out(entryLine(entry, history[i - 1], language))
  return 0
}

export const historyCommand = command({
  describe: (t) => t('command.history'),
  mostArguments: 2,
  options: jsonOption,
  run: ({ args, language, terminal }) =>
    runHistory({ folder: args._[0], item: args._[1], json: args.json === true, language }, terminal),
})
