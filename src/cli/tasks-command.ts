import { basename } from 'node:path'
import type { Language } from '../authoring/said.ts'
import { holdsAll, type TriedFamily, tryFamily } from '../authoring/tasks/try-family.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { formatDiagnostics } from './format-diagnostics.ts'
import { command, jsonOption, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

const MOST_SEEDS = 10_000
const share = (value: number): string => value.toFixed(3)

/** Milliseconds of processor: what else the machine does is no fault of a grader. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** What a family's trials say, for people. */
function describe(tried: TriedFamily, language: Language): string {
  const t = textsOf(language)
  const width = Math.max(...tried.bots.map(({ name }) => name.length))
  const { mean, worst } = tried.grading
  const line = (holds: boolean, text: string) => `  ${text}${holds ? '' : `  ${t('cli.tasks.outOfBounds')}`}`
  return [
    t('cli.tasks.family', { family: tried.family, seeds: tried.seeds, distinct: tried.distinct }),
    ...tried.bots.map(({ name, mean, least, most, holds }) => {
      const scores = t('cli.tasks.scores', { mean: share(mean), least: share(least), most: share(most) })
      return line(holds, `${name.padEnd(width)}  ${scores}`)
    }),
    ...tried.otherPapers.map(({ papers, mean, holds }) =>
      line(holds, t('cli.tasks.otherPapers', { papers, mean: share(mean) })),
    ),
    line(tried.grading.holds, t('cli.tasks.grading', { mean: mean.toFixed(2), worst: worst.toFixed(1) })),
  ].join('\n')
}

/** `kentei tasks`: draws every practical task of an exam on many seeds, and lets simulated candidates work on them. Ends with 1 where anything is out of the bounds of its kind. */
async function runTasks(
  {
    folders,
    seeds: written,
    json,
    language,
  }: {
    readonly folders: readonly string[]
    readonly seeds: string
    readonly json: boolean
    readonly language: Language
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const seeds = Number(written)
  if (!Number.isInteger(seeds) || seeds < 2 || seeds > MOST_SEEDS)
    throw new UsageError((t) => t('usage.count', { option: '--seeds', most: MOST_SEEDS }))
  let exit: ExitCode = 0
  for (const folder of await examFolders(folders, terminal)) {
    const checked = await checkFolder(folder, { now: terminal.now(), language })
    const { tasks, exam } = checked.compiled
    // a bank of items that cannot be published yet stops nobody from trying its tasks
    const wrong = checked.diagnostics.filter(({ severity, file }) => severity === 'error' && file.startsWith('tasks/'))
    if (wrong.length > 0) {
      terminal.out(formatDiagnostics(wrong, 'text', language))
      exit = 1
    }
    for (const family of tasks.filter(({ id }) => !wrong.some(({ file }) => file.startsWith(`tasks/${id}.`)))) {
      const tried = tryFamily(family, seeds, processorMs)
      if (!holdsAll(tried)) exit = 1
      terminal.out(json ? JSON.stringify({ exam: exam?.id, ...tried }) : describe(tried, language))
    }
    if (tasks.length + wrong.length === 0)
      terminal.err(textsOf(language)('cli.tasks.none', { exam: exam?.id ?? basename(folder) }))
  }
  return exit
}

export const tasksCommand = command({
  describe: (t) => t('command.tasks'),
  options: (t) => ({
    seeds: { type: 'string', description: t('option.tasks.seeds'), default: '1000' },
    ...jsonOption(t),
  }),
  run: ({ args, language, terminal }) =>
    runTasks({ folders: args._, seeds: args.seeds, json: args.json === true, language }, terminal),
})
