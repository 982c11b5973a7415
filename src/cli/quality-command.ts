import { spawn } from 'node:child_process'
import { FEWEST_ITEMS, MOST_HITS, type OptionsOnly } from '../authoring/adversary.ts'
import { strategies } from '../authoring/guess-keys.ts'
import { type BankMeasures, measureBank, optionsOnlyOf } from '../authoring/measure-bank.ts'
import type { Language } from '../authoring/said.ts'
import type { Locale } from '../item/item.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { command, jsonOption, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

/** What a program picked that was shown the options only. `hits` is the share of all items, 0..1; an item without an answer is a miss. */
interface OpponentScore {
  readonly items: number
  readonly answered: number
  readonly hits: number
}

/** A program that answers later, or says more, is stopped. */
const LONGEST_MS = 600_000
const MOST_CHARACTERS = 1_000_000

/**
 * Asks a program of the author's own, which the shell starts. It reads one line of JSON for each item, `{"locale":"ja","options":["…","…"]}`,
 * and prints one line for each: the number of the option it picks, from 1. Lines that are no such number pick nothing.
 */
async function askOpponent(
  command: string,
  locale: Locale,
  questions: readonly OptionsOnly[],
  cwd: string,
): Promise<OpponentScore> {
  const printed = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new UsageError((t) => t('usage.opponentFailed', { why })))
    const program = spawn(command, { shell: true, cwd, stdio: ['pipe', 'pipe', 'inherit'], timeout: LONGEST_MS })
    let text = ''
    program.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.length > MOST_CHARACTERS) program.kill()
    })
    program.on('error', (error) => fail(error.message))
    program.on('close', (code, signal) => (code === 0 ? resolve(text) : fail(signal ?? `exit ${code}`)))
    // a program that answers without reading closes its end first: its answers count all the same
    program.stdin.on('error', () => {})
    program.stdin.end(questions.map(({ options }) => `${JSON.stringify({ locale, options })}\n`).join(''))
  })
  const lines = printed.split('\n')
  const picks = questions.map(({ options }, i) => {
    const pick = Number(lines[i]?.trim() || Number.NaN)
    return Number.isInteger(pick) && pick >= 1 && pick <= options.length ? pick - 1 : undefined
  })
  return {
    items: questions.length,
    answered: picks.filter((pick) => pick !== undefined).length,
    hits: questions.filter(({ key }, i) => picks[i] === key).length / Math.max(1, questions.length),
  }
}

/** A strategy that beats chance by more than this many points tells something of the keys. */
const MOST_POINTS = 5

/** Who picks one of four sentences shows the least; who reads a table, a picture or data does what the work asks. */
const MOST_OF_FOUR = 0.2
const LEAST_MATERIAL = 0.4

/** The cues that tell most; all of them are in the JSON. */
const SHOWN_CUES = 8

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
const mark = (isMissed: boolean): string => (isMissed ? '✗' : '✓')
const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

const picksTooMuch = ({ items, ofFour }: BankMeasures): boolean => ofFour > items * MOST_OF_FOUR
const showsTooLittle = ({ items, withMaterial }: BankMeasures): boolean => withMaterial < items * LEAST_MATERIAL

function describe(
  measured: BankMeasures,
  opponent: OpponentScore | undefined,
  isTried: boolean,
  language: Language,
): string {
  const t = textsOf(language)
  const { adversary, guessing, readability, skills } = measured
  const fewest = skills.slice(0, 5)
  const shareOf = (items: number) => percent(items / measured.items)
  const guesses = strategies.map((strategy) => {
    const points = (guessing.scores[strategy] - guessing.chance) * 100
    return `    ${mark(Math.abs(points) > MOST_POINTS)} ${t(`cli.quality.${strategy}`)}: ${percent(guessing.scores[strategy])} (${points >= 0 ? '+' : '−'}${Math.abs(points).toFixed(1)})`
  })
  const positions = guessing.positions.map(
    ({ options, seen, chiSquare, limit }) =>
      `    ${mark(chiSquare > limit)} ${t('cli.quality.options', { options })}: ${seen.join(' ')}  χ² = ${chiSquare.toFixed(2)} (1 %: ${limit})`,
  )
  return [
    `  ${measured.locale}: ${t('cli.quality.live', { items: measured.items, parametric: measured.parametric, withReferences: measured.withReferences })}`,
    `    ${t('cli.quality.types')}: ${listed(measured.types)}`,
    `    ${mark(picksTooMuch(measured))} ${t('cli.quality.ofFour', { items: measured.ofFour, share: shareOf(measured.ofFour), limit: percent(MOST_OF_FOUR) })}`,
    `    ${mark(showsTooLittle(measured))} ${t('cli.quality.material', { items: measured.withMaterial, share: shareOf(measured.withMaterial), limit: percent(LEAST_MATERIAL) })}`,
    `    ${t('cli.quality.levels')}: ${listed(measured.levels)}`,
    `    ${t('cli.quality.difficulty')}: ${listed(measured.difficulties)}`,
    `    ${t('cli.quality.fewest')}: ${fewest.map(({ skill, items }) => `${skill} ${items}`).join(', ')}`,
    `    ${t('cli.quality.sentences')}: ${readability.meanLength.toFixed(1)}, ${t('cli.quality.longestSentence')} ${readability.longest}${readability.kanji === undefined ? '' : `, ${t('cli.quality.kanji')} ${percent(readability.kanji)}`}`,
    `  ${t('cli.quality.guessing', { items: guessing.items, chance: percent(guessing.chance) })}`,
    ...guesses,
    `    ${t('cli.quality.longestKeys')}: ${percent(guessing.longestKeys)}`,
    ...positions,
    ...(adversary
      ? [
          `  ${mark(adversary.hits > MOST_HITS)} ${t('cli.quality.adversary', { items: adversary.items, hits: percent(adversary.hits), limit: percent(MOST_HITS) })}`,
          `    ${t('cli.quality.cues')}: ${adversary.cues
            .slice(0, SHOWN_CUES)
            .map(({ cue, weight }) => `${cue} ${weight >= 0 ? '+' : '−'}${Math.abs(weight).toFixed(2)}`)
            .join(', ')}`,
        ]
      : isTried
        ? [`  ${t('cli.quality.tooFew', { items: guessing.items, least: FEWEST_ITEMS })}`]
        : []),
    ...(opponent
      ? [
          `  ${t('cli.quality.opponent', { hits: percent(opponent.hits), answered: opponent.answered, items: opponent.items })}`,
        ]
      : []),
  ].join('\n')
}

/** Also a strategy that fails too often gives something away: what it would pick can be struck out. */
const isGuessable = ({ adversary, guessing: { scores, chance, positions } }: BankMeasures): boolean =>
  (adversary?.hits ?? 0) > MOST_HITS ||
  strategies.some((strategy) => Math.abs(scores[strategy] - chance) * 100 > MOST_POINTS) ||
  positions.some(({ chiSquare, limit }) => chiSquare > limit)

/**
 * `kentei quality`: the banks in numbers, and how far guessing gets. Exit 1 when a naive strategy is more than five points off
 * chance, when more than a fifth of the items pick one of four or fewer than 40 % carry a table, a picture or data, or when an
 * adversary who learns how keys sound was asked for and picks more than `MOST_HITS` of them. What an opponent
 * of the author's own picks is only said.
 */
async function runQuality(
  {
    folders,
    json,
    adversary,
    opponent,
    language,
  }: {
    readonly folders: readonly string[]
    readonly json: boolean
    readonly adversary: boolean
    /** A command line, for the shell. */
    readonly opponent?: string
    readonly language: Language
  },
  terminal: Terminal,
): Promise<ExitCode> {
  let exit: ExitCode = 0
  const all: object[] = []
  for (const folder of await examFolders(folders, terminal)) {
    if (folder.endsWith('.md')) throw new UsageError((t) => t('usage.folderNotFile'))
    const { compiled, diagnostics } = await checkFolder(folder, { now: terminal.now(), language })
    const measures = measureBank(compiled, { adversary })
    const opponents = new Map<string, OpponentScore>()
    if (opponent !== undefined)
      for (const { locale } of measures)
        opponents.set(locale, await askOpponent(opponent, locale, optionsOnlyOf(compiled, locale), terminal.cwd))
    if (measures.some((measured) => isGuessable(measured) || picksTooMuch(measured) || showsTooLittle(measured)))
      exit = 1
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length
    const exam = compiled.exam?.id ?? folder
    all.push({
      exam,
      errors,
      warnings: diagnostics.length - errors,
      locales: measures.map((measured) => ({ ...measured, opponent: opponents.get(measured.locale) })),
    })
    if (!json)
      terminal.out(
        [
          `${exam}: ${errors} errors, ${diagnostics.length - errors} warnings`,
          ...measures.map((measured) => describe(measured, opponents.get(measured.locale), adversary, language)),
        ].join('\n'),
      )
  }
  if (json) terminal.out(JSON.stringify(all, null, 2))
  return exit
}

export const qualityCommand = command({
  describe: (t) => t('command.quality'),
  options: (t) => ({
    adversary: { type: 'boolean', description: t('option.quality.adversary') },
    opponent: { type: 'string', description: t('option.quality.opponent'), valueHint: 'command' },
    ...jsonOption(t),
  }),
  run: ({ args, language, terminal }) => {
    const flags = { json: args.json === true, adversary: args.adversary === true }
    return runQuality({ folders: args._, ...flags, opponent: args.opponent, language }, terminal)
  },
})
