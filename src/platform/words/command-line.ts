import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, type CommandDef, defineCommand, type ParsedArgs, renderUsage, runCommand } from 'citty'
import type { Language, Subjects } from '../../../dist/texts.d.ts'
import help from '../../texts/help?texts'
import usage from '../../texts/usage?texts'
import { catalogue, type Translator } from './catalogue.ts'

const sentences = catalogue<Subjects['help'] & Subjects['usage'], Language>([help, usage])

/** What commands speak where nobody asks for another language. */
const USUAL_LANGUAGE: Language = 'ja'

/** 0: done. 1: done, and something is to be mended or does not hold. 2: the command was not understood or could not start. */
export type ExitCode = 0 | 1 | 2

/** Where a command prints: results, and messages about them. */
interface Screen {
  readonly isInteractive: boolean
  out(line: string): void
  err(line: string): void
}

interface Around {
  readonly terminal: Screen
}

/** How a command was typed, and what it runs in. */
type Typed<Surroundings, Options extends ArgsDef> = Surroundings & {
  /** Options by name, and in `_` what else was typed. */
  readonly args: ParsedArgs<Options>
  readonly language: Language
  /** All values of an option that may be given more than once; `args` has the last only. */
  valuesOf(option: string): string[]
}

interface Command<Texts, Surroundings, Options extends ArgsDef = ArgsDef> {
  describe(t: Translator<Texts>): string
  /** How many arguments it takes besides options; any number without it. */
  readonly mostArguments?: number
  /** Its options besides `--lang`. */
  options?(t: Translator<Texts>, surroundings: Surroundings): Options
  run(typed: Typed<Surroundings, Options>): Promise<ExitCode>
}

interface Group<Texts, Surroundings> {
  describe(t: Translator<Texts>): string
  readonly commands: Readonly<Record<string, Command<Texts, Surroundings> | Group<Texts, Surroundings>>>
}

interface Program<Texts, Surroundings> {
  /** As it is typed. */
  readonly name: string
  textsOf(language: Language): Translator<Texts>
  /** Options whose values may begin with `-`. */
  readonly dashed?: readonly string[]
  /** What is wrong with the surroundings; undefined for a bug. */
  refusalOf?(problem: unknown): ((t: Translator<Texts>) => string) | undefined
  readonly commands: Group<Texts, Surroundings>
}

/** What `--lang` names, wherever it stands; it may be no language at all. The usual one without it. */
function writtenLanguage(rawArgs: readonly string[]): string {
  const at = rawArgs.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  return at < 0 ? USUAL_LANGUAGE : (rawArgs[at]?.split('=')[1] ?? rawArgs[at + 1] ?? '')
}

/** citty frames what it prints about a command in English. */
function usageIn(language: Language, usage: string): string {
  const t = sentences.in(language)
  return usage
    .replace('USAGE', t('help.usage'))
    .replace('[OPTIONS]', t('help.withOptions'))
    .replace('OPTIONS', t('help.options'))
    .replace('COMMANDS', t('help.commands'))
    .replace(/\(Default: (.*?)\)/g, (_, value: string) => t('help.default', { value }))
    .replace(/Use (.*) for more information about a command\./, (_, command: string) => t('help.more', { command }))
}

/** A refusal of the command line itself, before any command runs. */
class NotUnderstood extends Error {
  readonly say: (language: Language) => string
  constructor(say: (t: Translator<Subjects['help'] & Subjects['usage']>) => string) {
    super(say(sentences.in('en')))
    this.say = (language) => say(sentences.in(language))
  }
}

function languageOf(rawArgs: readonly string[]): Language {
  const written = writtenLanguage(rawArgs)
  if (written !== 'ja' && written !== 'en')
    throw new NotUnderstood((t) => t('usage.jaOrEn', { option: '--lang', written }))
  return written
}

/** The values of an option; one that has none would take what follows for its value. */
const valuesIn = (rawArgs: readonly string[], name: string): string[] =>
  rawArgs.flatMap((raw, at) => {
    if (raw !== `--${name}` && !raw.startsWith(`--${name}=`)) return []
    const value = raw === `--${name}` ? rawArgs[at + 1] : raw.slice(name.length + 3)
    if (value === undefined || value === '' || value.startsWith('--'))
      throw new NotUnderstood((t) => t('usage.value', { option: `--${name}` }))
    return [value]
  })

/** citty takes any flag; a misspelt one must not be passed over. */
function refuseUnknown(rawArgs: readonly string[], options: ArgsDef, given: readonly string[], most = Infinity): void {
  const named = rawArgs.includes('--') ? rawArgs.slice(0, rawArgs.indexOf('--')) : rawArgs
  for (const raw of named) {
    const name = /^--?([a-zA-Z][^=]*)/.exec(raw)?.[1]
    if (name !== undefined && !Object.hasOwn(options, name) && !Object.hasOwn(options, name.replace(/^no-/, '')))
      throw new NotUnderstood((t) => t('usage.unknownOption', { option: raw }))
  }
  for (const [name, { type }] of Object.entries(options)) if (type === 'string') valuesIn(named, name)
  if (given.length > most)
    throw new NotUnderstood((t) => t('usage.tooMany', { arguments: given.slice(most).join(' ') }))
}

/** An option and its value as one word, so that a value that begins with `-` is not read as an option. */
function tie(rawArgs: readonly string[], name: string): string[] {
  const at = rawArgs.indexOf(`--${name}`)
  return at < 0 || at + 1 >= rawArgs.length
    ? [...rawArgs]
    : [...rawArgs.slice(0, at), `--${name}=${rawArgs[at + 1]}`, ...rawArgs.slice(at + 2)]
}

/** A sentence before it has a language. */
type Say<Texts> = (t: Translator<Texts>) => string

/**
 * What the commands of a program are written with. `Texts` are its sentences, `Surroundings` what a command runs in.
 */
export function commandWords<Texts, Surroundings extends Around>(textsOf: (language: Language) => Translator<Texts>) {
  /** Something the user must change about the command line; it ends with exit code 2. */
  class UsageError extends Error {
    override readonly name = 'UsageError'
    readonly say: Say<Texts>

    constructor(say: Say<Texts>) {
      super(say(textsOf('en')))
      this.say = say
    }
  }
  /** A command whose `run` knows the types of its options. */
  const command = <const Options extends ArgsDef = Record<never, never>>(
    written: Command<Texts, Surroundings, Options>,
  ): Command<Texts, Surroundings> => written as unknown as Command<Texts, Surroundings>
  return { UsageError, command }
}

interface Run<Texts, Surroundings> {
  readonly program: Program<Texts, Surroundings>
  readonly surroundings: Surroundings
  readonly language: Language
  /** Takes what a command ends with: citty hands it back for commands of the first level only. */
  end(code: ExitCode): void
}

/** A command or a group as citty knows it, in the language of the run. */
function inCitty<Texts, Surroundings>(
  name: string,
  one: Command<Texts, Surroundings> | Group<Texts, Surroundings>,
  run: Run<Texts, Surroundings>,
): CommandDef {
  const { program, surroundings, language, end } = run
  const t = program.textsOf(language)
  const meta = { name, description: one.describe(t) }
  if ('commands' in one) {
    const subCommands = Object.entries(one.commands).map(([name, each]) => [name, inCitty(name, each, run)])
    return defineCommand({ meta, subCommands: Object.fromEntries(subCommands) })
  }
  const description = sentences.in(language)('option.lang')
  const args: ArgsDef = {
    lang: { type: 'string', description, default: USUAL_LANGUAGE, valueHint: 'ja|en' },
    ...one.options?.(t, surroundings),
  }
  return defineCommand({
    meta,
    args,
    run: async ({ args: given, rawArgs }) => {
      refuseUnknown(rawArgs, args, given._, one.mostArguments)
      const valuesOf = (option: string) => valuesIn(rawArgs, option)
      end(await one.run({ ...surroundings, args: given, language, valuesOf }))
    },
  })
}

const subCommandsOf = (one: CommandDef | undefined) => (one?.subCommands ?? {}) as Readonly<Record<string, CommandDef>>

/** The commands that are named, from the program on. */
function named(root: CommandDef, rawArgs: readonly string[]): CommandDef[] {
  const path = [root]
  for (const word of rawArgs) {
    const known = subCommandsOf(path.at(-1))
    const next = Object.hasOwn(known, word) ? known[word] : undefined
    if (!next) break
    path.push(next)
  }
  return path
}

/** Runs a program with these arguments. It never throws for what a user can mistype. */
export async function runProgram<Texts, Surroundings extends Around>(
  program: Program<Texts, Surroundings>,
  typed: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { terminal } = surroundings
  const rawArgs = (program.dashed ?? []).reduce(tie, [...typed])
  let language = USUAL_LANGUAGE
  let code: ExitCode = 0
  const end = (ended: ExitCode) => {
    code = ended
  }
  try {
    language = languageOf(rawArgs)
    const root = inCitty(program.name, program.commands, { program, surroundings, language, end })
    const path = named(root, rawArgs)
    // a group alone
    const isUnfinished = path.length > rawArgs.length && Object.keys(subCommandsOf(path.at(-1))).length > 0
    if (isUnfinished || rawArgs.includes('--help') || rawArgs.includes('-h')) {
      const shown = usageIn(language, await renderUsage(path.at(-1) as CommandDef, path.at(-2)))
      terminal.out(terminal.isInteractive ? shown : stripVTControlCharacters(shown))
      return isUnfinished ? 2 : 0
    }
    await runCommand(root, { rawArgs })
    return code
  } catch (problem) {
    const said = refusal(program, problem, rawArgs, language)
    if (said === undefined) throw problem
    terminal.err(`${program.name}: ${stripVTControlCharacters(said)}`)
    return 2
  }
}

/** What is wrong with what was typed; undefined for a bug. */
function refusal<Texts, Surroundings>(
  { textsOf, refusalOf }: Program<Texts, Surroundings>,
  problem: unknown,
  rawArgs: readonly string[],
  language: Language,
): string | undefined {
  if (problem instanceof NotUnderstood) return problem.say(language)
  const say =
    problem instanceof Error && problem.name === 'UsageError'
      ? (problem as Error & { readonly say: Say<Texts> }).say
      : refusalOf?.(problem)
  if (say) return say(textsOf(language))
  if (!(problem instanceof Error) || problem.name !== 'CLIError') return undefined
  // of the commands here it knows no other complaint
  const unknown = /^Unknown command (.*)/.exec(stripVTControlCharacters(problem.message))?.[1]
  const name = unknown ?? rawArgs.find((arg) => !arg.startsWith('-'))
  const t = sentences.in(language)
  return name === undefined ? t('usage.noCommand') : t('usage.unknownCommand', { name })
}
