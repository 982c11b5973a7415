import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, defineCommand, renderUsage, runCommand } from 'citty'
import { USUAL_LANGUAGE, usageIn, writtenLanguage } from '../../platform/words/command-line.ts'
import { runEvaluate, runTrain } from './detector-command.ts'
import type { OpenPair } from './simulate/pair.ts'
import { runSimulate, runStudyOfNoticed } from './simulate-command.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'
import { type Language, type Say, type Translate, textsOf } from './texts.ts'

/** What the commands need of the folder and of the other half of the product. */
export interface Surroundings {
  /** Folder of the source, with `exams/`, `migrations/` and the labelled set. */
  readonly root: string
  readonly openPair: OpenPair
}

/** The language that `--lang` names, whatever the command: its help and its refusals speak it too. */
function languageOf(rawArgs: readonly string[]): Language {
  const written = writtenLanguage(rawArgs)
  if (written !== 'ja' && written !== 'en')
    throw new UsageError((t) => t('usage.jaOrEn', { option: '--lang', written }))
  return written
}

const number = (description: string, standard: number) =>
  ({ type: 'string', description, default: String(standard), valueHint: 'n' }) as const

/** The options of each command, described in a language. */
function optionsIn(t: Translate) {
  const lang = { type: 'string', description: t('option.lang'), default: USUAL_LANGUAGE, valueHint: 'ja|en' } as const
  const data = {
    type: 'string',
    description: t('sandbox.option.data'),
    default: '.data',
    valueHint: 'folder',
  } as const
  const json = { type: 'boolean', description: t('option.json') } as const
  return {
    train: {
      lang,
      posts: { type: 'string', description: t('sandbox.option.posts'), valueHint: 'file' },
      data,
      out: { type: 'string', description: t('sandbox.option.train.out'), valueHint: 'file' },
      json,
    },
    evaluate: {
      lang,
      posts: { type: 'string', description: t('sandbox.option.postsToTest'), valueHint: 'file' },
      data,
      model: { type: 'string', description: t('sandbox.option.evaluate.model'), valueHint: 'file' },
      json,
    },
    simulate: {
      lang,
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
      model: { type: 'string', description: t('sandbox.option.simulate.model'), valueHint: 'file' },
      fast: { type: 'boolean', description: t('sandbox.option.simulate.fast') },
    },
  } as const
}

/** All values of an option that may be given more than once; the parser keeps the last only. @throws a `UsageError` where one is missing. */
const valuesOf = (rawArgs: readonly string[], name: string): string[] =>
  rawArgs.flatMap((raw, at) => {
    if (raw !== `--${name}` && !raw.startsWith(`--${name}=`)) return []
    const value = raw === `--${name}` ? rawArgs[at + 1] : raw.slice(name.length + 3)
    if (value === undefined || value === '' || value.startsWith('--'))
      throw new UsageError((t) => t('sandbox.usage.value', { option: `--${name}` }))
    return [value]
  })

/** citty takes any flag; a misspelt one must not be passed over. */
function refuseUnknown(rawArgs: readonly string[], args: ArgsDef, positionals: readonly string[]): void {
  for (const raw of rawArgs) {
    const name = /^--?([a-zA-Z][^=]*)/.exec(raw)?.[1]
    if (name !== undefined && !Object.hasOwn(args, name))
      throw new UsageError((t) => t('usage.unknownOption', { option: raw }))
  }
  // citty takes the next option for the value of one that has none, and what follows for a further argument
  for (const [name, { type }] of Object.entries(args)) if (type === 'string') valuesOf(rawArgs, name)
  if (positionals.length > 0)
    throw new UsageError((t) => t('sandbox.usage.tooMany', { arguments: positionals.join(' ') }))
}

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

/** Where and how a command was typed. */
interface Typed {
  readonly terminal: Terminal
  readonly surroundings: Surroundings
  readonly language: Language
  /** Keeps with which code a command ends. */
  finish(run: Promise<ExitCode>): Promise<void>
}

function detectorCommands({ terminal, surroundings: { root }, language, finish }: Typed) {
  const t = textsOf(language)
  const options = optionsIn(t)
  return defineCommand({
    meta: { name: 'detector', description: t('sandbox.command.detector') },
    subCommands: {
      train: defineCommand({
        meta: { name: 'train', description: t('sandbox.command.train') },
        args: options.train,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, options.train, args._)
          const { data, out } = args
          const posts = valuesOf(rawArgs, 'posts')
          return finish(runTrain({ posts, data, out, json: args.json === true, language }, terminal, root))
        },
      }),
      evaluate: defineCommand({
        meta: { name: 'evaluate', description: t('sandbox.command.evaluate') },
        args: options.evaluate,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, options.evaluate, args._)
          const { data, model } = args
          const posts = valuesOf(rawArgs, 'posts')
          return finish(runEvaluate({ posts, data, model, json: args.json === true, language }, terminal, root))
        },
      }),
    },
  })
}

function simulateCommand({ terminal, surroundings, language, finish }: Typed) {
  const t = textsOf(language)
  const { simulate } = optionsIn(t)
  return defineCommand({
    meta: { name: 'simulate', description: t('sandbox.command.simulate') },
    args: simulate,
    run: ({ args, rawArgs }) => {
      refuseUnknown(rawArgs, simulate, args._)
      const { out, model } = args
      if (args.fast) return finish(runStudyOfNoticed({ out, language }, terminal))
      const options = {
        workers: readWhole(args.workers, { name: 'workers', least: 20, most: 100_000 }),
        clients: readWhole(args.clients, { name: 'clients', least: 2, most: 20_000 }),
        days: readWhole(args.days, { name: 'days', least: 1, most: 3_650 }),
        seed: readWhole(args.seed, { name: 'seed', least: 0, most: 1_000_000_000 }),
        rho: readNumber(args.rho, { name: 'rho', least: -1, most: 1 }),
        lose: readNumber(args.lose, { name: 'lose', least: 0, most: 1 }),
      }
      return finish(runSimulate({ ...options, out, model, language }, terminal, surroundings))
    },
  })
}

/** The command that is named, for its usage: `detector train` before `detector`. */
async function usageOf(rawArgs: readonly string[], root: ReturnType<typeof commandsFor>): Promise<string> {
  const { detector, simulate } = root.subCommands
  if (rawArgs[0] === 'simulate') return renderUsage(simulate as never, root as never)
  if (rawArgs[0] !== 'detector') return renderUsage(root as never)
  const act = rawArgs.find((raw) => raw === 'train' || raw === 'evaluate')
  const acts = detector.subCommands as Readonly<Record<string, unknown>>
  return act ? renderUsage(acts[act] as never, detector as never) : renderUsage(detector as never, root as never)
}

const commandsFor = (typed: Typed) => ({
  ...defineCommand({ meta: { name: 'sandbox', description: textsOf(typed.language)('sandbox.command') } }),
  subCommands: { detector: detectorCommands(typed), simulate: simulateCommand(typed) },
})

/** What is wrong with what was typed; undefined for a bug. */
function refusalOf(problem: unknown): Say | undefined {
  if (problem instanceof UsageError) return problem.say
  if (!(problem instanceof Error) || problem.name !== 'CLIError') return undefined
  // of the commands here it knows no other complaint
  const name = /^Unknown command (.*)/.exec(stripVTControlCharacters(problem.message))?.[1]
  return (t) => (name === undefined ? t('usage.noCommand') : t('usage.unknownCommand', { name }))
}

/** Runs `sandbox` with these arguments. It never throws for what a user can mistype. */
export async function runSandboxCli(
  rawArgs: readonly string[],
  terminal: Terminal,
  surroundings: Surroundings,
): Promise<ExitCode> {
  let language = USUAL_LANGUAGE
  let code: ExitCode = 0
  const finish = async (run: Promise<ExitCode>): Promise<void> => {
    code = await run
  }
  try {
    language = languageOf(rawArgs)
    const root = commandsFor({ terminal, surroundings, language, finish })
    const unfinished = rawArgs.length === 0 || (rawArgs.length === 1 && rawArgs[0] === 'detector')
    if (unfinished || rawArgs.includes('--help') || rawArgs.includes('-h')) {
      const shown = usageIn(language, await usageOf(rawArgs, root))
      terminal.out(terminal.isInteractive ? shown : stripVTControlCharacters(shown))
      return unfinished ? 2 : 0
    }
    await runCommand(root as never, { rawArgs: [...rawArgs], showUsage: false } as never)
    return code
  } catch (problem) {
    const say = refusalOf(problem)
    if (!say) throw problem
    terminal.err(`sandbox: ${stripVTControlCharacters(say(textsOf(language)))}`)
    return 2
  }
}
