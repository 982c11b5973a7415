import type { TaskFamily } from '../../item/family.ts'
import type { CompiledHtml } from '../../item/markup/compiled-html.ts'
import type { Entries } from '../../task/present.ts'
import type { TaskInstance } from '../../task/task.ts'
import type { Bot, FamilyBody } from '../../task/task-kind.ts'
import type { Finding, Place, Report } from '../diagnostic.ts'
import type { FamilySource } from './family-source.ts'

/** What a kind reads of a family's file. */
export interface ReadFamily<Body extends FamilyBody> {
  readonly body: Omit<Body, 'slots'>
  /** Markdown of sentences that stand in the rules by lot, by name; a sibling in another language has its own. */
  readonly sentences?: Readonly<Record<string, string>>
}

/** Compiles Markdown with slots in it; the line is where it begins in its file. */
export type RenderSlotted = (text: string, line: number) => CompiledHtml

/** What every family of a kind keeps, beside the bounds of its simulated candidates. */
export interface KindBounds {
  /** A grade takes at most so many milliseconds. */
  readonly gradeMs: number
  /** What the answers to other papers may be worth, 0..1; absent where that is only reported. */
  readonly otherPapers?: number
}

/** How one kind of task is written in Markdown. */
export interface WrittenKind<Body extends FamilyBody = FamilyBody> {
  /** Reads what authors declared. Of the sibling in another language only the sentences are kept. */
  readonly read: (source: FamilySource, report: Report, render: RenderSlotted) => ReadFamily<Body> | undefined
  /** Reads the sentences of a sibling, which has the public parts alone. */
  readonly readSentences?: (source: FamilySource, report: Report) => Readonly<Record<string, string>>
  /** Faults of the whole family that only the kind knows. `seeds`: on how many a family is tried, 0 where nothing is to be drawn. */
  readonly check?: (
    family: TaskFamily<Body>,
    report: (at: Place, finding: Finding) => void,
    source: FamilySource,
    seeds: number,
  ) => void
  /** Simulated candidates, for the gates and the preview. */
  readonly bots: readonly Bot<never>[]
  readonly bounds: KindBounds
  /**
   * What somebody enters who knows these other papers and what was right there. Absent where their answers fit this paper by
   * the names of its fields.
   */
  readonly recall?: (instance: TaskInstance<never>, papers: readonly TaskInstance<never>[]) => Entries
}
