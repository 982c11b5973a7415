import type { CompiledItem } from '../authoring/compare-locales.ts'
import { compileExam } from '../authoring/compile-exam.ts'
import type { Diagnostic } from '../authoring/diagnostic.ts'
import { findingsByItem } from '../authoring/findings-by-item.ts'
import type { Loss } from '../authoring/formats/exchange.ts'
import { planImport, slugOf, targetIn } from '../authoring/formats/plan-import.ts'
import { detectFormat, IMPORT_FORMATS, readExchange } from '../authoring/formats/read-exchange.ts'
import { printLock, updateLock } from '../authoring/item-lock.ts'
import { itemSkeleton } from '../authoring/print-bank.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import { tryBank } from '../authoring/try-bank.ts'
import { dayOf, lockIn } from '../cli/lock-command.ts'
import { textsOf } from '../cli/texts.ts'
import { showFile } from '../desk/show-file.ts'
import type { Bank } from '../item/bank.ts'
import type { ItemType } from '../item/item.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { CompiledFiles, CompileWish, ExamFinding, ImportedFiles } from '../world/world.ts'

const MOST_FINDINGS = 5_000
/** On so many each practical task is tried, as at a start; one that is handed in changed, on more. */
const SEEDS = 1

/** The public part of an item, from the stems alone. */
function shownOf(items: readonly CompiledItem[], id: string): CompiledFiles['shown'] {
  const variants = items.find(({ variants: [one] }) => one?.source.id === id)?.variants ?? []
  return Object.fromEntries(
    variants.flatMap(({ locale, wording, source, bank: { defaults } }) =>
      wording
        ? [
            [
              locale,
              {
                stem: wording.stem,
                variables: wording.variables ?? [],
                points: source.pills.points ?? defaults.points ?? 1,
              },
            ],
          ]
        : [],
    ),
  )
}

/** The record of what was published, with what these files would publish today. */
function lockOf(files: readonly SourceFile[], bank: Bank, now: Instant): string | undefined {
  const lock = lockIn({ files })
  return lock && printLock(updateLock(lock, bank.items, dayOf(now)))
}

/** What a file of another system would make of these, with a sentence for each thing that does not come through. */
function importItems(
  files: readonly SourceFile[],
  { name, bytes, locale, topic }: NonNullable<CompileWish['import']>,
  language: Language,
): ImportedFiles {
  const nothing = { writes: [], losses: [], items: [] }
  const format = detectFormat(name, bytes)
  if (!format)
    return {
      ...nothing,
      problem: textsOf(language)('usage.detectFormat', { file: name, known: IMPORT_FORMATS.join('|') }),
    }
  const read = readExchange(bytes, format, locale)
  if (!read.ok) return { ...nothing, problem: sentenceOf(read.problem.message, language) }
  const target = targetIn(files, 'exam')
  if ('unreadable' in target)
    return { ...nothing, problem: textsOf(language)('usage.unreadable', { path: target.unreadable }) }
  const { writes, reports, losses } = planImport(read.value, { target, locale, topic, otherTopic: slugOf(name) })
  const said = (all: readonly Loss[]) => all.map(({ message }) => sentenceOf(message, language))
  return { writes, losses: said(losses), items: reports.map((one) => ({ ...one, losses: said(one.losses) })) }
}

/** Everything that is to be said of the files of an exam, and what was wished for besides. */
export function compileFiles(files: readonly SourceFile[], wish: CompileWish = {}): CompiledFiles {
  const { language, item, bank: wantsBank, skeleton, changedTasks = [] } = wish
  if (skeleton) return { findings: [], skeleton: itemSkeleton(skeleton.id, skeleton.type as ItemType, skeleton.locale) }
  if (wish.import) return { findings: [], imported: importItems(files, wish.import, language ?? 'ja') }
  const now = instant(Date.now())
  const compiled = compileExam(files, {
    now,
    seeds: SEEDS,
    changedTasks: new Set(changedTasks),
    ...(language ? { language } : {}),
  })
  const { byItem, elsewhere } = findingsByItem(compiled.items, files, compiled.diagnostics)
  const finding = ({ file, line, column, ...said }: Diagnostic, item?: string): ExamFinding => ({
    ...said,
    where: `${file}:${line}:${column}`,
    ...(item === undefined ? {} : { item }),
  })
  const findings = [
    ...[...byItem].flatMap(([item, found]) => found.map((one) => finding(one, item.variants[0]?.source.id))),
    ...elsewhere.map((one) => finding(one)),
  ]
  const { bank } = compiled
  const lock = bank && wantsBank ? lockOf(files, bank, now) : undefined
  return {
    findings: findings.slice(0, MOST_FINDINGS),
    ...(bank ? { hash: bank.hash } : {}),
    ...(bank && wantsBank ? { bank, trial: tryBank(bank, compiled) } : {}),
    ...(lock === undefined ? {} : { lock }),
    ...(item === undefined ? {} : { shown: shownOf(compiled.items, item) }),
    ...(wish.view === undefined
      ? {}
      : { view: showFile(files, { path: wish.view, skill: item, language: language ?? 'ja' }) }),
  }
}
