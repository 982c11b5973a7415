import type { Language } from '../authoring/diagnostic.ts'
import { type FormSimulation, simulateForms } from '../form/simulate-forms.ts'
import { type RetakeSimulation, simulateRetakes } from '../form/simulate-retakes.ts'
import type { Bank } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { publishable } from './lock-command.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

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
  const say = (ja: string, en: string) => (language === 'ja' ? ja : en)
  const never = exposure.filter(({ share }) => share === 0).map(({ item }) => item)
  const rare = [...coverage].sort((a, b) => a.share - b.share).slice(0, 5)
  const lines = [
    say(`${bank.exam.id}（${locale}）：${exposure.length}問から${papers}回の出題を試しました`, `${bank.exam.id} (${locale}): ${papers} papers drawn from ${exposure.length} items`),
    say(
      `  二人の問題の重なり：平均 ${percent(overlap.mean)}、95パーセンタイル ${percent(overlap.p95)}、最大 ${percent(overlap.most)}`,
      `  overlap of two papers: mean ${percent(overlap.mean)}, 95th percentile ${percent(overlap.p95)}, most ${percent(overlap.most)}`,
    ),
    say(
      `  ${workers}人が${papersEach}回ずつ受けたときの、本人の前の回との重なり：平均 ${percent(own.mean)}、95パーセンタイル ${percent(own.p95)}、最大 ${percent(own.most)}${cap === undefined ? '' : `（上限 ${percent(cap)}）`}`,
      `  overlap with one's own earlier papers, ${workers} people taking ${papersEach} each: mean ${percent(own.mean)}, 95th percentile ${percent(own.p95)}, most ${percent(own.most)}${cap === undefined ? '' : ` (cap ${percent(cap)})`}`,
    ),
    say(`  難易度の平均：${difficulty.mean.toFixed(2)}（標準偏差 ${difficulty.sd.toFixed(3)}）`, `  mean difficulty: ${difficulty.mean.toFixed(2)} (standard deviation ${difficulty.sd.toFixed(3)})`),
    say(`  重要な能力の問題：どの回も${fewestCritical}問以上`, `  items of critical skills: ${fewestCritical} or more on every paper`),
    say(
      `  よく出る問題：${exposure
        .slice(0, 5)
        .map(({ item, share }) => `${item} ${percent(share)}`)
        .join('、')}`,
      `  most shown: ${exposure
        .slice(0, 5)
        .map(({ item, share }) => `${item} ${percent(share)}`)
        .join(', ')}`,
    ),
    say(`  一度も出ない問題：${never.length === 0 ? 'なし' : never.join('、')}`, `  never shown: ${never.length === 0 ? 'none' : never.join(', ')}`),
    ...(decoys.length === 0 ? [] : [say(`  おとり${decoys.length}問：出た回数 ${shownDecoys}`, `  ${decoys.length} honeypots: drawn ${shownDecoys} times`)]),
    say(
      `  出にくい能力：${rare.map(({ skill, share }) => `${skill} ${percent(share)}`).join('、')}`,
      `  least measured skills: ${rare.map(({ skill, share }) => `${skill} ${percent(share)}`).join(', ')}`,
    ),
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
  throw new UsageError(`--locale must be ja or en, not ${written}`)
}

/** `kentei papers`: draws papers from the bank as the service would, and says what they have in common. */
export async function runPapers({ folders, count, locale, json, language }: PapersOptions, terminal: Terminal): Promise<ExitCode> {
  const papers = Number(count)
  if (!Number.isInteger(papers) || papers < 2 || papers > MOST_PAPERS) throw new UsageError(`--count must be a whole number from 2 to ${MOST_PAPERS}`)
  const wanted = readLocale(locale)
  let exit: ExitCode = 0
  for (const folder of await examFolders(folders, terminal)) {
    const bank = publishable(await checkFolder(folder, { now: terminal.now(), language }), language, terminal)
    if (!bank) {
      exit = 1
      continue
    }
    for (const drawn of wanted === undefined ? bank.exam.locales : [wanted]) {
      if (!bank.exam.locales.includes(drawn)) throw new UsageError(`${bank.exam.id} has no papers in ${drawn}`)
      const forms = simulateForms(bank, { locale: drawn, papers, seed: SEED })
      const retakes = simulateRetakes(bank, { locale: drawn, workers: Math.ceil(papers / bank.exam.retake.perYear), seed: SEED })
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
