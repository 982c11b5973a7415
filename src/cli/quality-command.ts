import { strategies } from '../authoring/guess-keys.ts'
import { type BankMeasures, measureBank } from '../authoring/measure-bank.ts'
import type { Language } from '../authoring/said.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

/** A strategy that beats chance by more than this many points tells something of the keys. */
const MOST_POINTS = 5

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

function describe(measured: BankMeasures, language: Language): string {
  const t = textsOf(language)
  const { guessing, readability, skills } = measured
  const fewest = skills.slice(0, 5)
  const guesses = strategies.map((strategy) => {
    const points = (guessing.scores[strategy] - guessing.chance) * 100
    return `    ${Math.abs(points) > MOST_POINTS ? '✗' : '✓'} ${t(`cli.quality.${strategy}`)}: ${percent(guessing.scores[strategy])} (${points >= 0 ? '+' : '−'}${Math.abs(points).toFixed(1)})`
  })
  const positions = guessing.positions.map(
    ({ options, seen, chiSquare, limit }) =>
      `    ${chiSquare > limit ? '✗' : '✓'} ${t('cli.quality.options', { options })}: ${seen.join(' ')}  χ² = ${chiSquare.toFixed(2)} (1 %: ${limit})`,
  )
  return [
    `  ${measured.locale}: ${t('cli.quality.live', { items: measured.items, parametric: measured.parametric, withReferences: measured.withReferences })}`,
    `    ${t('cli.quality.types')}: ${listed(measured.types)}`,
    `    ${t('cli.quality.levels')}: ${listed(measured.levels)}`,
    `    ${t('cli.quality.difficulty')}: ${listed(measured.difficulties)}`,
    `    ${t('cli.quality.fewest')}: ${fewest.map(({ skill, items }) => `${skill} ${items}`).join(', ')}`,
    `    ${t('cli.quality.sentences')}: ${readability.meanLength.toFixed(1)}, ${t('cli.quality.longestSentence')} ${readability.longest}${readability.kanji === undefined ? '' : `, ${t('cli.quality.kanji')} ${percent(readability.kanji)}`}`,
    `  ${t('cli.quality.guessing', { items: guessing.items, chance: percent(guessing.chance) })}`,
    ...guesses,
    `    ${t('cli.quality.longestKeys')}: ${percent(guessing.longestKeys)}`,
    ...positions,
  ].join('\n')
}

/** Also a strategy that fails too often gives something away: what it would pick can be struck out. */
const isGuessable = ({ guessing: { scores, chance, positions } }: BankMeasures): boolean =>
  strategies.some((strategy) => Math.abs(scores[strategy] - chance) * 100 > MOST_POINTS) ||
  positions.some(({ chiSquare, limit }) => chiSquare > limit)

/** `kentei quality`: the banks in numbers, and how far guessing gets. Exit 1 when a naive strategy is more than five points off chance. */
export async function runQuality(
  {
    folders,
    json,
    language,
  }: { readonly folders: readonly string[]; readonly json: boolean; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  let exit: ExitCode = 0
  const all: object[] = []
  for (const folder of await examFolders(folders, terminal)) {
    if (folder.endsWith('.md')) throw new UsageError((t) => t('usage.folderNotFile'))
    const { compiled, diagnostics } = await checkFolder(folder, { now: terminal.now(), language })
    const measures = measureBank(compiled)
    if (measures.some(isGuessable)) exit = 1
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length
    const exam = compiled.exam?.id ?? folder
    all.push({ exam, errors, warnings: diagnostics.length - errors, locales: measures })
    if (!json)
      terminal.out(
        [
          `${exam}: ${errors} errors, ${diagnostics.length - errors} warnings`,
          ...measures.map((measured) => describe(measured, language)),
        ].join('\n'),
      )
  }
  if (json) terminal.out(JSON.stringify(all, null, 2))
  return exit
}
