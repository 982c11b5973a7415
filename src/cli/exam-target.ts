import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type ImportTarget, slugOf, targetIn } from '../authoring/formats/plan-import.ts'
import type { Locale } from '../item/item.ts'
import { readExamFolder } from './read-exam-folder.ts'
import { type Terminal, UsageError } from './terminal.ts'

/** The folder of an exam as an exchange needs it. */
export interface ExamTarget extends ImportTarget {
  readonly folder: string
}

export async function readExamTarget(named: string, terminal: Terminal): Promise<ExamTarget> {
  const folder = resolve(terminal.cwd, named)
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new UsageError((t) => t('usage.noFolder', { path: named }))
  const { files, diagnostics } = await readExamFolder(folder)
  if (diagnostics.length > 0) throw new UsageError(() => `${named}: ${diagnostics[0]?.file} ${diagnostics[0]?.rule}`)
  const target = targetIn(files, slugOf(folder))
  if ('unreadable' in target)
    throw new UsageError((t) => t('usage.unreadable', { path: `${named}/${target.unreadable}` }))
  return { folder, ...target }
}

export function readLocale(written: string | undefined, { locales }: ExamTarget): Locale {
  if (written === undefined) return locales[0] ?? 'ja'
  if (written !== 'ja' && written !== 'en')
    throw new UsageError((t) => t('usage.jaOrEn', { option: '--locale', written }))
  return written
}

export function readTopic(written: string | undefined): string | undefined {
  if (written !== undefined && !/^[a-z][a-z0-9-]*$/.test(written))
    throw new UsageError((t) => t('usage.topicName', { written }))
  return written
}
