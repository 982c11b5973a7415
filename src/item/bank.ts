import type { Period } from '../kernel/instant.ts'
import type { TaskFamily, TaskKind } from './family.ts'
import type { Item, Locale, LocaleText } from './item.ts'
import type { CompiledHtml } from './markup/compiled-html.ts'
import type { StudySheet } from './study-sheet.ts'

/** How many items of a section are drawn at these difficulties. `from`..`to` inclusive, 1–5. */
export interface DifficultyQuota {
  readonly from: number
  readonly to: number
  readonly draw: number
}

/** One section of the paper, drawn from one topic. */
export interface BlueprintSection {
  readonly topic: string
  readonly title: LocaleText
  readonly draw: number
  readonly quotas: readonly DifficultyQuota[]
  /** The pool must hold at least this many times the draw. */
  readonly minPool: number
  /** Percentage that this section alone requires, if any. */
  readonly passScore?: number
}

export interface Skill {
  readonly id: string
  readonly name: LocaleText
  readonly url?: string
}

/** The parts that an exam may have: items, and practical tasks. */
export type PartId = 'knowledge' | 'practical'

/** A task that every practical part holds: drawn from the live families of its kind and form. */
export interface TaskDraw {
  readonly kind: TaskKind
  readonly form?: string
  readonly points: number
}

/** One sitting of an exam that is sat in parts. */
export interface ExamPart {
  readonly id: PartId
  readonly timeLimitSeconds: number
  /** Share of the whole score, in percent; those of all parts are 100 together. */
  readonly weight: number
  /** Percentage that the part alone requires. */
  readonly floor: number
  /** How long a score of this part counts. */
  readonly keep: Period
  /** Of the practical part, in the order of the paper. */
  readonly tasks: readonly TaskDraw[]
}

/** What an exam is, apart from its items. */
export interface ExamDefinition {
  readonly id: string
  readonly title: LocaleText
  /** What a pass claims of its holder, and what it does not; both stand on the certificate. */
  readonly claim?: LocaleText
  readonly limits?: LocaleText
  /** What may be used while questions are answered, as a phrase. */
  readonly tools?: LocaleText
  /** 1 (highest) to 3, as in 1級–3級. */
  readonly level: 1 | 2 | 3
  readonly version: number
  readonly locales: readonly Locale[]
  /** Of an exam in parts, of all of them together. */
  readonly timeLimitSeconds: number
  /** The sittings of an exam in parts, in the order in which they open; absent where one paper is the whole exam. */
  readonly parts?: readonly ExamPart[]
  /** Percentage of the points, 0–100, at or above which a paper passes. Of an exam in parts, of their weighted scores. */
  readonly passScore: number
  /** RFC 3339: no attempt starts at or runs past this time. */
  readonly closesAt?: string
  readonly validFor: Period
  /** How long after its grade the work of an attempt stays in the database, before it goes to the archive; for good without it. */
  readonly archiveAfter?: Period
  readonly retake: { readonly wait: Period; readonly perYear: number }
  readonly sections: readonly BlueprintSection[]
  /** Skills whose failure costs the client most: every paper holds at least `min` items of them. */
  readonly critical?: { readonly min: number; readonly skills: readonly string[] }
  /** The largest share of its items, 0..1, that a paper should have in common with one drawn shortly before. */
  readonly mostOverlap?: number
  /** The largest share of its items, 0..1, that a paper should have in common with any earlier one of the same worker. */
  readonly mostOwnOverlap?: number
  readonly skills: readonly Skill[]
  /** What candidates read before they start. */
  readonly rulesHtml: Readonly<Partial<Record<Locale, CompiledHtml>>>
}

/** A compiled, immutable exam version: what `kentei publish` stores and attempts pin by `hash`. */
export interface Bank {
  readonly exam: ExamDefinition
  readonly items: readonly Item[]
  /** Practical tasks that its second part is drawn from; absent where it has none. */
  readonly tasks?: readonly TaskFamily[]
  /** One for each skill, in the exam's order; absent where nobody wrote any. */
  readonly studySheets?: readonly StudySheet[]
  /** SHA-256 (hex) of the canonical JSON of exam, items, study sheets and tasks. */
  readonly hash: string
}
