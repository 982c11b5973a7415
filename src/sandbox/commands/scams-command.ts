import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ExitCode } from '../../platform/words/command-line.ts'
import { createDetector } from '../detector/judge/detector.ts'
import { openCommittedModel } from '../detector/judge/model.ts'
import { drawScams, type ScamWords } from '../simulation/scams/draw-scams.ts'
import { openWholeScore } from '../simulation/scams/judges.ts'
import { type Market, markets, studyScams, YEAR_DAYS } from '../simulation/scams/study-scams.ts'
import { writeScams } from '../simulation/scams/write-scams.ts'
import { readModelFile, showPath } from './read-files.ts'
import { openProgress } from './simulate/progress.ts'
import type { Terminal } from './terminal.ts'
import { type Language, textsOf } from './texts.ts'

const SEEDS = 12

/** `sandbox simulate --scams`: years in memory with scammers who learn, as it was before and as it is. */
export async function runStudyOfScams(
  options: { readonly out: string; readonly model?: string | undefined; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  const [t, english] = [textsOf(options.language), textsOf('en')]
  const model = options.model
    ? await readModelFile(resolve(terminal.cwd, options.model), options.model)
    : openCommittedModel()
  const { score } = createDetector(model)
  const begun = terminal.now()
  const seconds = () => (terminal.now() - begun) / 1_000
  const whole = () => seconds().toFixed(0)
  const years = 2 * SEEDS
  const bar = openProgress(terminal, years, t('sandbox.study.begin', { years }))
  const study = await studyScams(
    { seeds: SEEDS, days: YEAR_DAYS, scores: { before: openWholeScore(model), now: score } },
    (done, market) =>
      bar.advance(done, t('sandbox.study.year', { part: t(`sandbox.scams.market.${market}`), seconds: whole() })),
  )
  bar.stop(t('sandbox.study.end', { years, seconds: whole() }))
  const words: ScamWords = {
    market: (market) => english(`sandbox.scams.market.${market}`),
    tactic: (tactic) => english(`sandbox.scams.tactic.${tactic}`),
  }
  const files = new Map([
    ['scams.md', writeScams(study, { seconds: seconds(), days: YEAR_DAYS, model: model.version, words })],
    ['scams.svg', drawScams(study, words)],
  ])
  const folder = resolve(terminal.cwd, options.out)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const [name, text] of files) await writeFile(join(folder, name), text)
  const mean = (name: 'lost' | 'unseen' | 'hurt', market: Market) => study.figures[name][market]?.mean ?? 0
  for (const market of markets) {
    const told = t('sandbox.scams.found', {
      yen: Math.round(mean('lost', market)),
      percent: Math.round(100 * mean('unseen', market)),
      hurt: Math.round(mean('hurt', market)),
    })
    terminal.out(t('sandbox.told', { what: t(`sandbox.scams.market.${market}`), told }))
  }
  terminal.out(t('sandbox.told', { what: showPath(terminal.cwd, folder), told: [...files.keys()].join(', ') }))
  return 0
}
