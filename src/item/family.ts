import { canonicalJson } from './canonical-json.ts'
import type { Locale } from './item.ts'
import type { CompiledHtml } from './markup/compiled-html.ts'

/** What kind of work a practical task asks for: 表, 式, 直し, 受信箱, 確かめ. */
export type TaskKind = 'table' | 'sheet' | 'draft' | 'inbox' | 'claims'

/** Only `live` families are drawn for scoring; those of `practice` are for practice alone, and never scored. */
export type FamilyStatus = 'live' | 'draft' | 'practice' | 'retired'

/** What candidates read of a family in one language. Slots stand in it as they are written, `{{name}}`. */
export interface FamilyWording {
  readonly title: string
  readonly briefHtml: CompiledHtml
  readonly rulesHtml: CompiledHtml
  /** Sentences of a language that the family's body refers to by name. */
  readonly sentences?: Readonly<Record<string, CompiledHtml>>
}

/**
 * A practical task as a bank holds it: what papers are drawn from. What candidates do is written in `body`, which the room
 * `task` reads by its kind; the rest is what every kind has.
 */
export interface TaskFamily<Body = unknown> {
  /** The author's id, `member-list`; unique in its bank. */
  readonly id: string
  readonly kind: TaskKind
  /** A variety of the kind that an exam may ask for by itself. */
  readonly form?: string
  readonly status: FamilyStatus
  readonly version: number
  /** Suggested working time. */
  readonly minutes: number
  readonly wordings: Readonly<Partial<Record<Locale, FamilyWording>>>
  readonly body: Body
  readonly rationale: string
  readonly references: readonly string[]
  readonly notes: string
  /** SHA-256 (hex) of everything that a paper is drawn and graded by. */
  readonly hash: string
}

/** What a paper is drawn and graded by, as one text: what a family's hash is of. */
export const familyContent = ({ kind, form, minutes, wordings, body }: Omit<TaskFamily, 'hash'>): string =>
  canonicalJson({ kind, ...(form === undefined ? {} : { form }), minutes, wordings, body })
