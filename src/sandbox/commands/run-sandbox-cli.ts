import { type ExitCode, runProgram } from '../../platform/words/command-line.ts'
import { USUAL_PREVALENCE } from '../detector/judge/prevalence.ts'
import { runEvaluate, runTrain } from './detector-command.ts'
import { runStudyOfScams } from './scams-command.ts'
import { runSimulate, runStudyOfNoticed } from './simulate-command.ts'
import { command, type Surroundings, UsageError } from './terminal.ts'
import { type Texts, type Translate, textsOf } from './texts.ts'

const dataOption = (t: Translate) =>
  ({ type: 'string', description: t('sandbox.option.data'), default: '.data', valueHint: 'folder' }) as const
const fileOption = (description: string) => ({ type: 'string', description, valueHint: 'file' }) as const
const number = (description: string, standard: number) =>
  ({ type: 'string', description, default: String(standard), valueHint: 'n' }) as const

interface Bounds {
  readonly name: string
  readonly least: number
  readonly most: number
}

function readWhole(text: string, { name, least, most }: Bounds): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError((t) => t('sandbox.usage.whole', { option: `--${name}`, least, most, written: text }))
  return value
}

function readNumber(text: string, { name, least, most }: Bounds): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new UsageError((t) => t('sandbox.usage.number', { option: `--${name}`, least, most, written: text }))
  return value
}

const train = command({
  describe: (t) => t('sandbox.command.train'),
  mostArguments: 0,
  options: (t) => ({
    posts: fileOption(t('sandbox.option.posts')),
    data: dataOption(t),
    out: fileOption(t('sandbox.option.train.out')),
    prevalence: number(t('sandbox.option.train.prevalence'), USUAL_PREVALENCE),
    json: { type: 'boolean', description: t('option.json') },
  }),
  run: ({ args: { data, out, prevalence, json }, valuesOf, language, terminal, root }) => {
    const share = readNumber(prevalence, { name: 'prevalence', least: 0.001, most: 0.5 })
    const options = { posts: valuesOf('posts'), data, out, prevalence: share, json: json === true, language }
    return runTrain(options, terminal, root)
  },
})

const evaluate = command({
  describe: (t) => t('sandbox.command.evaluate'),
  mostArguments: 0,
  options: (t) => ({
    posts: fileOption(t('sandbox.option.postsToTest')),
    data: dataOption(t),
    model: fileOption(t('sandbox.option.evaluate.model')),
    json: { type: 'boolean', description: t('option.json') },
  }),
  run: ({ args: { data, model, json }, valuesOf, language, terminal, root }) =>
    runEvaluate({ posts: valuesOf('posts'), data, model, json: json === true, language }, terminal, root),
})

const simulate = command({
  describe: (t) => t('sandbox.command.simulate'),
  mostArguments: 0,
  options: (t) => ({
    workers: number(t('sandbox.option.simulate.workers'), 2_000),
    clients: number(t('sandbox.option.simulate.clients'), 400),
    days: number(t('sandbox.option.simulate.days'), 365),
    seed: number(t('sandbox.option.simulate.seed'), 1),
    rho: number(t('sandbox.option.simulate.rho'), 0.35),
    lose: number(t('sandbox.option.simulate.lose'), 0),
    out: {
      type: 'string',
      description: t('sandbox.option.simulate.out'),
      default: '.data/simulated-year',
      valueHint: 'folder',
    },
    model: fileOption(t('sandbox.option.simulate.model')),
    fast: { type: 'boolean', description: t('sandbox.option.simulate.fast') },
    scams: { type: 'boolean', description: t('sandbox.option.simulate.scams') },
  }),
  run: ({ args, language, terminal, root, openPair }) => {
    const { out, model } = args
    if (args.fast) return runStudyOfNoticed({ out, language }, terminal)
    if (args.scams) return runStudyOfScams({ out, model, language }, terminal)
    const options = {
      workers: readWhole(args.workers, { name: 'workers', least: 20, most: 100_000 }),
      clients: readWhole(args.clients, { name: 'clients', least: 2, most: 20_000 }),
      days: readWhole(args.days, { name: 'days', least: 1, most: 3_650 }),
      seed: readWhole(args.seed, { name: 'seed', least: 0, most: 1_000_000_000 }),
      rho: readNumber(args.rho, { name: 'rho', least: -1, most: 1 }),
      lose: readNumber(args.lose, { name: 'lose', least: 0, most: 1 }),
    }
    return runSimulate({ ...options, out, model, language }, terminal, { root, openPair })
  },
})

const detector = { describe: (t: Translate) => t('sandbox.command.detector'), commands: { train, evaluate } }

/** Runs `sandbox` with these arguments. It never throws for what a user can mistype. */
export const runSandboxCli = (typed: readonly string[], surroundings: Surroundings): Promise<ExitCode> =>
  runProgram<Texts, Surroundings>(
    {
      name: 'sandbox',
      textsOf,
      commands: { describe: (t) => t('sandbox.command'), commands: { detector, simulate } },
    },
    typed,
    surroundings,
  )
