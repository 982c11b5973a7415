import type { CompiledItem } from '../authoring/compare-locales.ts'
import { compileExam } from '../authoring/compile-exam.ts'
import type { Diagnostic } from '../authoring/diagnostic.ts'
import { findingsByItem } from '../authoring/findings-by-item.ts'
import { printLock, updateLock } from '../authoring/item-lock.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import { dayOf, lockIn } from '../cli/lock-command.ts'
import type { Bank } from '../item/bank.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { CompiledFiles, CompileWish, ExamFinding } from '../world/world.ts'

const MOST_FINDINGS = 5_000
/** On so many each practical task is tried, as at a start; who hands one in has tried it on more. */
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

/** Everything that is to be said of the files of an exam, and what was wished for besides. */
export function compileFiles(
  files: readonly SourceFile[],
  { language, item, bank: wantsBank }: CompileWish = {},
): CompiledFiles {
  const now = instant(Date.now())
  const compiled = compileExam(files, { now, seeds: SEEDS, ...(language ? { language } : {}) })
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
    ...(bank && wantsBank ? { bank } : {}),
    ...(lock === undefined ? {} : { lock }),
    ...(item === undefined ? {} : { shown: shownOf(compiled.items, item) }),
  }
}
