import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Language } from '../../authoring/said.ts'
import { requestOf } from '../../contract/call.ts'
import { readStatistics } from '../../contract/kentei/publishing.ts'
import { measureItems, measureTasks } from '../../flows/read-item-statistics.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { ItemStatistics } from '../../measurement/item-analysis.ts'
import type { TaskStatistics } from '../../measurement/task-analysis.ts'
import { readAnswer, readJsonAnswer } from '../../platform/http/read-bounded.ts'
import type { ExitCode } from '../../platform/words/command-line.ts'
import { examFolders } from '../check-folder.ts'
import { readExamTarget } from '../exam-target.ts'
import { replaceFile } from '../fmt-command.ts'
import { openDatabase } from '../open-database.ts'
import { refusedBy, serviceUrl, tokenSource, unreached } from '../publish-command.ts'
import { command, dataOption, type Terminal, UsageError } from '../terminal.ts'
import { type Say, type Translate, textsOf } from '../texts.ts'
import { printStatistics, remoteStatistics, STATISTICS_FILE } from './statistics-file.ts'
import { printTaskStatistics, remoteTasks, TASK_STATISTICS_FILE } from './task-statistics-file.ts'

export interface StatisticsOptions {
  readonly folders: readonly string[]
  readonly data: string
  readonly from?: string | undefined
  /** File of the statistics key that signs; `statistics-key.json` in `data` without it. */
  readonly key?: string | undefined
  readonly language: Language
}

const TIMEOUT_MS = 60_000
/** The statistics of twenty thousand items have half of this. */
const MAX_ANSWER_BYTES = 33_554_432

interface Told {
  readonly papers: number
  readonly isTruncated: boolean
  /** RFC 3339. */
  readonly newest?: string | undefined
  readonly items: readonly ItemStatistics[]
  readonly tasks?: readonly TaskStatistics[] | undefined
}

interface Source {
  /** Statistics of an exam, or why there are none. */
  readonly read: (exam: string) => Promise<Result<Told, Say>>
  close(): Promise<void>
}

/** `kentei statistics`: writes how the items did in real exams beside their bank. An exam that nobody took leaves its file alone. */
async function runStatistics(
  { folders: named, data, from, key, language }: StatisticsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const folders = await examFolders(named, terminal)
  const source =
    from === undefined
      ? await embeddedSource(resolve(terminal.cwd, data))
      : await remoteSource(from, key ?? join(data, 'statistics-key.json'), terminal)
  const t = textsOf(language)
  let exit: ExitCode = 0
  try {
    for (const folder of folders) {
      const { examId } = await readExamTarget(folder, terminal)
      const told = await source.read(examId)
      if (told.ok && told.value.items.length > 0) {
        const date = (told.value.newest ?? '').slice(0, 10)
        await replaceFile(join(folder, STATISTICS_FILE), printStatistics(told.value.items, date))
        terminal.out(summaryOf(examId, told.value, language))
        const { tasks = [] } = told.value
        if (tasks.length > 0) {
          await replaceFile(join(folder, TASK_STATISTICS_FILE), printTaskStatistics(tasks, date))
          const resting = tasks.filter(({ shouldRest }) => shouldRest).length
          terminal.out(t('cli.statistics.tasks', { tasks: tasks.length, file: TASK_STATISTICS_FILE, resting }))
        }
      } else {
        terminal.err(`${examId}: ${told.ok ? t('cli.statistics.none') : told.problem(t)}`)
        exit = 1
      }
    }
  } finally {
    await source.close()
  }
  return exit
}

function summaryOf(exam: string, { papers, isTruncated, items }: Told, language: Language): string {
  const idsOf = (some: readonly ItemStatistics[]) => new Set(some.map(({ item }) => item)).size
  const [all, flagged] = [idsOf(items), idsOf(items.filter(({ flags }) => flags.length > 0))]
  return textsOf(language)('cli.statistics.written', {
    exam,
    isTruncated: isTruncated ? 'yes' : 'no',
    papers,
    items: all,
    file: STATISTICS_FILE,
    flagged,
  })
}

/** The database of `npm start`, in its data folder. */
async function embeddedSource(data: string): Promise<Source> {
  const file = join(data, 'kentei.db')
  if (!existsSync(file)) throw new UsageError((t) => t('usage.noDatabaseFrom', { file }))
  const { db, close } = await openDatabase(data)
  const read: Source['read'] = async (exam) => {
    const { newest, ...told } = await measureItems({ db }, exam)
    const tasks = await measureTasks({ db }, exam)
    return ok({ ...told, tasks, ...(newest === undefined ? {} : { newest: toRfc3339(newest) }) })
  }
  return { read, close }
}

async function remoteSource(origin: string, file: string, terminal: Terminal): Promise<Source> {
  const service = serviceUrl('/', origin, '--from')
  const tokens = await tokenSource(
    { origin: service.origin, file, use: 'statistics', scope: readStatistics.scope },
    terminal,
  )
  const read: Source['read'] = async (exam) => {
    try {
      const { method, path } = requestOf(readStatistics, { path: { exam } })
      const response = await fetch(new URL(path, service), {
        method,
        headers: { authorization: `Bearer ${await tokens.next()}` },
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      if (!response.ok) return fail(refusedBy(service, response.status, await readAnswer(response, MAX_ANSWER_BYTES)))
      const told = remoteStatistics
        .extend({ tasks: remoteTasks.optional() })
        .safeParse(await readJsonAnswer(response, MAX_ANSWER_BYTES))
      return told.success
        ? ok(told.data as Told)
        : fail((t: Translate) => t('cli.statistics.notStatistics', { origin: service.origin }))
    } catch (problem) {
      return fail(unreached(service, problem))
    }
  }
  return { read, close: async () => {} }
}

export const statisticsCommand = command({
  describe: (t) => t('command.statistics'),
  options: (t, { terminal }) => ({
    ...dataOption(t, terminal),
    from: { type: 'string', description: t('option.statistics.from'), valueHint: 'origin' },
    key: { type: 'string', description: t('option.statistics.key'), valueHint: 'file' },
  }),
  run: ({ args, language, terminal }) => {
    const { data, from, key } = args
    return runStatistics({ folders: args._, data, from, key, language }, terminal)
  },
})
