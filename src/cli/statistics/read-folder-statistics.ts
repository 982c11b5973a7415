import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Said } from '../../authoring/diagnostic.ts'
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
  return {
    rows: [],
    problem: {
      ja: `${STATISTICS_FILE} の${line}行目：${message.ja}。「kentei statistics」で書き直せます。`,
      en: `${STATISTICS_FILE}, line ${line}: ${message.en}. Write it anew with "kentei statistics".`,
    },
  }
}
