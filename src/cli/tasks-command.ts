import type { Language } from '../authoring/said.ts'
import { holdsAll, type TriedFamily, tryFamily } from '../authoring/tasks/try-family.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { publishable } from './lock-command.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'
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
export async function runTasks(
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
    const bank = publishable(checked, language, terminal)
    const { tasks } = checked.compiled
    if (!bank) exit = 1
    for (const family of bank ? tasks : []) {
      const tried = tryFamily(family, seeds, processorMs)
      if (!holdsAll(tried)) exit = 1
      terminal.out(json ? JSON.stringify({ exam: bank?.exam.id, ...tried }) : describe(tried, language))
    }
    if (bank && tasks.length === 0) terminal.err(textsOf(language)('cli.tasks.none', { exam: bank.exam.id }))
  }
  return exit
}
