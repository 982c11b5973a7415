import type { Locale } from './item.ts'
import type { CompiledHtml } from './markup/compiled-html.ts'

/** The parts of a study sheet, in the order in which they stand. */
export const studyParts = ['teaching', 'example', 'mistakes', 'question', 'answer', 'sources'] as const
export type StudyPart = (typeof studyParts)[number]

/** A study sheet in one language. */
export interface StudyWording {
  readonly title: string
  readonly html: Readonly<Record<StudyPart, CompiledHtml>>
}

/** What anybody may read to learn one skill: it is published with the bank, and holds nothing that papers ask. */
export interface StudySheet {
  readonly skill: string
  /** The area that it belongs to: the topic of a section. */
  readonly topic: string
  readonly wordings: Readonly<Partial<Record<Locale, StudyWording>>>
}
