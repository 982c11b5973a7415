import type { FamilyBody } from '../task-kind.ts'

/** A stretch of a manuscript. Slots stand in every text as they are written, `{{name}}`. */
export type Piece =
  /** `slot` is one slot alone: what is drawn for it is a name, a number or a day, and stays. */
  | { readonly as: 'text' | 'slot'; readonly text: string }
  /** Looks wrong and is right. */
  | { readonly as: 'look'; readonly text: string }
  /** Wrong or right by lot. The first of the right forms is shown where it is right. */
  | { readonly as: 'place'; readonly wrong: string; readonly right: readonly string[]; readonly skill: string }

export type Paragraph = readonly Piece[]

/** A stretch of paragraphs, of which there may be several: one of them is drawn. */
export interface DraftPart {
  readonly alternatives: readonly (readonly Paragraph[])[]
}

/** A manuscript to correct. */
export interface DraftBody extends FamilyBody {
  /** So many places are shown wrong. */
  readonly faults: number
  readonly parts: readonly DraftPart[]
}

/** Every place of a family, in the order in which they are written. */
export const placesIn = ({ parts }: Pick<DraftBody, 'parts'>): (Piece & { readonly as: 'place' })[] =>
  parts.flatMap(({ alternatives }) => alternatives.flat(2)).filter((piece) => piece.as === 'place')
