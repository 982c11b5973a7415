import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, defineCommand, renderUsage, runCommand } from 'citty'
import { runEvaluate, runTrain } from './detector-command.ts'
import type { OpenPair } from './simulate/pair.ts'
import { runSimulate, runStudyOfNoticed } from './simulate-command.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

/** What the commands need of the folder and of the other half of the product. */
export interface Surroundings {
  /** Folder of the source, with `exams/`, `migrations/` and the labelled set. */
  readonly root: string
  readonly openPair: OpenPair
}

const data = {
  type: 'string',
  description: 'data folder of the sandbox',
  default: '.data',
  valueHint: 'folder',
} as const
const posts = {
  type: 'string',
  description: 'JSON Lines of labelled posts, more than once for several; the committed set without it',
  valueHint: 'file',
} as const
const json = { type: 'boolean', description: 'one JSON document' } as const

const trainArgs = {
  posts,
  data,
  out: { type: 'string', description: "where the model goes; the data folder's own without it", valueHint: 'file' },
  json,
} as const
const evaluateArgs = {
  posts: { ...posts, description: `${posts.description}. A line needs title, body and kinds` },
  data,
  model: {
    type: 'string',
    description: "model to test; the data folder's own without it, else the committed one",
    valueHint: 'file',
  },
  json,
} as const
const number = (description: string, standard: number) =>
  ({ type: 'string', description, default: String(standard), valueHint: 'n' }) as const
const simulateArgs = {
  workers: number('workers, a third of them there before the year begins', 2_000),
  clients: number('clients', 400),
  days: number('length of the year', 365),
  seed: number('the same seed draws the same people and choices', 1),
  rho: number('true correlation of exam ability with quality', 0.35),
  lose: number("share of the marketplace's events that get lost on the way", 0),
  out: {
    type: 'string',
    description: 'folder for report, plot and data',
    default: '.data/simulated-year',
    valueHint: 'folder',
  },
  model: {
    type: 'string',
    description: 'model to judge the posts by; without it one is trained that has not seen their author',
    valueHint: 'file',
  },
  fast: {
    type: 'boolean',
    description: 'many years in memory, without HTTP: whether newcomers are noticed as they have to be',
  },
} as const

/** citty takes any flag; a misspelt one must not be passed over. */
function refuseUnknown(rawArgs: readonly string[], args: ArgsDef, positionals: readonly string[]): void {
  for (const raw of rawArgs) {
    const name = /^--?([a-zA-Z][^=]*)/.exec(raw)?.[1]
    if (name !== undefined && !Object.hasOwn(args, name)) throw new UsageError(`unknown option ${raw}`)
  }
  if (positionals.length > 0) throw new UsageError(`too many arguments: ${positionals.join(' ')}`)
}

/** All values of an option that may be given more than once; the parser keeps the last only. @throws a `UsageError` where one is missing. */
const valuesOf = (rawArgs: readonly string[], name: string): string[] =>
  rawArgs.flatMap((raw, at) => {
    if (raw !== `--${name}` && !raw.startsWith(`--${name}=`)) return []
    const value = raw === `--${name}` ? rawArgs[at + 1] : raw.slice(name.length + 3)
    if (value === undefined || value === '' || value.startsWith('--')) throw new UsageError(`--${name} needs a value`)
    return [value]
  })

interface Bounds {
  readonly name: string
  readonly least: number
  readonly most: number
}

function readWhole(text: string, { name, least, most }: Bounds): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not ${text}`)
  return value
}

function readNumber(text: string, { name, least, most }: Bounds): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new UsageError(`--${name} must be a number from ${least} to ${most}, not ${text}`)
  return value
}

type Finish = (run: Promise<ExitCode>) => Promise<void>

const detectorCommands = (terminal: Terminal, { root }: Surroundings, finish: Finish) =>
  defineCommand({
    meta: { name: 'detector', description: 'the detector of rule-breaking job posts' },
    subCommands: {
      train: defineCommand({
        meta: {
          name: 'train',
          description: 'train on the labelled set and what operators decided, test, write the model',
        },
        args: trainArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, trainArgs, args._)
          return finish(
            runTrain(
              { posts: valuesOf(rawArgs, 'posts'), data: args.data, out: args.out, json: args.json === true },
              terminal,
              root,
            ),
          )
        },
      }),
      evaluate: defineCommand({
        meta: { name: 'evaluate', description: 'test a model on posts without training' },
        args: evaluateArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, evaluateArgs, args._)
          return finish(
            runEvaluate(
              { posts: valuesOf(rawArgs, 'posts'), data: args.data, model: args.model, json: args.json === true },
              terminal,
              root,
            ),
          )
        },
      }),
    },
  })

const simulateCommand = (terminal: Terminal, surroundings: Surroundings, finish: Finish) =>
  defineCommand({
    meta: { name: 'simulate', description: 'a scripted year through the APIs of plugin and marketplace' },
    args: simulateArgs,
    run: ({ args, rawArgs }) => {
      refuseUnknown(rawArgs, simulateArgs, args._)
      if (args.fast) return finish(runStudyOfNoticed(args.out, terminal))
      const options = {
        workers: readWhole(args.workers, { name: 'workers', least: 20, most: 100_000 }),
        clients: readWhole(args.clients, { name: 'clients', least: 2, most: 20_000 }),
        days: readWhole(args.days, { name: 'days', least: 1, most: 3_650 }),
        seed: readWhole(args.seed, { name: 'seed', least: 0, most: 1_000_000_000 }),
        rho: readNumber(args.rho, { name: 'rho', least: -1, most: 1 }),
        lose: readNumber(args.lose, { name: 'lose', least: 0, most: 1 }),
      }
      return finish(runSimulate({ ...options, out: args.out, model: args.model }, terminal, surroundings))
    },
  })

/** The command that is named, for its usage: `detector train` before `detector`. */
async function usageOf(rawArgs: readonly string[], root: ReturnType<typeof commandsFor>): Promise<string> {
  const { detector, simulate } = root.subCommands
  if (rawArgs[0] === 'simulate') return renderUsage(simulate as never, root as never)
  if (rawArgs[0] !== 'detector') return renderUsage(root as never)
  const act = rawArgs.find((raw) => raw === 'train' || raw === 'evaluate')
  const acts = detector.subCommands as Readonly<Record<string, unknown>>
  return act ? renderUsage(acts[act] as never, detector as never) : renderUsage(detector as never, root as never)
}

const commandsFor = (terminal: Terminal, surroundings: Surroundings, finish: Finish) => ({
  ...defineCommand({
    meta: { name: 'sandbox', description: 'The reference marketplace: its detector, and a year in it' },
  }),
  subCommands: {
    detector: detectorCommands(terminal, surroundings, finish),
    simulate: simulateCommand(terminal, surroundings, finish),
  },
})

/** Runs `sandbox` with these arguments. It never throws for what a user can mistype. */
export async function runSandboxCli(
  rawArgs: readonly string[],
  terminal: Terminal,
  surroundings: Surroundings,
): Promise<ExitCode> {
  let code: ExitCode = 0
  const root = commandsFor(terminal, surroundings, async (run) => {
    code = await run
  })
  const unfinished = rawArgs.length === 0 || (rawArgs.length === 1 && rawArgs[0] === 'detector')
  if (unfinished || rawArgs.includes('--help') || rawArgs.includes('-h')) {
    const usage = await usageOf(rawArgs, root)
    terminal.out(terminal.isInteractive ? usage : stripVTControlCharacters(usage))
    return unfinished ? 2 : 0
  }
  try {
    await runCommand(root as never, { rawArgs: [...rawArgs], showUsage: false } as never)
    return code
  } catch (problem) {
    if (problem instanceof UsageError || (problem instanceof Error && problem.name === 'CLIError')) {
      terminal.err(`sandbox: ${stripVTControlCharacters(problem.message)}`)
      return 2
    }
    throw problem
  }
}
