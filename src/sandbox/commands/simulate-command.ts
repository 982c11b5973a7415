import { access, constants, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ExitCode } from '../../platform/words/command-line.ts'
import { createDetector, type Detector } from '../detector/judge/detector.ts'
import type { LabelledPost } from '../detector/learn/labelled-posts.ts'
import { trainDetector } from '../detector/learn/train.ts'
import type { OpenPair, Pair } from '../pair.ts'
import { chance, hexSeed, streamOf } from '../simulation/draw.ts'
import { drawPlot } from '../simulation/draw-plot.ts'
import { drawStudy } from '../simulation/fast/draw-study.ts'
import { type Gate, runStudy, YEARS_LIVED } from '../simulation/fast/judge-gates.ts'
import { type StudyWords, writeStudy } from '../simulation/fast/write-study.ts'
import { drawPopulation, type PopulationOptions } from '../simulation/population.ts'
import { summariseYear } from '../simulation/summarise-year.ts'
import { writeReport } from '../simulation/write-report.ts'
import { readLabelledSet, readModelFile, showPath } from './read-files.ts'
import type { Check } from './simulate/check.ts'
import { checkMoney } from './simulate/check-money.ts'
import { checkPersons } from './simulate/check-persons.ts'
import { checkSecrets } from './simulate/check-secrets.ts'
import { checkSides } from './simulate/check-sides.ts'
import { dataFiles, detectorFigures, newcomersOf } from './simulate/outcome.ts'
import { openProgress } from './simulate/progress.ts'
import { runYear } from './simulate/run-year.ts'
import { Visitors } from './simulate/visitors.ts'
import { Year } from './simulate/year.ts'
import { type Terminal, UsageError } from './terminal.ts'
import { type Language, type Translate, textsOf } from './texts.ts'

export interface SimulateOptions extends PopulationOptions {
  /** Folder for report, plot and data. */
  readonly out: string
  /** Share of the marketplace's events that get lost on the way, 0..1. */
  readonly lose: number
  /** A model to judge the posts by; one that has not seen their author is trained without it. */
  readonly model?: string | undefined
  readonly language: Language
}

/** The author whose posts are posted, and whom the detector is not trained on. */
const HELD_OUT = 'ja6'
const STARTS_AT = '2027-01-04T00:00:00.000Z'
/** A file system in memory, where there is one: what is thrown away needs no disk. */
const MEMORY = '/dev/shm'

async function makeFolder(): Promise<string> {
  const inMemory = await access(MEMORY, constants.W_OK).then(
    () => true,
    () => false,
  )
  return mkdtemp(join(inMemory ? MEMORY : tmpdir(), 'kentei-simulate-'))
}

async function openDetectorFor(
  options: SimulateOptions,
  posts: readonly LabelledPost[],
  terminal: Terminal,
): Promise<{ readonly detector: Detector; readonly told: string }> {
  if (options.model !== undefined) {
    const model = await readModelFile(resolve(terminal.cwd, options.model), options.model)
    return { detector: createDetector(model), told: `Model ${model.version} of ${options.model}` }
  }
  terminal.err(textsOf(options.language)('sandbox.simulate.training', { author: HELD_OUT }))
  const model = trainDetector(
    posts.filter(({ author }) => author !== HELD_OUT),
    { seed: hexSeed(streamOf(options.seed, 'detector')) },
  )
  if (!model.ok) throw new UsageError((t) => t('sandbox.usage.tooLittle', { author: HELD_OUT }))
  return {
    detector: createDetector(model.value),
    told: `A detector trained without the author of these posts (${model.value.trainedOn.posts} posts of ${model.value.trainedOn.authors} others)`,
  }
}

async function checkYear(year: Year) {
  // what the checks themselves read is watched as well
  const sides = await checkSides(year)
  const persons = await checkPersons(year)
  const { checks: money, paid, statuses } = await checkMoney(year)
  const checks: readonly Check[] = [...money, ...(await checkSecrets(year)), ...sides, ...persons]
  return { checks, paid, statuses }
}

async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const [name, text] of files) await writeFile(join(folder, name), text)
}

const sorted = (counts: ReadonlyMap<string, number>): (readonly [string, number])[] =>
  [...counts].sort((a, b) => b[1] - a[1])

const marked = (holds: boolean, said: string): string => `${holds ? '✓' : '✗'} ${said}`

/** What the year showed, as files by name. They are in English. */
function reportFiles(
  year: Year,
  found: Awaited<ReturnType<typeof checkYear>>,
  of: { readonly told: string; readonly seconds: number },
): ReadonlyMap<string, string> {
  const { options, visitors } = year
  const summary = summariseYear(newcomersOf(year), year.census, options.days)
  const english = textsOf('en')
  const about = `${options.workers} workers, ${options.clients} clients, ${options.days} days; exam ability and quality correlate by ρ = ${options.rho}; seed ${options.seed}`
  const report = writeReport({
    options,
    summary,
    checks: found.checks.map(({ name, holds, detail }) => ({ name: name(english), holds, detail: detail(english) })),
    happened: sorted(year.happened),
    contracts: sorted(found.statuses),
    paidYen: found.paid,
    detector: detectorFigures(year, of.told),
    requests: visitors.watched.requests,
    wireCalls: visitors.watched.wireCalls,
    refusals: sorted(visitors.watched.refusals),
    seconds: of.seconds,
  })
  return new Map([['report.md', report], ['plot.svg', drawPlot(summary, about)], ...dataFiles(year, summary)])
}

/** Opens both services in a folder that is gone afterwards, and lets `act` live a year in them. */
async function inPair<T>(
  openPair: OpenPair,
  of: { readonly root: string; readonly seed: number; readonly lose: number; readonly detector: Detector },
  act: (pair: Pair, visitors: Visitors) => Promise<T>,
): Promise<T> {
  const directory = await makeFolder()
  const [papers, losses] = [streamOf(of.seed, 'papers'), streamOf(of.seed, 'losses')]
  let pair: Pair | undefined
  const visitors = new Visitors(() => pair as Pair)
  const losesEvent = () => {
    const lost = of.lose > 0 && chance(losses, of.lose)
    if (lost) visitors.watched.eventsLost += 1
    return lost
  }
  try {
    pair = await openPair({
      directory,
      root: of.root,
      startsAt: STARTS_AT,
      detect: of.detector.score,
      nextSeed: () => hexSeed(papers),
      watch: (call) => visitors.watch(call),
      losesEvent,
    })
    return await act(pair, visitors)
  } finally {
    await pair?.close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** `sandbox simulate`: a scripted year through the APIs of both services; ends with 1 when something does not hold that has to. */
export async function runSimulate(
  options: SimulateOptions,
  terminal: Terminal,
  surroundings: { readonly root: string; readonly openPair: OpenPair },
): Promise<ExitCode> {
  const { root, openPair } = surroundings
  const { workers, clients, days, language } = options
  const t = textsOf(language)
  const begun = terminal.now()
  const seconds = () => (terminal.now() - begun) / 1_000
  const whole = () => seconds().toFixed(0)
  const labelled = await readLabelledSet(root)
  const { detector, told } = await openDetectorFor(options, labelled, terminal)
  const posts = labelled.filter(({ author }) => author === HELD_OUT)
  const { checks, files } = await inPair(
    openPair,
    { root, seed: options.seed, lose: options.lose, detector },
    async (pair, visitors) => {
      const year = new Year({ options, pair, visitors, posts, people: drawPopulation(options) })
      const bar = openProgress(terminal, days, t('sandbox.simulate.begin', { workers, clients, days }))
      await runYear(year, (day) => {
        const contracts = year.times('contracts')
        bar.advance(day, t('sandbox.simulate.day', { day, contracts, seconds: whole() }))
      })
      bar.stop(t('sandbox.simulate.checking', { days, seconds: whole() }))
      const found = await checkYear(year)
      return { checks: found.checks, files: reportFiles(year, found, { told, seconds: seconds() }) }
    },
  )
  for (const { name, holds, detail } of checks)
    terminal.out(marked(holds, t('sandbox.told', { what: name(t), told: detail(t) })))
  const folder = resolve(terminal.cwd, options.out)
  await writeAll(folder, files)
  terminal.out(t('sandbox.told', { what: showPath(terminal.cwd, folder), told: [...files.keys()].join(', ') }))
  return checks.every(({ holds }) => holds) ? 0 : 1
}

function sayGate(gate: Gate, t: Translate): string {
  const what = t(`sandbox.gate.${gate.name}`)
  const told = () => {
    switch (gate.name) {
      case 'unskilled':
        return t('sandbox.found.unskilled', gate.found)
      case 'intervals':
        return t('sandbox.found.intervals', gate.found)
      default:
        return gate.found
    }
  }
  return marked(gate.holds, t('sandbox.told', { what, told: told() }))
}

/** `sandbox simulate --fast`: the years of a study in memory; ends with 1 when newcomers are not noticed as they have to be. */
export async function runStudyOfNoticed(
  options: { readonly out: string; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  const [t, english] = [textsOf(options.language), textsOf('en')]
  const begun = terminal.now()
  const seconds = () => (terminal.now() - begun) / 1_000
  const whole = () => seconds().toFixed(0)
  const bar = openProgress(terminal, YEARS_LIVED, t('sandbox.study.begin', { years: YEARS_LIVED }))
  const study = await runStudy((done, part) =>
    bar.advance(done, t('sandbox.study.year', { part: t(`sandbox.study.part.${part}`), seconds: whole() })),
  )
  bar.stop(t('sandbox.study.end', { years: YEARS_LIVED, seconds: whole() }))
  for (const gate of study.gates) terminal.out(sayGate(gate, t))
  const folder = resolve(terminal.cwd, options.out)
  const words: StudyWords = {
    sayGate: (gate) => sayGate(gate, english),
    nameOf: (variant) => english(`sandbox.study.part.${variant}`),
  }
  const files = new Map([
    ['noticed.md', writeStudy(study, { seconds: seconds(), years: YEARS_LIVED, words })],
    ['noticed.svg', drawStudy(study)],
  ])
  await writeAll(folder, files)
  terminal.out(t('sandbox.told', { what: showPath(terminal.cwd, folder), told: [...files.keys()].join(', ') }))
  return study.gates.every(({ holds }) => holds) ? 0 : 1
}
