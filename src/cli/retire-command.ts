import { lstat, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { applyFixes } from '../authoring/certain-fix.ts'
import { statusEdits } from '../authoring/change-status.ts'
import { type CompiledItem, settledPills, unreadableIn } from '../authoring/compare-locales.ts'
import { compileExam } from '../authoring/compile-exam.ts'
import type { Diagnostic } from '../authoring/diagnostic.ts'
import { type Shortfall, shortfalls, shortfallText } from '../authoring/lint/pool-rules.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import type { ExamDefinition } from '../item/bank.ts'
import type { Item, ItemStatus } from '../item/item.ts'
import { STATUS_WORDS } from '../item/source/status-words.data.ts'
import { instant } from '../kernel/instant.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { type CheckedFolder, checkFolder, examFolders } from './check-folder.ts'
import { replaceFile } from './fmt-command.ts'
import { formatDiagnostics } from './format-diagnostics.ts'
import { dayOf, lockIn, writeLock } from './lock-command.ts'
import { command, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

export interface RetireOptions {
  readonly folder: string | undefined
  readonly items: readonly string[]
  readonly why: string | undefined
  /** Dormant items, comma-separated, that become live in the same step. */
  readonly wake: string | undefined
  /** Retires although the pool falls below its reserve; never below what one paper needs. */
  readonly force: boolean
  readonly language: Language
}

/** Candidates named where the pool gets too small. */
const MOST_CANDIDATES = 5
const LONGEST_REASON = 400

/** `kentei retire`: takes items out of the draw in every language, and writes the reason into their notes and the day into the lock. */
async function runRetire(
  { folder, items: ids, why, wake, force, language }: RetireOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const reason = why?.trim() ?? ''
  if (folder === undefined || ids.length === 0) throw new UsageError((t) => t('usage.retire'))
  if (reason === '' || reason.length > LONGEST_REASON || /\p{Cc}/u.test(reason))
    throw new UsageError((t) => t('usage.retireWhy', { most: LONGEST_REASON }))
  const [place = ''] = await examFolders([folder], terminal)
  const checked = await checkFolder(place, { now: terminal.now(), language })
  const { exam } = checked.compiled
  if (!exam || !lockIn(checked))
    throw new UsageError((t) => t('usage.examOrLock', { folder: relative(terminal.cwd, place) }))
  const woken = (wake ?? '').split(/[\s,、]+/).filter((id) => id !== '')
  const changes = new Map<string, ItemStatus>([
    ...ids.map((id) => [id, 'retired'] as const),
    ...woken.map((id) => [id, 'live'] as const),
  ])
  const named = [...changes].map(([id, status]) => ({ one: findItem(checked, id, status), status }))
  const short = force ? [] : newShortfalls(exam, checked, changes)
  for (const one of short) terminal.out(describe(one, checked, changes, language))
  if (short.length > 0) return 1
  const edits = named.flatMap(({ one, status }) =>
    one.variants.map((variant) => ({ path: variant.path, variant, status })),
  )
  const texts = new Map<string, { readonly before: string; readonly after: string }>()
  for (const [path, group] of Map.groupBy(edits, (edit) => edit.path)) {
    const before = await readFile(join(place, path), 'utf8')
    const fixes = group.map(({ variant, status }) => {
      const note = `${dayOf(terminal.now())} ${STATUS_WORDS[status][variant.locale]}${variant.locale === 'ja' ? '：' : ': '}${reason}`
      return statusEdits(before, variant, { status, note })
    })
    texts.set(path, { before, after: applyFixes(before, fixes).text })
  }
  return write(checked, texts, changes, { language, terminal })
}

const statusOf = ({ variants }: CompiledItem): ItemStatus | undefined =>
  variants
    .map(({ source, bank }) => settledPills(source.pills, bank.defaults).status)
    .find((status) => status !== 'draft')

/** The item whose status is to change; it must be readable in every language, or a half of it would stay as it is. */
function findItem({ compiled }: CheckedFolder, id: string, to: ItemStatus): CompiledItem {
  const one = compiled.items.find(({ variants }) => variants[0]?.source.id === id)
  if (!one) throw new UsageError((t) => t('usage.noItem', { id }))
  const unread = compiled.files.find(({ parsed: { bank } }) => bank && unreadableIn(bank).has(id))
  if (unread) throw new UsageError((t) => t('usage.itemUnreadable', { id, path: unread.path }))
  if (
    to === 'retired' &&
    one.variants.every(({ source, bank }) => settledPills(source.pills, bank.defaults).status === 'retired')
  )
    throw new UsageError((t) => t('usage.retiredAlready', { id }))
  if (to === 'live' && statusOf(one) !== 'dormant') throw new UsageError((t) => t('usage.notDormant', { id }))
  return one
}

const withStatus = (item: Item, changes: ReadonlyMap<string, ItemStatus>): Item => ({
  ...item,
  status: changes.get(item.id) ?? item.status,
})
const itemsOf = ({ compiled }: CheckedFolder): Item[] => compiled.items.flatMap(({ item }) => (item ? [item] : []))

/** Where the changes make a pool too small, or smaller than the too small one it is. */
function newShortfalls(
  exam: ExamDefinition,
  checked: CheckedFolder,
  changes: ReadonlyMap<string, ItemStatus>,
): Shortfall[] {
  const before = itemsOf(checked)
  const after = before.map((item) => withStatus(item, changes))
  return exam.locales.flatMap((locale) =>
    exam.sections.flatMap((section) => {
      const known = shortfalls(section, before, locale)
      return shortfalls(section, after, locale).filter(
        (one) => !known.some(({ from, count }) => from === one.from && count <= one.count),
      )
    }),
  )
}

function describe(
  short: Shortfall,
  checked: CheckedFolder,
  changes: ReadonlyMap<string, ItemStatus>,
  language: Language,
): string {
  const asleep = itemsOf(checked)
    .filter(
      ({ id, topic, status, difficulty, wordings }) =>
        topic === short.topic &&
        status === 'dormant' &&
        !changes.has(id) &&
        difficulty >= short.from &&
        difficulty <= short.to &&
        wordings[short.locale],
    )
    .slice(0, MOST_CANDIDATES)
    .map(({ id }) => id)
  const lacking = short.need - short.count
  const t = textsOf(language)
  const dormant = asleep.length === 0 ? t('cli.retire.noneFits') : t('cli.retire.fit', { items: asleep.join(',') })
  return t('cli.retire.short', { pool: sentenceOf(shortfallText(short), language), lacking, dormant })
}

const keyOf = ({ file, rule, message }: Diagnostic): string => `${file} ${rule} ${message}`

/** Writes the files, then the lock, unless the exam would have errors that it has not now: then nothing is written. */
async function write(
  checked: CheckedFolder,
  texts: ReadonlyMap<string, { readonly before: string; readonly after: string }>,
  changes: ReadonlyMap<string, ItemStatus>,
  { language, terminal }: { readonly language: Language; readonly terminal: Terminal },
): Promise<ExitCode> {
  const files = checked.files.map(
    (file): SourceFile => ({ path: file.path, content: texts.get(file.path)?.after ?? file.content }),
  )
  const after = compileExam(files, { now: instant(terminal.now()), language })
  const known = new Set(checked.diagnostics.map(keyOf))
  const broken = after.diagnostics.filter((found) => found.severity === 'error' && !known.has(keyOf(found)))
  if (broken.length > 0) {
    terminal.out(formatDiagnostics(broken, 'text', language))
    return 1
  }
  for (const [path, { before, after: text }] of texts) {
    const target = join(checked.folder, path)
    if ((await lstat(target)).isSymbolicLink() || (await readFile(target, 'utf8')) !== before)
      throw new UsageError((t) => t('usage.changedMeanwhile', { path }))
    await replaceFile(target, text)
    terminal.out(relative(terminal.cwd, target))
  }
  await writeLock(
    checked,
    after.items.flatMap(({ item }) => (item && changes.has(item.id) ? [item] : [])),
    terminal.now(),
  )
  for (const [id, status] of changes) terminal.err(`${id}: ${STATUS_WORDS[status][language]}`)
  return 0
}

export const retireCommand = command({
  describe: (t) => t('command.retire'),
  options: (t) => ({
    why: { type: 'string', description: t('option.retire.why') },
    wake: { type: 'string', description: t('option.retire.wake'), valueHint: 'item,item' },
    force: { type: 'boolean', description: t('option.retire.force') },
  }),
  run: ({ args, language, terminal }) => {
    const [folder, ...items] = args._
    const { why, wake } = args
    return runRetire({ folder, items, why, wake, force: args.force === true, language }, terminal)
  },
})
