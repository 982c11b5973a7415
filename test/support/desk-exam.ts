import { publishExam } from '../../src/flows/publish-exam.ts'
import type { Bank } from '../../src/item/bank.ts'
import { compileFiles } from '../../src/node/compile-files.ts'
import type { BankCompiler } from '../../src/world/world.ts'
import type { FixedWorld } from './fixed-world.ts'
import { officeItems } from './office-items.ts'

const exam = `---
id: clerk
title: { ja: 事務の見本, en: Clerk }
level: 3
version: 1
locales: [ja, en]
time: 45m
pass: 70%
valid_for: 2y
retake: { wait: 14d, per_year: 4 }
blueprint: { office: { title: { ja: 事務の基本, en: Office }, draw: 2, min_pool: 1x } }
---

# 事務の見本

よく読んでください。
`

const office = `---
exam: clerk
topic: office
locale: ja
defaults: { points: 1, time: 60s, status: live, v: 1 }
---

# 事務の基本

${officeItems}`

const officeInEnglish = `---
exam: clerk
topic: office
locale: en
defaults: { points: 1, time: 60s, status: live, v: 1 }
---

# Office

## office-001 Subject

\`single\` \`difficulty2\`

Which subject line is best?

- [ ] Thank you as always
- [x] [Quotation] Office supplies for July
- [ ] We send a quotation
- [ ] Re: the other day

### Rationale

Only the second tells what it is about.

## office-002 Total

\`numeric\`

Supplies cost 12,000 yen before tax. What is the total in yen at a rate of 10%?

### Answer

13,200 ± 0 yen

### Rationale

Multiply 12,000 by 1.1.
`

/** A small exam as its authors wrote it. */
export const deskFiles = [
  { path: 'exam.md', content: exam },
  { path: 'exam.en.md', content: '# Clerk\n\nRead carefully.\n' },
  { path: 'office.ja.md', content: office },
  { path: 'office.en.md', content: officeInEnglish },
] as const

/** The compiler of the service, in this thread. */
export const compileHere: BankCompiler = async (files, wish) => structuredClone(compileFiles(files, wish))

/** Publishes the exam with its source, in a world that compiles. */
export async function publishDeskExam(
  w: FixedWorld,
  files: readonly { readonly path: string; readonly content: string }[] = deskFiles,
): Promise<Bank> {
  Object.assign(w.world, { compileBank: compileHere })
  const { bank, findings } = compileFiles(files, { bank: true })
  if (!bank) throw new Error(JSON.stringify(findings))
  await publishExam(w.world, bank as Bank, files)
  return bank as Bank
}
