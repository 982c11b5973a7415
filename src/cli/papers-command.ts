import type { Language } from '../authoring/said.ts'
import { type FormSimulation, type RetakeSimulation, simulateForms, simulateRetakes } from '../form/simulate-forms.ts'
import type { Bank } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { publishable } from './lock-command.ts'
import { command, jsonOption, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

const MOST_PAPERS = 10_000
const SEED = '5eed'.repeat(8)

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

interface Simulated {
  readonly forms: FormSimulation
  readonly retakes: RetakeSimulation
}

/** What the simulations say, for people. */
function describe(bank: Bank, locale: Locale, { forms, retakes }: Simulated, language: Language): string {
  const { papers, overlap, exposure, coverage, difficulty, fewestCritical, decoys } = forms
  const { workers, papersEach, overlap: own } = retakes
  const cap = bank.exam.mostOwnOverlap
  const shownDecoys = decoys.reduce((sum, { papers: times }) => sum + times, 0)
  const t = textsOf(language)
  const listed = (words: readonly string[]) => words.join(t('between.comma'))
  const never = exposure.filter(({ share }) => share === 0).map(({ item }) => item)
  const rare = [...coverage].sort((a, b) => a.share - b.share).slice(0, 5)
  const spread = ({ mean, p95, most }: Readonly<Record<'mean' | 'p95' | 'most', number>>) => ({
    mean: percent(mean),
    p95: percent(p95),
    most: percent(most),
  })
  const lines = [
    t('cli.papers.drawn', { exam: bank.exam.id, locale, papers, items: exposure.length }),
    `  ${t('cli.papers.overlap', spread(overlap))}`,
    `  ${t('cli.papers.ownOverlap', { workers, papersEach, ...spread(own), cap: cap === undefined ? '' : t('cli.papers.cap', { cap: percent(cap) }) })}`,
    `  ${t('cli.papers.difficulty', { mean: difficulty.mean.toFixed(2), sd: difficulty.sd.toFixed(3) })}`,
    `  ${t('cli.papers.critical', { fewest: fewestCritical })}`,
    `  ${t('cli.papers.mostShown', { items: listed(exposure.slice(0, 5).map(({ item, share }) => `${item} ${percent(share)}`)) })}`,
    `  ${t('cli.papers.never', { items: never.length === 0 ? t('cli.papers.none') : listed(never) })}`,
    ...(decoys.length === 0 ? [] : [`  ${t('cli.papers.honeypots', { count: decoys.length, times: shownDecoys })}`]),
    `  ${t('cli.papers.rareSkills', { skills: listed(rare.map(({ skill, share }) => `${skill} ${percent(share)}`)) })}`,
  ]
  return lines.join('\n')
}

export interface PapersOptions {
  readonly folders: readonly string[]
  readonly count: string
  readonly locale: string | undefined
  readonly json: boolean
  readonly language: Language
}

function readLocale(written: string | undefined): Locale | undefined {
  if (written === undefined || written === 'ja' || written === 'en') return written
  throw new UsageError((t) => t('usage.jaOrEn', { option: '--locale', written }))
}

/** `kentei papers`: draws papers from the bank as the service would, and says what they have in common. */
async function runPapers(
  { folders, count, locale, json, language }: PapersOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const papers = Number(count)
  if (!Number.isInteger(papers) || papers < 2 || papers > MOST_PAPERS)
    throw new UsageError((t) => t('usage.count', { option: '--count', most: MOST_PAPERS }))
  const wanted = readLocale(locale)
  let exit: ExitCode = 0
  for (const folder of await examFolders(folders, terminal)) {
    const bank = publishable(await checkFolder(folder, { now: terminal.now(), language }), language, terminal)
    if (!bank) {
      exit = 1
      continue
    }
    for (const drawn of wanted === undefined ? bank.exam.locales : [wanted]) {
      if (!bank.exam.locales.includes(drawn))
        throw new UsageError((t) => t('usage.noPapers', { exam: bank.exam.id, locale: drawn }))
      const forms = simulateForms(bank, { locale: drawn, papers, seed: SEED })
      const retakes = simulateRetakes(bank, {
        locale: drawn,
        workers: Math.ceil(papers / bank.exam.retake.perYear),
        seed: SEED,
      })
      const { overlap, difficulty, ...rest } = forms
      const plain = {
        exam: bank.exam.id,
        locale: drawn,
        ...rest,
        overlap: { mean: overlap.mean, p95: overlap.p95, most: overlap.most },
        difficulty: { mean: difficulty.mean, sd: difficulty.sd },
        retakes,
      }
      terminal.out(json ? JSON.stringify(plain) : describe(bank, drawn, { forms, retakes }, language))
    }
  }
  return exit
}

export const papersCommand = command({
  describe: (t) => t('command.papers'),
  options: (t) => ({
    count: { type: 'string', description: t('option.papers.count'), default: '1000' },
    locale: { type: 'string', description: t('option.papers.locale'), valueHint: 'ja|en' },
    ...jsonOption(t),
  }),
  run: ({ args, language, terminal }) => {
    const { count, locale } = args
    return runPapers({ folders: args._, count, locale, json: args.json === true, language }, terminal)
  },
})
