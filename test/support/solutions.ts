import { join } from 'node:path'
import { tasksOf } from '../../src/attempt/tasks/store.ts'
import { answerTask } from '../../src/cli/answer-task.ts'
import type { AttemptId } from '../../src/kernel/id.ts'
import type { Entries } from '../../src/task/present.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'

/** What is right in the practical tasks of an attempt, by ref, from the data folder of a service that runs beside. */
export async function solutionsIn(dataFolder: string, attempt: string): Promise<Readonly<Record<string, Entries>>> {
  const { db, close } = await openEmbeddedDatabase(join(dataFolder, 'kentei.db'), 'migrations', 'process')
  try {
    const tasks = await tasksOf(db, attempt as AttemptId)
    return Object.fromEntries(tasks.map(({ ref, instance }) => [ref, answerTask(instance, () => true)]))
  } finally {
    await close()
  }
}
