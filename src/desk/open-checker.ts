import { compileExam } from '../authoring/compile-exam.ts'
import { openMemory } from '../authoring/compile-memory.ts'
import type { Diagnostic } from '../authoring/diagnostic.ts'
import type { Language } from '../authoring/said.ts'
import type { SourceFile } from '../authoring/source-file.ts'
import type { Instant } from '../kernel/instant.ts'

/** As many as `kentei check --watch` takes; a hand-in is tried on many more by the service. */
const SEEDS = 10

/** The check of a whole exam that its author is writing: what has not changed since the last look is not read again. */
export interface Checker {
  /** Puts a file in place of what was there under its path; without content it is gone. */
  put(path: string, content: SourceFile['content'] | undefined): void
  /** From now on this task is also drawn on trial, which takes a thousand times as long as reading it. */
  tryTask(family: string): void
  /** What `kentei check` says of these files. */
  look(now: Instant): readonly Diagnostic[]
  readonly files: ReadonlyMap<string, SourceFile>
}

export function openChecker(language: Language): Checker {
  const files = new Map<string, SourceFile>()
  const tried = new Set<string>()
  const memory = openMemory()
  return {
    files,
    put(path, content) {
      if (content === undefined) files.delete(path)
      else files.set(path, { path, content })
    },
    tryTask: (family) => void tried.add(family),
    look: (now) =>
      compileExam([...files.values()], { now, language, memory, seeds: SEEDS, tried, bank: false }).diagnostics,
  }
}
