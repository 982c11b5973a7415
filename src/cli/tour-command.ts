import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Language } from '../authoring/said.ts'
import { drawnTasks } from '../flows/read-sat-tasks.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import type { TaskInstance } from '../task/task.ts'
import { checkFolder } from './check-folder.ts'
import { openDatabase } from './open-database.ts'
import { PATIENCE_MS, type PassEvent, playPass } from './play-pass.ts'
import { command, dataOption, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

export interface TourOptions {
  readonly exam: string
  readonly marketplace: string
  /** The person to play; the demo's first newcomer without it. */
  readonly worker?: string | undefined
  /** Data folder of the demo, in which stands what is right in its practical tasks. */
  readonly data: string
  readonly language: Language
}

/** The tasks of an attempt as the database of the demo has them: no paper tells what is right. */
async function tasksHere(folder: string, attempt: string): Promise<ReadonlyMap<string, TaskInstance>> {
  const { db, close } = await openDatabase(folder)
  try {
    return await drawnTasks(db, attempt)
  } finally {
    await close()
  }
}

/** `kentei tour`: plays a newcomer who knows every answer through the public APIs of a running demo, and shows what changes. */
async function runTour(
  { exam, marketplace, worker, data, language }: TourOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const t = textsOf(language)
  const folder = resolve(terminal.cwd, join('exams', exam))
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new UsageError((t) => t('usage.noExam', { exam }))
  const { compiled } = await checkFolder(folder, { now: terminal.now(), language: 'ja', seeds: 0 })
  const { bank } = compiled
  if (!bank) throw new UsageError((t) => t('usage.examBroken', { exam }))
  const database = resolve(terminal.cwd, data, 'kentei.db')
  const needsDatabase = bank.exam.parts?.some(({ tasks }) => tasks.length > 0)
  if (needsDatabase && !(await stat(database).catch(() => undefined)))
    throw new UsageError((t) => t('usage.noDatabase', { file: database }))

  let found: Extract<PassEvent, { is: 'found' }> | undefined
  let step = 1
  const next = () => (step += 1)
  const say = (event: PassEvent): string | undefined => {
    if (event.is === 'found') {
      found = event
      const { name, worker: id, isNew, position, of } = event
      return t('cli.tour.stands', {
        name,
        id,
        isNew: isNew ? 'yes' : 'no',
        place: String(position),
        all: of,
        page: `${marketplace}/workers/${id}`,
      })
    }
    const name = found?.name ?? ''
    if (event.is === 'started')
      return t('cli.tour.takes', { step: next(), name, count: event.count, part: event.part ?? 'whole', exam })
    if (event.is === 'graded') {
      const score = event.scores.map((one) => String(one ?? '–')).join(' / ')
      const certificate = event.page === undefined ? '' : t('cli.tour.certificate', { page: event.page })
      return `${t('cli.tour.result', { step: next(), passed: event.passed ? 'yes' : 'no', score })}${certificate}`
    }
    if (event.is === 'listed')
      return t('cli.tour.listed', {
        step: next(),
        name,
        place: String(event.position),
        before: String(found?.position),
        page: `${marketplace}/workers?category=${exam}`,
      })
    return undefined
  }
  let last: PassEvent['is'] | undefined
  const tasksOf = (attempt: string) => tasksHere(resolve(terminal.cwd, data), attempt)
  for await (const event of playPass({ exam, bank, marketplace, worker, tasksOf })) {
    last = event.is
    const line = say(event)
    if (line !== undefined) terminal.out(line)
    if (event.is === 'late') terminal.err(t('cli.tour.late', { seconds: PATIENCE_MS / 1_000 }))
  }
  return last === 'listed' ? 0 : 1
}

export const tourCommand = command({
  describe: (t) => t('command.tour'),
  mostArguments: 0,
  options: (t, { terminal }) => ({
    exam: { type: 'string', description: t('option.tour.exam'), default: 'business-admin' },
    marketplace: {
      type: 'string',
      description: t('option.tour.marketplace'),
      default: 'http://localhost:8788',
      valueHint: 'origin',
    },
    worker: { type: 'string', description: t('option.tour.worker'), valueHint: 'id' },
    ...dataOption(t, terminal),
  }),
  run: ({ args: { exam, marketplace, worker, data }, language, terminal }) =>
    runTour({ exam, marketplace, worker, data, language }, terminal),
})
