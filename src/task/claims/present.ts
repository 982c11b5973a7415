import type { CompiledHtml } from '../../item/markup/compiled-html.ts'

// What pages know of claims to check: the sources, and the text with its numbers.

export interface ShownSource {
  readonly id: string
  /** What it is called where it is picked. */
  readonly label: string
  readonly title: string
  readonly html: CompiledHtml
}

/** A stretch of the text; with a number where something is asked about it. */
export interface ShownPiece {
  readonly text: string
  readonly claim?: string
}

/**
 * Claims as a candidate sees them. Each number has the fields `<number>.verdict`, and `correction` and `source` or, where a
 * text is red-lined, `reason` and `replacement`; the latter has the field `message` besides.
 */
export interface ClaimsMaterials {
  /** None where a text is red-lined without materials. */
  readonly sources: readonly ShownSource[]
  /** Paragraphs. */
  readonly article: readonly (readonly ShownPiece[])[]
  /** How long the message should be, in characters without spaces and line ends. */
  readonly message?: { readonly least: number; readonly most: number }
}

export type ClaimPart = 'verdict' | 'correction' | 'source' | 'reason' | 'replacement'

/** The name of a field of a claim. */
export const claimField = (claim: string, part: ClaimPart): string => `${claim}.${part}`

export const MESSAGE_FIELD = 'message'
