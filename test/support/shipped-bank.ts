import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { bankHash } from '../../src/authoring/content-hash.ts'
import { readExamFolder } from '../../src/cli/read-exam-folder.ts'
import type { Bank } from '../../src/item/bank.ts'
import { instant } from '../../src/kernel/instant.ts'
import { runFile } from './run-folder.ts'

/** An exam of `exams/` as it is in this repository, compiled once in a run of tests: that takes longer than most of them. */
export async function shippedExam(folder: string): Promise<Bank> {
  const { files } = await readExamFolder(`exams/${folder}`)
  const read = createHash('sha256')
  for (const { path, content } of files) read.update(`${path}\0`).update(content)
  const kept = runFile(`${folder}-${read.digest('hex').slice(0, 16)}.json`)
  if (kept !== undefined && existsSync(kept)) return JSON.parse(await readFile(kept, 'utf8')) as Bank
  const { bank } = compileExam(files, { now: instant(0), lint: false })
  if (!bank) throw new Error(`exams/${folder} does not compile`)
  if (kept === undefined) return bank
  await writeFile(`${kept}.${process.pid}`, JSON.stringify(bank))
  await rename(`${kept}.${process.pid}`, kept)
  return bank
}

/** Its items as an exam of one paper, under another id. */
export async function shippedBank(folder: 'business-admin' | 'web-writer', id: string): Promise<Bank> {
  const bank = await shippedExam(folder)
  const { parts: _, ...whole } = bank.exam
  const exam = { ...whole, id }
  return { exam, items: bank.items, hash: bankHash({ exam, items: bank.items }) }
}
