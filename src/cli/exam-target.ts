import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { BankSource } from '../authoring/bank-source.ts'
import { parseBank } from '../authoring/parse-bank.ts'
import { readExam } from '../authoring/read-exam.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import type { Locale } from '../item/item.ts'
import { readExamFolder } from './read-exam-folder.ts'
import { type Terminal, UsageError } from './terminal.ts'

/** An exam's folder as an exchange needs it: also one whose `exam.md` is still to be written. */
export interface ExamTarget {
  readonly folder: string
  readonly examId: string
  readonly locales: readonly Locale[]
  readonly topics: readonly string[]
  readonly assets: readonly SourceFile[]
  /** By file name. */
  readonly banks: ReadonlyMap<string, BankSource>
}

export async function readExamTarget(named: string, terminal: Terminal): Promise<ExamTarget> {
  const folder = resolve(terminal.cwd, named)
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new UsageError((t) => t('usage.noFolder', { path: named }))
  const { files, diagnostics } = await readExamFolder(folder)
  if (diagnostics.length > 0) throw new UsageError(() => `${named}: ${diagnostics[0]?.file} ${diagnostics[0]?.rule}`)
  const definition = files.find(({ path }) => path === 'exam.md')
  const exam =
    definition &&
    readExam(new TextDecoder().decode(definition.content as Uint8Array).replaceAll('\r\n', '\n'), 'en', () => {})?.exam
  const banks = new Map(
    files.flatMap((file) => {
      if (!/^[^/]+\.(ja|en)\.md$/.test(file.path) || file.path.startsWith('exam.')) return []
      const { bank } = parseBank(file)
      if (!bank) throw new UsageError((t) => t('usage.unreadable', { path: `${named}/${file.path}` }))
      return [[file.path, bank] as const]
    }),
  )
  const topics = [
    ...new Set([
      ...(exam?.sections.map((section) => section.topic) ?? []),
      ...[...banks.values()].map((bank) => bank.topic),
    ]),
  ]
  return {
    folder,
    examId: exam?.id ?? slugOf(folder),
    locales: exam?.locales ?? [],
    topics,
    assets: files.filter(({ path }) => path.startsWith('assets/')),
    banks,
  }
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

/** A name for a topic or an exam from that of a file: `Sales Quiz.gift` as `sales-quiz`. */
export function slugOf(path: string): string {
  const slug = basename(path)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
  return slug === '' || slug === 'exam' ? 'imported' : slug
}
