import { compileExam } from '../../src/authoring/compile-exam.ts'
import { bankHash } from '../../src/authoring/content-hash.ts'
import { readExamFolder } from '../../src/cli/read-exam-folder.ts'
import type { Bank } from '../../src/item/bank.ts'
import { instant } from '../../src/kernel/instant.ts'

/** A shipped exam as it is in this repository, under another id. */
export async function shippedBank(folder: 'business-admin' | 'web-writer', id: string): Promise<Bank> {
  const { files } = await readExamFolder(`exams/${folder}`)
  const { bank } = compileExam(files, { now: instant(0), lint: false })
  if (!bank) throw new Error(`exams/${folder} does not compile`)
  const exam = { ...bank.exam, id }
  return { exam, items: bank.items, hash: bankHash({ exam, items: bank.items }) }
}
