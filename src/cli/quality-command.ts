import type { Language } from '../authoring/diagnostic.ts'
import { strategies } from '../authoring/guess-keys.ts'
import { type BankMeasures, measureBank } from '../authoring/measure-bank.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

/** A strategy that beats chance by more than this many points tells something of the keys. */
const MOST_POINTS = 5

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

const strategyWords = {
  ja: { longest: 'いちばん長い選択肢', shortest: 'いちばん短い選択肢', middle: '中ほどの選択肢', echo: '問題文と言葉の重なる選択肢' },
  en: { longest: 'the longest option', shortest: 'the shortest option', middle: 'the middle option', echo: 'the option that repeats the stem' },
} as const

function describe(measured: BankMeasures, language: Language): string {
  const say = (ja: string, en: string) => (language === 'ja' ? ja : en)
  const { guessing, readability, skills } = measured
  const fewest = skills.slice(0, 5)
  const guesses = strategies.map((strategy) => {
    const points = (guessing.scores[strategy] - guessing.chance) * 100
    return `    ${Math.abs(points) > MOST_POINTS ? '✗' : '✓'} ${strategyWords[language][strategy]}: ${percent(guessing.scores[strategy])} (${points >= 0 ? '+' : '−'}${Math.abs(points).toFixed(1)})`
  })
  const positions = guessing.positions.map(
    ({ options, seen, chiSquare, limit }) => `    ${chiSquare > limit ? '✗' : '✓'} ${say(`選択肢${options}個`, `${options} options`)}: ${seen.join(' ')}  χ² = ${chiSquare.toFixed(2)} (1 %: ${limit})`,
  )
  return [
    `  ${measured.locale}: ${say(`公開中 ${measured.items}問（変数 ${measured.parametric}問、出典あり ${measured.withReferences}問）`, `${measured.items} live items (${measured.parametric} parametric, ${measured.withReferences} with references)`)}`,
    `    ${say('型', 'types')}: ${listed(measured.types)}`,
    `    ${say('水準', 'levels')}: ${listed(measured.levels)}`,
    `    ${say('難易度', 'difficulty')}: ${listed(measured.difficulties)}`,
    `    ${say('問題の少ない能力', 'skills with the fewest items')}: ${fewest.map(({ skill, items }) => `${skill} ${items}`).join(', ')}`,
    `    ${say('一文の長さ', 'sentence length')}: ${readability.meanLength.toFixed(1)}, ${say('最長', 'longest')} ${readability.longest}${readability.kanji === undefined ? '' : `, ${say('漢字の割合', 'kanji')} ${percent(readability.kanji)}`}`,
    `  ${say(`知らずに選ぶと（単一選択 ${guessing.items}問、偶然 ${percent(guessing.chance)}）`, `guessing (${guessing.items} single-choice items, chance ${percent(guessing.chance)})`)}`,
    ...guesses,
    `    ${say('正解がただ一つの最長', 'keys that are the one longest option')}: ${percent(guessing.longestKeys)}`,
    ...positions,
  ].join('\n')
}

/** Also a strategy that fails too often gives something away: what it would pick can be struck out. */
const isGuessable = ({ guessing: { scores, chance, positions } }: BankMeasures): boolean =>
  strategies.some((strategy) => Math.abs(scores[strategy] - chance) * 100 > MOST_POINTS) || positions.some(({ chiSquare, limit }) => chiSquare > limit)

/** `kentei quality`: the banks in numbers, and how far guessing gets. Exit 1 when a naive strategy is more than five points off chance. */
export async function runQuality({ folders, json, language }: { readonly folders: readonly string[]; readonly json: boolean; readonly language: Language }, terminal: Terminal): Promise<ExitCode> {
  let exit: ExitCode = 0
  const all: object[] = []
  for (const folder of await examFolders(folders, terminal)) {
    if (folder.endsWith('.md')) throw new UsageError('name an exam folder, not a file')
    const { compiled, diagnostics } = await checkFolder(folder, { now: terminal.now(), language })
    const measures = measureBank(compiled)
    if (measures.some(isGuessable)) exit = 1
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length
    const exam = compiled.exam?.id ?? folder
    all.push({ exam, errors, warnings: diagnostics.length - errors, locales: measures })
    if (!json) terminal.out([`${exam}: ${errors} errors, ${diagnostics.length - errors} warnings`, ...measures.map((measured) => describe(measured, language))].join('\n'))
  }
  if (json) terminal.out(JSON.stringify(all, null, 2))
  return exit
}
