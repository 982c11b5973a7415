import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Said, say } from '../../authoring/said.ts'
import { readStatistics, STATISTICS_FILE, type StatisticsRow } from './statistics-file.ts'

/** What an exam folder knows of how its items did. */
export interface FolderStatistics {
  readonly rows: readonly StatisticsRow[]
  /** Why the file says nothing, where it is there and damaged. */
  readonly problem?: Said
}

export async function readFolderStatistics(folder: string): Promise<FolderStatistics> {
  const text = await readFile(join(folder, STATISTICS_FILE), 'utf8').catch((problem: NodeJS.ErrnoException) => {
    if (problem.code === 'ENOENT') return undefined
    throw problem
  })
  if (text === undefined) return { rows: [] }
  const read = readStatistics(text)
  if (read.ok) return { rows: read.value }
  const { line, message } = read.problem
  return { rows: [], problem: say('finding.statisticsDamaged', { file: STATISTICS_FILE, line, problem: message }) }
}
