import { join } from 'node:path'
import { answerTask } from '../../src/cli/answer-paper.ts'
import { drawnTasks } from '../../src/flows/read-sat-tasks.ts'
import type { Entries } from '../../src/task/present.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'

/** What is right in the practical tasks of an attempt, by ref, from the data folder of a service that runs beside. */
export async function solutionsIn(dataFolder: string, attempt: string): Promise<Readonly<Record<string, Entries>>> {
  const { db, close } = await openEmbeddedDatabase(join(dataFolder, 'kentei.db'), 'migrations', 'process')
  try {
    const tasks = await drawnTasks(db, attempt)
    return Object.fromEntries([...tasks].map(([ref, instance]) => [ref, answerTask(instance, () => true)]))
  } finally {
    await close()
  }
}
