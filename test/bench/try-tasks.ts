import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compileFamilies } from '../../src/authoring/tasks/compile-families.ts'
import { type TriedFamily, tryFamily } from '../../src/authoring/tasks/try-family.ts'
import type { TaskFamily } from '../../src/item/family.ts'
import type { DrawnKind } from '../../src/task/task-kinds.ts'
import { processorMs } from '../support/processor-time.ts'

/** A family by the folder of its exam and its name. */
export interface FamilyFile {
  readonly folder: string
  readonly family: string
}

/** What a family's trials say, with its kind. */
export interface TriedTask extends TriedFamily {
  readonly kind: DrawnKind
}

/** The practical tasks of all exams in a folder. */
export function familiesIn(exams: string): FamilyFile[] {
  return readdirSync(exams, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const folder = join(exams, name)
      return readdirSync(join(folder, 'tasks'))
        .filter((file) => file.endsWith('.ja.md'))
        .map((file) => ({ folder, family: basename(file, '.ja.md') }))
    })
}

/** Compiles one family. What `kentei check` says of it is not asked. */
export function compileOne({ folder, family }: FamilyFile): TaskFamily {
  const path = `tasks/${family}.ja.md`
  const [compiled] = compileFamilies([{ path, content: readFileSync(join(folder, path)) }], {
    language: 'en',
    image: () => ({ src: '' }),
    reportOf: () => () => {},
    exam: undefined,
    locales: ['ja'],
    skills: new Set(),
    seeds: 0,
  })
  if (!compiled) throw new Error(`${path} cannot be compiled: \`kentei check\` says why`)
  return compiled
}

/** Tries a family on so many seeds, in milliseconds of processor. */
export const tryTask = (family: TaskFamily, seeds: number): TriedTask => ({
  kind: family.kind as DrawnKind,
  ...tryFamily(family, seeds, processorMs),
})
